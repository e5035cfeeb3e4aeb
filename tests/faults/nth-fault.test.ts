import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipeFrom } from '../../nodes/graph.ts';
import { type BatchRequest, type BatchResult, runBatch } from '../../server/batch/batch.ts';
import { oneEach } from '../../server/batch/items.ts';
import { Recorder } from '../../server/batch/record.ts';
import { filesOf } from '../../server/batch/walk.ts';
import { RecipeFolder } from '../../server/stores/recipes.ts';
import { WrittenLedger } from '../../server/stores/written.ts';
import { filesBelow } from '../cli/harness.ts';
import { halved, small } from '../cli/materials.ts';
import { type Bench, bench } from '../engine/harness.ts';
import { type Failing, type Fault, failDisk } from './failing-disk.ts';

let engine: Bench;
let reference: ReadonlyMap<string, Buffer>;
const recipe = recipeFrom(halved);
const CODES = ['EIO', 'ENOSPC'] as const;

beforeAll(async () => {
	engine = await bench({ cores: 1 });
	mkdirSync(join(engine.folder, 'in/sub'), { recursive: true });
	for (const name of ['a', 'b', 'sub/c']) writeFileSync(join(engine.folder, 'in', `${name}.png`), await small(name));
	await run(engine, 'reference', {});
	reference = contents('reference');
	expect([...reference.keys()]).toEqual(['a.webp', 'b.webp', 'sub/c.webp']);
});
afterAll(() => engine.done());

function run(bench: Bench, out: string, more: Partial<BatchRequest>): Promise<BatchResult> {
	const items = oneEach('photo', filesOf(join(engine.folder, 'in')));
	const record = new Recorder(out, { written: new WrittenLedger(bench.database), artifacts: bench.artifacts });
	return runBatch({ recipe, items, bindings: {}, out: join(engine.folder, out), existing: 'error', jobs: 1, record, ...more }, bench.engine);
}
function contents(folder: string): Map<string, Buffer> {
	const path = join(engine.folder, folder);
	if (!existsSync(path)) return new Map();
	return new Map(filesBelow(path).flatMap((name) => (name.startsWith('.millwright-') ? [] : [[name, readFileSync(join(path, name))] as const])));
}
const OLD = Buffer.from('what stood there before');

/** Runs with the first change failing, then with the second one, until one has as many as that. @returns what failed, in order */
async function eachFault(folder: string, once: (at: number) => Promise<void>): Promise<string[]> {
	const failed: string[] = [];
	for (let at = 1; ; at++) {
		const disk: Failing = failDisk({ folder, at, code: CODES[at % 2] ?? 'EIO' });
		try {
			await once(at);
		} finally {
			disk.end();
		}
		if (disk.failed === null) return failed;
		failed.push(disk.failed);
	}
}

describe('a disk that fails at the n-th change', () => {
	it.each([
		['item', 'error'],
		['item', 'overwrite'],
		['end', 'error'],
		['end', 'overwrite'],
	] as const)('of a batch that commits at the %s (%s): every file is the old one or the new one, and the next run finishes', async (commit, existing) => {
		const parent = `n-${commit}-${existing}`;
		const failed = await eachFault(join(engine.folder, parent), async (at) => {
			const out = `${parent}/${at}`;
			if (existing === 'overwrite') for (const name of reference.keys()) put(join(out, name), OLD);
			const { state, items, problems } = await run(engine, out, { commit, existing });
			const all = [...problems, ...items.flatMap((item) => item.problems)];
			expect(['done', 'partial', 'failed']).toContain(state);
			/* Said in words that name the disk, and never as our fault. */
			for (const problem of all) expect([problem.type, problem.key], JSON.stringify(problem)).not.toContain('bug');
			for (const [name, bytes] of contents(out)) expect([reference.get(name), existing === 'overwrite' ? OLD : undefined]).toContainEqual(bytes);
			for (const { state, files } of items) if (state === 'done' || state === 'cached') expect(files).toHaveLength(1);
		});
		expect(failed.length).toBeGreaterThan(commit === 'end' ? 12 : 9);
		for (let at = 1; at <= failed.length; at++) {
			const name = `${parent}/${at}`;
			const again = await run(engine, name, { commit, existing: existing === 'overwrite' ? 'overwrite' : 'resume' });
			expect({ at, what: failed[at - 1], state: again.state, problems: again.items.flatMap(({ problems }) => problems) }).toMatchObject({
				state: 'done',
				problems: [],
			});
			expect(contents(name)).toEqual(reference);
			expect(filesBelow(join(engine.folder, name))).toEqual([...reference.keys()]);
		}
	});

	it('of a worker: the item fails with a plain reason, nothing half made is remembered, and the next run makes it', async () => {
		const fault = (at: number, code: Fault['code']) => JSON.stringify({ folder: engine.folder, at, code });
		process.env.NODE_OPTIONS = `--import=${new URL('./failing-disk.ts', import.meta.url).href}`;
		try {
			let at = 1;
			for (; at < 30; at++) {
				process.env.MILLWRIGHT_TEST_FAULT = fault(at, CODES[at % 2] ?? 'EIO').replace(engine.folder, '/');
				const own = await bench({ cores: 1 });
				try {
					const { items, state } = await run(own, `worker/${at}`, { only: new Set(['a.png']) });
					const [item] = items;
					if (state === 'done' && at > 6) break;
					for (const problem of item?.problems ?? []) expect([problem.type, problem.resource], JSON.stringify(problem)).toEqual(['run', true]);
					const again = await run(own, `worker/${at}`, { only: new Set(['a.png']), existing: 'resume' });
					expect(again.items[0], JSON.stringify(again.items[0]?.problems)).toMatchObject({ problems: [], files: [{}] });
					expect(readFileSync(join(engine.folder, `worker/${at}/a.webp`))).toEqual(reference.get('a.webp'));
				} finally {
					await own.done();
				}
			}
			expect(at).toBeGreaterThan(5);
		} finally {
			delete process.env.NODE_OPTIONS;
			delete process.env.MILLWRIGHT_TEST_FAULT;
		}
	});

	it('of a saved recipe: the old text stays until the new one is there, and it can be saved again', async () => {
		const parent = join(engine.folder, 'recipes');
		const failed = await eachFault(parent, async (at) => {
			const folder = join(parent, String(at));
			mkdirSync(folder, { recursive: true });
			const recipes = new RecipeFolder(folder);
			const created = await recipes.create('Mine', 'first').catch(() => null);
			if (created !== null) await recipes.update(created.id, 1, 'second').catch(() => null);
		});
		expect(failed.length).toBeGreaterThan(5);
		for (let at = 1; at <= failed.length; at++) {
			const recipes = new RecipeFolder(join(parent, String(at)));
			const [there] = await recipes.list();
			const known = there ?? (await recipes.create('Mine', 'first'));
			expect(['first', 'second']).toContain(known.text);
			for (const { text } of await recipes.history(known.id)) expect(['first', 'second']).toContain(text);
			const saved = await recipes.update(known.id, known.text === 'first' ? 1 : 2, 'third');
			expect([at, failed[at - 1], saved?.text]).toEqual([at, failed[at - 1], 'third']);
			expect((await recipes.read(known.id))?.text).toBe('third');
		}
		rmSync(parent, { recursive: true });
	});
});

function put(path: string, bytes: Buffer): void {
	const whole = join(engine.folder, path);
	mkdirSync(join(whole, '..'), { recursive: true });
	writeFileSync(whole, bytes);
}
