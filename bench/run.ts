/**
 * `npm run bench`: measures whole processes, start-up included, against what a person would write by hand.
 * `--only a,d` runs some of them, `--rounds N` sets how often each way runs (the ways take turns; medians count).
 * `--small` is for a look whether everything still runs and gives the same: one round on the smallest inputs, whose figures mean nothing.
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchChange } from './change.ts';
import { benchChart } from './chart.ts';
import { benchCut } from './cut.ts';
import { benchEngine } from './engine.ts';
import { benchFanOut } from './fan-out.ts';
import { benchFilm, benchShortFilm } from './film.ts';
import { benchIcons, benchManyIcons } from './icons.ts';
import { benchLargeTable } from './large.ts';
import type { Setting } from './measure.ts';
import { benchMemory } from './memory.ts';
import { benchPages } from './pages.ts';
import { benchPalette } from './palette.ts';
import { benchAgain, benchPhotos } from './photos.ts';
import { benchPreview } from './preview.ts';
import { benchStarts } from './starts.ts';
import { left, printed, type Row } from './table.ts';

type Bench = (setting: Setting) => Promise<Row[]>;

const BENCHES: Readonly<Record<string, Bench>> = {
	a: benchPhotos,
	b: benchFilm,
	c: benchChart,
	d: benchPages,
	e: benchMemory,
	f: benchAgain,
	g: benchStarts,
	h: benchFanOut,
	i: benchCut,
	j: benchIcons,
	k: benchPalette,
	l: benchEngine,
	m: benchChange,
	n: benchPreview,
};

/** Large or old: run only when they are named. */
const NAMED: Readonly<Record<string, Bench>> = { 'b-short': benchShortFilm, 'c-large': benchLargeTable, 'j-large': benchManyIcons };

const ALL = { ...BENCHES, ...NAMED };
const { values } = parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string' }, small: { type: 'boolean', default: false } } });
const setting: Setting = { rounds: Number(values.rounds ?? (values.small ? 1 : 5)), small: values.small };
const chosen = values.only?.split(',') ?? Object.keys(BENCHES);
if (!Number.isInteger(setting.rounds) || setting.rounds < 1 || chosen.some((name) => ALL[name] === undefined)) {
	console.error(`Expected --rounds N and --only with some of ${Object.keys(ALL).join(', ')}, separated by commas.`);
	process.exit(2);
}

const rows: Row[] = [];
for (const name of chosen) {
	process.stderr.write(`(${name})\n`);
	try {
		const own = (await ALL[name]?.(setting)) ?? [];
		rows.push(...own.map((row, i) => (i === 0 ? { ...row, what: `(${name}) ${row.what}` } : row)));
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		process.stderr.write(`  failed: ${message}\n`);
		rows.push({ ...left('millwright', `failed: ${message.slice(0, 160).replaceAll('\n', ' ')}`), what: `(${name})` });
		process.exitCode = 1;
	}
}
const [processor] = cpus();
const machine = `${cpus().length} × ${processor?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
console.log(`${machine}, ${setting.small ? 'SMALL inputs, figures mean nothing' : `median of ${setting.rounds}`}\n`);
console.log(printed(rows));
