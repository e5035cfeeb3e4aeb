/** What pieces really hold, against what they are estimated to hold: `node bench/held.ts [case…]`. Feeds the table in docs/performance.md. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { specOf } from '../nodes/catalogue.ts';
import type { Params } from '../nodes/define.ts';
import { recipeFrom } from '../nodes/graph.ts';
import { memoryOf } from '../server/backends/sandbox/memory.ts';
import type { Source } from '../server/engine/engine.ts';
import { type Opened, open } from '../server/open.ts';
import { Pool } from '../server/workers/pool.ts';

const CACHE = join(import.meta.dirname, '../.cache/bench/held');

/** Specs and their parameters, each reading the one before. */
type Chain = Readonly<Record<string, Params>>;
interface Case {
	readonly file: () => Promise<string>;
	readonly kind: string;
	readonly chain: Chain;
	/** How many times the input is given, for a node that takes many. */
	readonly times?: number;
}

const jpeg = { 'image.save': { format: 'jpeg' } };
const csv = { 'table.save': { format: 'csv' } };
const mp4 = { 'video.save': { format: 'mp4' } };
const first = (seconds: number) => ({ 'video.trim': { keep: 'first', seconds } });

const CASES: Readonly<Record<string, Case>> = {
	'photo-resize': { file: photo, kind: 'image', chain: { 'image.resize': { width: 1600 }, ...jpeg } },
	'photo-five': {
		file: photo,
		kind: 'image',
		chain: { 'image.resize': { width: 1600 }, 'image.greyscale': {}, 'image.sharpen': {}, 'image.tint': {}, ...jpeg },
	},
	'photo-full': { file: photo, kind: 'image', chain: { 'image.adjust': { brightness: 10 }, 'image.invert': {}, 'image.sharpen': {}, ...jpeg } },
	'photo-hand-off': {
		file: photo,
		kind: 'image',
		chain: {
			'image.blur': { radius: 4 },
			'image.crop': { by: 'ratio' },
			'image.rotate': { turn: 'by', angle: 7 },
			'image.adjust': { saturation: 20 },
			...jpeg,
		},
	},
	'photo-turn': { file: photo, kind: 'image', chain: { 'image.rotate': { turn: 'right' }, ...jpeg } },
	'photo-webp': { file: photo, kind: 'image', chain: { 'image.greyscale': {}, 'image.save': { format: 'webp' } } },
	'png-resize': { file: png, kind: 'image', chain: { 'image.resize': { width: 1600 }, ...jpeg } },
	'gif-resize': { file: gif, kind: 'image', chain: { 'image.resize': { width: 160 }, 'image.save': { format: 'webp' } } },
	'film-4k': { file: film, kind: 'video', chain: { ...first(4), 'video.scale': { width: 1280 }, ...mp4 } },
	'film-4k-h264': { file: film, kind: 'video', chain: { ...first(3), 'video.greyscale': {}, ...mp4 } },
	'film-4k-h265': { file: film, kind: 'video', chain: { ...first(2), 'video.greyscale': {}, 'video.save': { format: 'mp4', codec: 'h265' } } },
	'film-4k-webm': { file: film, kind: 'video', chain: { ...first(1), 'video.greyscale': {}, 'video.save': { format: 'webm' } } },
	'film-720-reverse': { file: small, kind: 'video', chain: { 'video.reverse': {}, ...mp4 } },
	'film-720-loop': { file: small, kind: 'video', chain: { 'video.loop': { times: 2 }, ...mp4 } },
	'film-720-gif': { file: small, kind: 'video', chain: { 'video.scale': { width: 480 }, 'video.save': { format: 'gif' } } },
	'film-720-webp': { file: small, kind: 'video', chain: { 'video.scale': { width: 480 }, 'video.save': { format: 'webp' } } },
	'table-sort': { file: table, kind: 'table', chain: { 'table.sort': { column: 'amount' }, ...csv } },
	'table-group': { file: table, kind: 'table', chain: { 'table.group': { by: ['region'] }, ...csv } },
	'table-filter': { file: table, kind: 'table', chain: { 'table.filter': { where: 'amount > 500' }, ...csv } },
	'table-chart': { file: table, kind: 'table', chain: { 'chart.bar': { x: 'region', y: 'amount' }, 'chart.save': { format: 'png' } } },
	'table-python': { file: table, kind: 'table', chain: { 'code.python': {}, ...csv } },
	'contact-sheet': { file: photo, kind: 'image', times: 6, chain: { 'image.contact-sheet': {}, ...jpeg } },
	stitch: { file: photo, kind: 'image', times: 4, chain: { 'image.stitch': {}, ...jpeg } },
};

const only = process.argv.slice(2);
mkdirSync(CACHE, { recursive: true });
for (const [name, one] of Object.entries(CASES)) if (only.length === 0 || only.some((word) => name.startsWith(word))) await measure(name, one);

