/** Watched folders with real files and the real engine. */
import {
	appendFileSync,
	closeSync,
	mkdirSync,
	openSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recipeFrom } from '../../nodes/graph.ts';
import { ItemLedger } from '../../server/stores/ledger.ts';
import { Memory, type Remembered } from '../../server/watch/memory.ts';
import { FolderWatch, type WatchEvent, type WatchPlan } from '../../server/watch/watch.ts';
import { filesBelow, until } from '../cli/harness.ts';
import { halved, small } from '../cli/materials.ts';
import { type Bench, bench } from '../engine/harness.ts';

const recipe = recipeFrom(halved);
let engine: Bench;
let place: string;
let n = 0;
beforeAll(async () => {
	engine = await bench({ cores: 2 });
});
afterAll(() => engine.done());
beforeEach(() => {
	place = join(realpathSync(engine.folder), String(n++));
	mkdirSync(join(place, 'in'), { recursive: true });
});

const inside = (...names: string[]) => join(place, 'in', ...names);
async function put(name: string, text = name): Promise<void> {
	mkdirSync(join(inside(name), '..'), { recursive: true });
	writeFileSync(inside(name), await small(text));
}

/** A watch as it is after a start: what it remembers comes from the ledger. */
function watching(more: Partial<WatchPlan> = {}, out = join(place, 'out')) {
	const events: WatchEvent[] = [];
	const folder = join(place, 'in');
	const plan: WatchPlan = {
		recipe,
		node: 'photo',
		kind: 'image',
		places: async () => ({ folder, out }),
		bindings: async () => ({}),
		recursive: true,
		existing: 'resume',
		pace: { settle: 200, every: 400 },
		...more,
	};
	const watch = new FolderWatch(plan, new Memory(new ItemLedger<Remembered>(engine.database), place), engine.engine, (event) => events.push(event));
	/* What the store of an earlier test still holds is done, too. */
	const items = () => events.flatMap((event) => (event.type === 'item' ? [`${event.result.item} ${event.result.state.replace('cached', 'done')}`] : []));
	const troubles = () => events.flatMap((event) => (event.type === 'trouble' ? [event.problem?.key ?? 'none'] : []));
	return { watch, items, troubles };
}
async function once(more: Partial<WatchPlan> = {}, out?: string) {
	const { watch, items } = watching(more, out);
	await watch.once(new AbortController().signal);
	return items().sort();
}
/** Follows the folder while `during` goes on. */
async function following(during: (seen: ReturnType<typeof watching>) => Promise<void>, more: Partial<WatchPlan> = {}): Promise<string[]> {
	const seen = watching(more);
	const stop = new AbortController();
	const followed = seen.watch.follow(stop.signal);
	try {
		await during(seen);
	} finally {
		stop.abort();
		await followed;
	}
	return seen.items();
}
const made = () => filesBelow(join(place, 'out'));

describe('a file that is still being copied', () => {
	it('is taken once and whole, whether its writer keeps it open or comes back for each piece', async () => {
		const whole = await small('whole');
		const items = await following(async ({ items }) => {
			const kept = openSync(inside('kept.png'), 'w');
			for (let at = 0; at < whole.length; at += 40) {
				writeSync(kept, whole.subarray(at, at + 40));
				appendFileSync(inside('pieces.png'), whole.subarray(at, at + 40));
				expect(items()).toEqual([]);
				await wait(60);
			}
			await until(() => items().length === 1);
			expect(items()).toEqual(['pieces.png done']);
			closeSync(kept);
			await until(() => items().length === 2);
		});
		expect(items[1]).toBe('kept.png done');
		expect(made()).toEqual(['kept.webp', 'pieces.webp']);
	});

	it('is no error when it vanishes', async () => {
		const items = await following(async ({ items, watch }) => {
			await put('going.png');
			await until(() => watch.counts.waiting > 0);
			rmSync(inside('going.png'));
			await put('staying.png');
			await until(() => items().length > 0);
		});
		expect(items).toEqual(['staying.png done']);
	});

	it('is left alone under a temporary name, and while a download lies beside it', async () => {
		await put('a.png.part');
		await put('.hidden.png');
		await put('b.png');
		await put('b.png.crdownload');
		expect(await once()).toEqual([]);
		renameSync(inside('a.png.part'), inside('a.png'));
		rmSync(inside('b.png.crdownload'));
		expect(await once()).toEqual(['a.png done', 'b.png done']);
	});
});

