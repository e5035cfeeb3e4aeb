import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BatchRequest, type BatchResult, runBatch } from '../../server/batch/batch.ts';
import { oneEach } from '../../server/batch/items.ts';
import { filesOf } from '../../server/batch/walk.ts';
import { type Opened, type OpenOptions, open } from '../../server/open.ts';
import { Pool } from '../../server/workers/pool.ts';
import { Workplace } from '../cli/harness.ts';
import { small } from '../cli/materials.ts';
import { recipe } from '../engine/harness.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.png`);
let place: Workplace;
beforeAll(async () => {
	place = new Workplace();
	for (const name of ['in', 'bombs']) mkdirSync(place.path(name));
	for (const name of NAMES) for (const folder of ['in', 'bombs']) writeFileSync(place.path(folder, name), await small(name));
	/* Known from before, so that a worker gets an item's pictures at once, and not first a look at the file. */
	const old = new Date(Date.now() - 3_600_000);
	for (const name of NAMES) utimesSync(place.path('in', name), old, old);
});
afterAll(() => place.remove());

const turned = (angle: number) =>
	recipe({ photo: ['io.file', { kind: 'image' }], turn: ['image.rotate', { turn: 'by', angle }], save: ['image.save', { format: 'png' }] }, [
		'photo.value > turn.image',
		'turn.image > save.image',
	]);

async function batch(opened: Opened, folder: string, angle: number, more: Partial<BatchRequest> = {}): Promise<BatchResult> {
	const items = oneEach('photo', filesOf(place.path(folder)));
	return runBatch(
		{ recipe: turned(angle), items, bindings: {}, out: place.path(`out-${folder}-${angle}`), existing: 'resume', jobs: 1, ...more },
		opened.engine,
	);
}
async function opened<T>(options: OpenOptions, work: (opened: Opened) => Promise<T>): Promise<T> {
	const one = open(place.home, { cores: 1, ...options });
	try {
		return await work(one);
	} finally {
		await one.engine.close();
		expect(readdirSync(one.home.temporary)).toEqual([]);
	}
}
function workersOf({ workers }: Opened): readonly number[] {
	if (!(workers instanceof Pool)) throw new Error('expected the local pool');
	return workers.pids;
}
const stateOf = ({ items }: BatchResult) => Object.fromEntries(items.map(({ item, state, problems }) => [item, problems[0]?.key ?? state]));
const allDone = Object.fromEntries(NAMES.map((name) => [name, 'done']));

describe('a worker', () => {
	it.each([
		['is killed', 'SIGKILL', 11, 'run.worker-died'],
		['hangs', 'SIGSTOP', 12, 'run.timeout'],
	] as const)('that %s costs only the item that it was at; that one is done by the next run', async (_, signal, angle, key) => {
		await opened({}, async (one) => {
			/* One after the other, so that there is one worker. */
			for (const name of NAMES) await one.engine.look(place.path('in', name));
			const result = await batch(one, 'in', angle, {
				timeout: 4,
				onEvent: (event) => {
					if (event.type === 'item' && event.result.item === 'c.png' && event.result.state === 'running')
						for (const pid of workersOf(one)) process.kill(pid, signal);
				},
			});
			expect(stateOf(result), JSON.stringify(result.items[0]?.problems)).toEqual({ ...allDone, 'c.png': key });
			expect(result.items[2]?.problems[0]).toMatchObject({ resource: true });
			const again = await batch(one, 'in', angle);
			expect(again.counts).toMatchObject({ done: 6, cached: 5, failed: 0 });
		});
	});

	it('that eats memory is ended; the batch goes on', async () => {
		const big = await sharp({ create: { width: 7900, height: 7900, channels: 3, background: '#765' } })
			.png({ compressionLevel: 1 })
			.toBuffer();
		writeFileSync(place.path('in/big.png'), big);
		await opened({ memory: 300 * 2 ** 20 }, async (one) => {
			expect(stateOf(await batch(one, 'in', 13))).toEqual({ ...allDone, 'big.png': 'run.worker-died' });
		});
		await opened({}, async (one) => {
			expect((await batch(one, 'in', 13, { only: new Set(['big.png']) })).counts).toMatchObject({ done: 1, failed: 0 });
		});
	});
});

describe('a picture that is a bomb', () => {
	it('costs only itself, and this process stays small', async () => {
		writeFileSync(place.path('bombs/pixels.png'), bombOf(40_000, 40_000));
		writeFileSync(place.path('bombs/claims.png'), bombOf(2_000_000_000, 2_000_000_000, 1));
		writeFileSync(place.path('bombs/wide.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="90000" height="90000"><rect width="9" height="9"/></svg>');
		const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
		writeFileSync(
			place.path('bombs/laughs.svg'),
			`<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "ha">${laughs}]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&l9;</text></svg>`,
		);
		const nested = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${'<g>'.repeat(200_000)}</svg>`;
		writeFileSync(place.path('bombs/nested.svg'), nested);
		const before = process.memoryUsage.rss();
		let most = 0;
		const watch = setInterval(() => {
			most = Math.max(most, process.memoryUsage.rss());
		}, 20);
		try {
			const result = await opened({}, (one) => batch(one, 'bombs', 14, { timeout: 30, jobs: 2 }));
			const states = stateOf(result);
			expect(states).toMatchObject(allDone);
			for (const name of ['pixels.png', 'claims.png', 'wide.svg']) expect([name, states[name]]).toEqual([name, expect.stringMatching(/^(image|input|run)\./)]);
			for (const { problems } of result.items) for (const problem of problems) expect(problem.type, JSON.stringify(problem)).toBe('run');
			expect((most - before) / 2 ** 20).toBeLessThan(150);
		} finally {
			clearInterval(watch);
		}
	});
});

/** A PNG of one bit a pixel, all of them black: a few kilobytes that say that they are gigabytes. */
function bombOf(width: number, height: number, rows = 4000): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([1, 0, 0, 0, 0], 8);
	const pixels = deflateSync(Buffer.alloc(Math.min(Math.ceil(width / 8) + 1, 10_000) * rows));
	return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}
function chunk(name: string, bytes: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(name, 'latin1'), bytes]);
	const whole = Buffer.alloc(body.length + 8);
	whole.writeUInt32BE(bytes.length, 0);
	body.copy(whole, 4);
	whole.writeUInt32BE(crc32(body), body.length + 4);
	return whole;
}