async function measure(name: string, one: Case): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'millwright-held-'));
	const opened = open(join(folder, 'home'), { cores: 2 });
	const estimates: number[] = [];
	const piece = opened.workers.piece.bind(opened.workers);
	opened.workers.piece = (request, options) => {
		estimates.push(options?.memory ?? 0);
		return piece(request, options);
	};
	let peak = 0;
	let busy = true;
	const sampling = (async () => {
		while (busy) {
			const pids = opened.workers instanceof Pool ? opened.workers.pids : [];
			const held = await Promise.all(pids.map((pid) => memoryOf(pid)));
			peak = Math.max(peak, ...held);
			await new Promise((resolve) => setTimeout(resolve, 15));
		}
	})();
	const started = performance.now();
	try {
		const source = await opened.engine.look(await one.file());
		const problem = await ended(opened, source, one);
		console.log(
			[
				name.padEnd(18),
				`${(peak / 2 ** 20).toFixed(0).padStart(6)} MB held`,
				`${estimates.map((bytes) => (bytes / 2 ** 20).toFixed(0)).join(' + ')} MB estimated`,
				`${(Math.max(...estimates) / peak).toFixed(2)} ×`,
				`${((performance.now() - started) / 1000).toFixed(1)} s`,
				problem,
			].join('  '),
		);
	} finally {
		busy = false;
		await sampling;
		await opened.engine.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function ended({ engine }: Opened, source: Source, { kind, chain, times = 1 }: Case): Promise<string> {
	const many = times > 1;
	const nodes = Object.fromEntries(Object.entries(chain).map(([spec, params]) => [spec.replace('.', '-'), { spec, params }]));
	const specs = Object.keys(chain);
	const edges = specs.map((spec, i) => {
		const before = specs[i - 1];
		const from = before === undefined ? `in.${many ? 'values' : 'value'}` : `${before.replace('.', '-')}.${output(before)}`;
		return { from, to: `${spec.replace('.', '-')}.${input(spec)}` };
	});
	const reader = { spec: many ? 'io.folder' : 'io.file', params: { kind } };
	const recipe = recipeFrom({ millwright: 1, name: 'held', graph: { nodes: { in: reader, ...nodes }, edges } });
	const run = await engine.run({ recipe, bindings: { in: Array.from({ length: times }, () => source) }, priority: 'batch' });
	return run.state === 'failed' ? JSON.stringify(run.problems).slice(0, 300) : '';
}

/* The only port; a script's are as they are when nothing is said. */
function input(spec: string): string {
	return spec === 'code.python' ? 'table' : (Object.keys(specOf(spec)?.inputs ?? {})[0] ?? '');
}

function output(spec: string): string {
	return spec === 'code.python' ? 'result' : (Object.keys(specOf(spec)?.outputs ?? {})[0] ?? '');
}

async function made(name: string, make: (path: string) => unknown): Promise<string> {
	const path = join(CACHE, name);
	if (!existsSync(path)) await make(path);
	return path;
}

function photo(): Promise<string> {
	return made('photo.jpg', (path) => noise(6000, 4000).jpeg({ quality: 90 }).toFile(path));
}

function png(): Promise<string> {
	return made('photo.png', (path) => noise(6000, 4000).png({ compressionLevel: 1 }).toFile(path));
}

/* Clouds rather than noise: what a camera sees. */
function noise(width: number, height: number) {
	const create = { width: width / 8, height: height / 8, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 50 } } as const;
	return sharp({ create }).resize({ width, height, kernel: 'cubic', fit: 'fill' });
}

function gif(): Promise<string> {
	return made('long.gif', (path) => ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=240x180:rate=25', '-frames:v', '4000', path));
}

function film(): Promise<string> {
	return made('4k.mp4', (path) =>
		ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=3840x2160:rate=30', '-t', '6', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', path),
	);
}

function small(): Promise<string> {
	return made('720.mp4', (path) =>
		ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=30', '-t', '10', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', path),
	);
}

function table(): Promise<string> {
	return made('rows.csv', (path) => {
		const sql = `COPY (SELECT i AS id, ['north','south','east','west'][1 + i % 4] AS region, round(random() * 1000, 2) AS amount, md5(i::VARCHAR) AS code, DATE '2020-01-01' + (i % 1500)::INT AS day FROM range(2000000) t(i)) TO '${path}'`;
		const script = `const { DuckDBInstance } = await import('@duckdb/node-api'); const c = await (await DuckDBInstance.create(':memory:')).connect(); await c.run(${JSON.stringify(sql)});`;
		spawnSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit', cwd: join(import.meta.dirname, '..') });
	});
}

function ffmpeg(...args: string[]): void {
	spawnSync('ffmpeg', ['-v', 'error', '-y', ...args], { stdio: 'inherit' });
}