describe('after a restart', () => {
	it('nothing is done twice; what is new, and what changed, is', async () => {
		await put('a.png');
		await put('deep/b.png');
		expect(await once()).toEqual(['a.png done', 'deep/b.png done']);
		const before = statSync(join(place, 'out/a.webp'));
		expect(await once()).toEqual([]);
		expect(statSync(join(place, 'out/a.webp')).ino).toBe(before.ino);

		await put('c.png');
		await put('deep/b.png', 'another b');
		const old = readFileSync(join(place, 'out/deep/b.webp'));
		expect(await once()).toEqual(['c.png done', 'deep/b.png done']);
		expect(readFileSync(join(place, 'out/deep/b.webp'))).not.toEqual(old);
		expect(made()).toEqual(['a.webp', 'c.webp', 'deep/b.webp']);
	});

	it('a file that was only touched, or copied again, counts as done', async () => {
		await put('a.png');
		await once();
		utimesSync(inside('a.png'), new Date(), new Date(1_700_000_000_000));
		expect(await once()).toEqual([]);
		rmSync(inside('a.png'));
		await put('a.png');
		expect(await once()).toEqual([]);
	});

	it('results that a killed batch wrote are recognised', async () => {
		await put('a.png');
		await once();
		new ItemLedger<Remembered>(engine.database).drop(place);
		expect(await once()).toEqual(['a.png done']);
	});
});

describe('results', () => {
	it('are never taken for new files, inside the folder or right among the originals', async () => {
		await put('a.png');
		expect(await once({}, inside('results'))).toEqual(['a.png done']);
		expect(await once({}, inside('results'))).toEqual([]);
		await put('b.png');
		expect(await once({}, inside())).toEqual(['b.png done']);
		expect(await once({}, inside())).toEqual([]);
		expect(filesBelow(inside())).toEqual(['a.png', 'b.png', 'b.webp', 'results/a.webp']);
	});

	it('never replace a file of somebody else, and renew only their own', async () => {
		await put('a.png');
		mkdirSync(join(place, 'out'));
		writeFileSync(join(place, 'out/a.webp'), 'mine');
		expect(await once()).toEqual(['a.png failed']);
		rmSync(join(place, 'out/a.webp'));
		await put('a.png', 'second');
		expect(await once()).toEqual(['a.png done']);
		writeFileSync(join(place, 'out/a.webp'), 'mine again');
		await put('a.png', 'third');
		expect(await once()).toEqual(['a.png failed']);
		expect(readFileSync(join(place, 'out/a.webp'), 'utf8')).toBe('mine again');
	});

	it('are renewed when their file changes, also where files of others are skipped', async () => {
		await put('a.png');
		await put('b.png');
		mkdirSync(join(place, 'out'));
		writeFileSync(join(place, 'out/b.webp'), 'mine');
		expect(await once({ existing: 'skip' })).toEqual(['a.png done', 'b.png skipped']);
		const old = readFileSync(join(place, 'out/a.webp'));
		await put('a.png', 'new');
		await put('b.png', 'new');
		expect(await once({ existing: 'skip' })).toEqual(['a.png done', 'b.png skipped']);
		expect(readFileSync(join(place, 'out/a.webp'))).not.toEqual(old);
		expect(readFileSync(join(place, 'out/b.webp'), 'utf8')).toBe('mine');
	});

	it('of files that are called alike are told apart, whenever they come', async () => {
		await put('a.png');
		await once();
		const first = readFileSync(join(place, 'out/a.webp'));
		writeFileSync(inside('a.jpg'), await small('jpg'));
		expect(await once()).toEqual(['a.jpg done']);
		expect(made()).toEqual(['a-jpg.webp', 'a.webp']);
		expect(readFileSync(join(place, 'out/a.webp'))).toEqual(first);
		await put('a.png', 'new');
		writeFileSync(inside('a.jpg'), await small('new jpg'));
		expect(await once()).toEqual(['a.jpg done', 'a.png done']);
		expect(made()).toEqual(['a-jpg.webp', 'a.webp']);
	});
});

