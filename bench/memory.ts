/** Memory of the server's own process while a batch of 200 photos goes through it. */
import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { BatchBody, BatchView } from '../server/http/api.ts';
import { photos } from './inputs.ts';
import { expect, ROOT } from './measure.ts';
import type { Row } from './table.ts';

const COUNT = 200;
const LIMIT = 300;

export async function benchMemory(): Promise<Row[]> {
	const originals = await photos(100);
	// Not in `.cache`: the server grants no hidden folder.
	const folder = await realpath(await mkdtemp(join(tmpdir(), 'millwright-bench-')));
	try {
		const files = join(folder, 'files');
		await twice(originals, join(files, 'in'));
		await mkdir(join(files, 'out'));
		const server = spawn(process.execPath, [join(ROOT, 'bin/millwright.mjs'), 'serve', '--port', '0'], {
			env: { ...process.env, MILLWRIGHT_HOME: join(folder, 'home'), MILLWRIGHT_TOKEN: 'bench', HOME: folder },
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		try {
			const address = await ready(server.stdout);
			const port = new URL(address).port;
			const ask = (path: string, body?: unknown) => asked(`${address}api/${path}`, `millwright_${port}=bench`, body);
			const root: { readonly id: string } = JSON.parse(await ask('roots', { path: files }));
			const recipe: BatchBody['recipe'] = JSON.parse(await readFile(join(ROOT, 'bench/recipes/photos.json'), 'utf8'));
			const body: BatchBody = {
				recipe,
				node: 'photo',
				bindings: {},
				from: { root: root.id, path: 'in' },
				recursive: false,
				to: { root: root.id, path: 'out' },
				existing: 'error',
				stopOnError: false,
			};
			let batch: BatchView = JSON.parse(await ask('batches', body));
			const samples: number[] = [];
			while (batch.state === 'running') {
				await wait(250);
				samples.push(await resident(server.pid));
				batch = JSON.parse(await ask(`batches/${batch.id}`));
			}
			expect(batch.counts.done === COUNT && (await readdir(join(files, 'out'))).length === COUNT, `the batch ended ${batch.state}, ${batch.counts.done} done`);
			return [
				{
					what: `memory of the server, ${COUNT} photos`,
					way: 'largest of all samples',
					value: `${Math.max(...samples).toFixed(0)} MB`,
					ratio: '',
					aim: `< ${LIMIT} MB`,
				},
				{ what: '', way: 'at the end', value: `${(samples.at(-1) ?? 0).toFixed(0)} MB`, ratio: '', aim: '' },
			];
		} finally {
			const gone = new Promise((resolve) => server.once('exit', resolve));
			server.kill('SIGTERM');
			await gone;
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Each photo under two names. */
async function twice(from: string, to: string): Promise<void> {
	await mkdir(to, { recursive: true });
	for (const name of await readdir(from)) for (const copy of ['a', 'b']) await copyFile(join(from, name), join(to, `${copy}-${name}`));
}

async function ready(output: NodeJS.ReadableStream): Promise<string> {
	let said = '';
	for await (const chunk of output) {
		said += chunk.toString();
		const address = /http:\/\/[^\s）)]+/.exec(said)?.[0];
		if (address !== undefined) return address.endsWith('/') ? address : `${address}/`;
	}
	throw new Error(`the server did not start: ${said}`);
}

async function asked(address: string, cookie: string, body?: unknown): Promise<string> {
	const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
	const reply = await fetch(address, { ...sent, headers: { cookie, 'content-type': 'application/json' } });
	const text = await reply.text();
	if (!reply.ok) throw new Error(`${address}: ${reply.status} ${text}`);
	return text;
}

/** Resident memory of a process in megabytes. */
async function resident(pid: number | undefined): Promise<number> {
	const text = await readFile(`/proc/${pid}/status`, 'utf8');
	return Number(/VmRSS:\s+(\d+) kB/.exec(text)?.[1]) / 1024;
}
