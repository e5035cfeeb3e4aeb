/** `npm run check`: types, lint, format, the catalogue and the doors between rooms, all at once. Shows only what failed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { currentNode } from './packages.mjs';
import { ROOT, run, seconds } from './say.mjs';

const node = await currentNode();
const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
const projects = ['nodes', 'server', 'client', 'tests', 'scripts'].filter((name) => existsSync(join(ROOT, name, 'tsconfig.json')));
const checks = [
	...projects.map((name) => ({ title: `types of ${name}`, args: [tsc, '-p', name, '--pretty', 'false'] })),
	{
		title: 'lint and format',
		args: [join(ROOT, 'node_modules/@biomejs/biome/bin/biome'), 'check', '--colors=off', '--max-diagnostics=10', '--diagnostic-level=warn', '.'],
	},
	{ title: 'catalogue is current', args: ['scripts/catalogue.ts', '--check'] },
	{ title: 'recipe schema is current', args: ['scripts/recipe-schema.ts', '--check'] },
	...(existsSync(join(ROOT, 'scripts/doors.ts')) ? [{ title: 'doors', args: ['scripts/doors.ts'] }] : []),
];

const results = await Promise.all(
	checks.map(async (check) => {
		const started = performance.now();
		const { status, output } = await run(node, check.args);
		return { ...check, ok: status === 0, output, took: seconds(started) };
	}),
);
for (const { title, ok, output, took } of results) console.log(`${ok ? 'ok    ' : 'FAILED'} ${title} (${took})${ok ? '' : `\n${output.trim()}\n`}`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