describe('a file that fails', () => {
	it('is named, the others go on; it is tried again when it changes, or when asked', async () => {
		await put('a.png');
		writeFileSync(inside('broken.png'), (await small('x')).subarray(0, 40));
		writeFileSync(inside('notes.txt'), 'no picture');
		expect(await once()).toEqual(['a.png done', 'broken.png failed']);
		expect(await once()).toEqual([]);
		const { watch, items } = watching();
		watch.retry();
		await watch.once(new AbortController().signal);
		expect([items(), watch.passedOver.map(({ item }) => item)]).toEqual([['broken.png failed'], ['notes.txt']]);
		await put('broken.png', 'mended');
		expect(await once()).toEqual(['broken.png done']);
	});
});

describe('a folder', () => {
	it('that is gone says so, and goes on when it is back', async () => {
		const items = await following(async ({ items, troubles }) => {
			await put('a.png');
			await until(() => items().length === 1);
			renameSync(inside(), join(place, 'elsewhere'));
			await until(() => troubles().length === 1);
			renameSync(join(place, 'elsewhere'), inside());
			await put('b.png');
			await until(() => items().length === 2);
			expect(troubles()).toEqual(['watch.gone', 'none']);
		});
		expect(items).toEqual(['a.png done', 'b.png done']);
	});

	it('is heard at once, long before it would be looked through; also a new one under the same name', async () => {
		const items = await following(
			async ({ items }) => {
				await put('a.png');
				await until(() => items().length === 1);
				renameSync(inside(), join(place, 'elsewhere'));
				mkdirSync(inside());
				await put('b.png');
				await until(() => items().length === 2);
				await put('c.png');
				await until(() => items().length === 3, 10);
			},
			{ pace: { settle: 200, every: 60_000 } },
		);
		expect(items).toEqual(['a.png done', 'b.png done', 'c.png done']);
	});

	it('in which a long piece of work goes on takes the next file meanwhile', async () => {
		const zoom = recipeFrom({
			millwright: 1,
			name: 'zoom',
			graph: {
				nodes: {
					photo: { spec: 'io.file', params: { kind: 'image' } },
					zoom: { spec: 'video.ken-burns', params: { duration: 2, width: 320, height: 180 } },
					save: { spec: 'video.save', params: { format: 'mp4' } },
				},
				edges: [
					{ from: 'photo.value', to: 'zoom.image' },
					{ from: 'zoom.video', to: 'save.video' },
				],
			},
		});
		await following(
			async ({ items, watch }) => {
				await put('a.png');
				await until(() => watch.counts.working === 1);
				await put('b.png');
				await until(() => watch.counts.working === 2);
				await until(() => items().length === 2);
			},
			{ recipe: zoom, pace: { settle: 100, every: 300 } },
		);
		expect(made()).toEqual(['a.mp4', 'b.mp4']);
	});

	it('for results that can not be written costs no file its turn', async () => {
		await put('a.png');
		writeFileSync(join(place, 'out'), 'a file where a folder should be');
		const items = await following(async ({ items, troubles }) => {
			await until(() => troubles().length === 1);
			expect(troubles()).toEqual(['output.readonly']);
			rmSync(join(place, 'out'));
			await until(() => items().length === 1);
		});
		expect(items).toEqual(['a.png done']);
	});
});
