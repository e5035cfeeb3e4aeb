/**
 * Joins the server's files into few: a process of ours then starts in half the time. `dist/server/` keeps the paths of what is started by
 * itself (the command line, the server, a worker, each task); everything else lies in `dist/server/chunks/`.
 */
import { cpSync, readdirSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { build } from 'vite';
import { ROOT } from './say.mjs';

/** Scripts that leave Millwright carry our modules as text, which is read from a copy of the sources. */
const SOURCES = 'sources';
const ADDRESS = /new URL\('(\.[^']+\.ts)', import\.meta\.url\)/g;
const sourceAddresses = {
	name: 'source-addresses',
	enforce: 'pre',
	transform(code, id) {
		if (!id.endsWith('.ts') || !code.includes('import.meta.url')) return null;
		const whole = code.replace(ADDRESS, (_, path) => {
			const source = relative(ROOT, resolve(id, '..', path))
				.split(sep)
				.join('/');
			return `new URL('${SOURCES}/${source}', import.meta.url.slice(0, import.meta.url.lastIndexOf('/dist/server/') + '/dist/server/'.length))`;
		});
		return { code: whole, map: null };
	},
};

const TASKS = 'server/backends/task';
const tasks = readdirSync(join(ROOT, TASKS)).filter((name) => name.endsWith('.ts') && name !== 'plan.ts');
const entries = ['server/cli', 'server/main', 'server/workers/main', 'server/stores/hash-thread', ...tasks.map((name) => `${TASKS}/${basename(name, '.ts')}`)];

await build({
	configFile: false,
	root: ROOT,
	logLevel: 'warn',
	plugins: [sourceAddresses],
	build: {
		ssr: true,
		target: 'node24',
		outDir: join(ROOT, 'dist/server'),
		emptyOutDir: true,
		minify: false,
		rollupOptions: {
			input: Object.fromEntries(entries.map((entry) => [entry, join(ROOT, `${entry}.ts`)])),
			output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
		},
	},
	// Pure JavaScript of many small files; everything else stays a package.
	ssr: {
		noExternal: [
			'zod',
			/^vega/,
			/^d3-/,
			'internmap',
			'delaunator',
			'robust-predicates',
			'topojson-client',
			'fast-deep-equal',
			'fast-json-stable-stringify',
			'json-stringify-pretty-compact',
			'tslib',
		],
	},
});
for (const folder of ['nodes', 'server'])
	cpSync(join(ROOT, folder), join(ROOT, 'dist/server', SOURCES, folder), { recursive: true, filter: (path) => !path.endsWith('.json') });
