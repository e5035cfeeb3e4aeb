/** Memory of the server's own process while a batch of 200 photos goes through it. */
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { BatchBody, BatchView } from '../server/http/api.ts';
import { photos } from './inputs.ts';
import { expect, ROOT, type Setting } from './measure.ts';
import { memoryOf } from './memory-of.ts';
import { serving } from './server.ts';
import { left, type Row } from './table.ts';

const LIMIT = 300;

export async function benchMemory({ small }: Setting): Promise<Row[]> {
	const originals = await photos(small ? 4 : 100);
	const count = small ? 8 : 200;
	return serving(async ({ pid, folder, ask }) => {
		const files = join(folder, 'files');
		await twice(originals, join(files, 'in'));
		await mkdir(join(files, 'out'));
		const root: { readonly id: string } = await (await ask('roots', { path: files })).json();
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
		let batch: BatchView = await (await ask('batches', body)).json();
		const samples: number[] = [];
		while (batch.state === 'running') {
			await wait(250);
			samples.push((await memoryOf(pid, 'VmRSS')) ?? 0);
			batch = await (await ask(`batches/${batch.id}`)).json();
		}
		expect(batch.counts.done === count && (await readdir(join(files, 'out'))).length === count, `the batch ended ${batch.state}, ${batch.counts.done} done`);
		const largest = `${Math.max(...samples).toFixed(0)} MB`;
		return [
			{ what: `memory of the server, ${count} photos`, way: 'largest of all samples', value: largest, ratio: '', aim: `< ${LIMIT} MB` },
			left('at the end', `${(samples.at(-1) ?? 0).toFixed(0)} MB`),
		];
	});
}

/** Each photo under two names. */
async function twice(from: string, to: string): Promise<void> {
	await mkdir(to, { recursive: true });
	for (const name of await readdir(from)) for (const copy of ['a', 'b']) await copyFile(join(from, name), join(to, `${copy}-${name}`));
}
