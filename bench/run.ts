/**
 * `npm run bench`: measures whole processes, start-up included, against what a person would write by hand.
 * `--only a,d` runs some of them, `--rounds N` sets how often each way runs (the ways take turns; medians count).
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchChart } from './chart.ts';
import { benchFilm } from './film.ts';
import { benchMemory } from './memory.ts';
import { benchPages } from './pages.ts';
import { benchAgain, benchPhotos } from './photos.ts';
import { benchStarts } from './starts.ts';
import { printed, type Row } from './table.ts';

const BENCHES: Readonly<Record<string, (rounds: number) => Promise<Row[]>>> = {
	a: benchPhotos,
	b: benchFilm,
	c: benchChart,
	d: benchPages,
	e: benchMemory,
	f: benchAgain,
	g: benchStarts,
};

const { values } = parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
const chosen = values.only?.split(',') ?? Object.keys(BENCHES);
if (!Number.isInteger(rounds) || rounds < 1 || chosen.some((name) => BENCHES[name] === undefined)) {
	console.error(`Expected --rounds N and --only with letters of ${Object.keys(BENCHES).join(', ')}, separated by commas.`);
	process.exit(2);
}

const rows: Row[] = [];
for (const name of chosen) {
	process.stderr.write(`(${name})\n`);
	rows.push(...((await BENCHES[name]?.(rounds)) ?? []));
}
const [processor] = cpus();
console.log(
	`${cpus().length} × ${processor?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, median of ${rounds}\n`,
);
console.log(printed(rows));
