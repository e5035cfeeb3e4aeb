import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipeFrom } from '../../nodes/graph.ts';
import { type BatchResult, runBatch } from '../../server/batch/batch.ts';
import { oneEach } from '../../server/batch/items.ts';
import { filesOf } from '../../server/batch/walk.ts';
import { open } from '../../server/open.ts';
import { Database } from '../../server/stores/database.ts';
import { Workplace } from '../cli/harness.ts';
import { halved, small } from '../cli/materials.ts';
import { seeded } from './random.ts';

const ITEMS = 8;
const TEARS = 10;
const random = seeded(5);
let place: Workplace;
let reference: readonly Buffer[];

beforeAll(async () => {
	place = new Workplace();
	mkdirSync(place.path('in'));
	for (let i = 0; i < ITEMS; i++) writeFileSync(place.path('in', `${i}.png`), await small(`picture ${i}`));
	/* As a kill -9 leaves them: the files are copied while the ledger is open, so that most of it is in the write-ahead log. */
	const opened = open(place.home, { cores: 1 });
	expect((await batch(opened.engine, 'out')).state).toBe('done');
	reference = results('out');
	for (const name of ['ledger.db', 'ledger.db-wal', 'ledger.db-shm']) cpSync(place.path('.home', name), place.path('killed', name));
	await opened.engine.close();
	expect(statSync(place.path('killed/ledger.db-wal')).size).toBeGreaterThan(10_000);
});
afterAll(() => place.remove());

function batch(engine: ReturnType<typeof open>['engine'], out: string): Promise<BatchResult> {
	const items = oneEach('photo', filesOf(place.path('in')));
	return runBatch({ recipe: recipeFrom(halved), items, bindings: {}, out: place.path(out), existing: 'resume' }, engine);
}
const results = (out: string) => place.files(out).map((name) => readFileSync(place.path(out, name)));

/** Puts the ledger back as the kill left it, damages it, and goes on with the batch. */
async function goOn(damage: (folder: string) => void): Promise<BatchResult> {
	for (const name of ['ledger.db', 'ledger.db-wal', 'ledger.db-shm']) {
		rmSync(place.path('.home', name), { force: true });
		cpSync(place.path('killed', name), place.path('.home', name));
	}
	damage(place.home);
	const opened = open(place.home, { cores: 1 });
	try {
		const result = await batch(opened.engine, 'out');
		expect(opened.database.one('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
		return result;
	} finally {
		await opened.engine.close();
	}
}
const wal = (folder: string) => join(folder, 'ledger.db-wal');

describe('a ledger whose tail is torn', () => {
	it(`opens, whichever of ${TEARS} random bytes is its last one, and costs nothing but time`, async () => {
		const { size } = statSync(place.path('killed/ledger.db-wal'));
		const known: number[] = [];
		for (let i = 0; i < TEARS; i++) {
			const length = i === 0 ? 0 : Math.floor(random() * size);
			const { state, counts } = await goOn((folder) => {
				truncateSync(wal(folder), length);
				if (i % 2 === 0) rmSync(join(folder, 'ledger.db-shm'));
			});
			expect({ length, state, done: counts.done }).toEqual({ length, state: 'done', done: ITEMS });
			expect(results('out')).toEqual(reference);
			known.push(counts.cached);
		}
		expect(Math.max(...known)).toBeGreaterThan(0);
	});

	it('is read up to a record that is not whole', async () => {
		const { size } = statSync(place.path('killed/ledger.db-wal'));
		for (let i = 0; i < 5; i++) {
			const { state, counts } = await goOn((folder) => {
				const bytes = readFileSync(wal(folder));
				const at = Math.floor(random() * size);
				bytes.fill(0, at, Math.min(size, at + 512));
				writeFileSync(wal(folder), bytes);
				rmSync(join(folder, 'ledger.db-shm'));
			});
			expect({ state, done: counts.done }).toEqual({ state: 'done', done: ITEMS });
			expect(results('out')).toEqual(reference);
		}
	});

	it('that is whole loses nothing, with or without its index', async () => {
		expect((await goOn(() => undefined)).counts).toMatchObject({ done: ITEMS, cached: ITEMS });
		expect((await goOn((folder) => rmSync(join(folder, 'ledger.db-shm')))).counts).toMatchObject({ done: ITEMS, cached: ITEMS });
	});
});

describe('a ledger that is no ledger any more', () => {
	it.each(['cut off', 'full of zeros in the middle', 'a text'])('(%s) is put aside, and a new one begun: only time is lost', async (what) => {
		const { state, counts } = await goOn((folder) => {
			const path = join(folder, 'ledger.db');
			/* Everything is in the file itself: the log is there, with nothing in it that could stand in for what is damaged. */
			for (const name of ['ledger.db-wal', 'ledger.db-shm']) rmSync(join(folder, name));
			cpSync(place.path('killed'), join(folder, 'whole'), { recursive: true });
			new Database(join(folder, 'whole/ledger.db')).close();
			const bytes = readFileSync(join(folder, 'whole/ledger.db'));
			rmSync(join(folder, 'whole'), { recursive: true });
			if (what === 'cut off') writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length / 2) + 100));
			else if (what === 'a text') writeFileSync(path, 'this is no database\n'.repeat(500));
			else writeFileSync(path, bytes.fill(0, 4096, bytes.length - 4096));
			writeFileSync(wal(folder), Buffer.alloc(32));
		});
		expect({ state, done: counts.done }).toEqual({ state: 'done', done: ITEMS });
		expect(results('out')).toEqual(reference);
		expect(existsSync(place.path('.home/ledger.db.damaged'))).toBe(true);
		rmSync(place.path('.home/ledger.db.damaged'));
	});
});
