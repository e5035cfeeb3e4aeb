import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BatchResult, runBatch } from '../../server/batch/batch.ts';
import { oneEach } from '../../server/batch/items.ts';
import { filesOf } from '../../server/batch/walk.ts';
import { open } from '../../server/open.ts';
import { filesBelow, until, Workplace } from '../cli/harness.ts';
import { small } from '../cli/materials.ts';
import { recipe } from '../engine/harness.ts';
import { seeded } from './random.ts';

/** `MILLWRIGHT_TEST_CANCELS=50` for the long run. */
const MOMENTS = Number(process.env.MILLWRIGHT_TEST_CANCELS ?? 12);
const ITEMS = 3;
let place: Workplace;
beforeAll(async () => {
	place = new Workplace();
	mkdirSync(place.path('in'));
	for (let i = 0; i < ITEMS; i++) writeFileSync(place.path('in', `${i}.png`), await small(`picture ${i}`));
});
afterAll(() => place.remove());

/** A few tenths of a second of ffmpeg an item; another length is another result, so that none comes from the store. */
const zooming = (duration: number) =>
	recipe({ photo: ['io.file', { kind: 'image' }], zoom: ['video.ken-burns', { duration, width: 320, height: 180 }], save: ['video.save', { format: 'mp4' }] }, [
		'photo.value > zoom.image',
		'zoom.video > save.video',
	]);

/** Everything below this process but its idle workers: what still works for somebody. */
function working(pids: readonly number[]): string[] {
	return below(process.pid)
		.filter((pid) => !pids.includes(pid))
		.map(nameOf)
		.filter((name) => /ffmpeg|ffprobe|python|bwrap|setpriv/.test(name));
}
function below(parent: number): number[] {
	try {
		const children = readdirSync(`/proc/${parent}/task`).flatMap((task) => readFileSync(`/proc/${parent}/task/${task}/children`, 'utf8').split(' '));
		return children.filter(Boolean).flatMap((child) => [Number(child), ...below(Number(child))]);
	} catch {
		return [];
	}
}
function nameOf(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/comm`, 'utf8');
	} catch {
		return '';
	}
}

describe('a batch that is cancelled', () => {
	it(`at ${MOMENTS} random moments leaves no process after 2 s, no temporary file and no half of a result`, async () => {
		const random = seeded(12);
		const opened = open(place.home, { cores: 2 });
		const batch = (duration: number, out: string, signal?: AbortSignal): Promise<BatchResult> =>
			runBatch(
				{
					recipe: zooming(duration),
					items: oneEach('photo', filesOf(place.path('in'))),
					bindings: {},
					out: place.path(out),
					existing: 'error',
					jobs: 2,
					...(signal === undefined ? {} : { signal }),
				},
				opened.engine,
			);
		try {
			await batch(0.9, 'first');
			const since = performance.now();
			await batch(1, 'whole');
			const whole = performance.now() - since;
			const states = new Map<string, number>();
			let slowest = 0;
			for (let i = 0; i < MOMENTS; i++) {
				const abort = new AbortController();
				const out = `cancelled/${i}`;
				const running = batch(1 + (i + 1) / 100, out, abort.signal);
				await wait(random() * whole);
				abort.abort();
				const cancelledAt = performance.now();
				const { state, items } = await running;
				while ((working([]).length > 0 || readdirSync(opened.home.temporary).length > 0) && performance.now() - cancelledAt < 4000) await wait(10);
				const took = performance.now() - cancelledAt;
				slowest = Math.max(slowest, took);
				expect({ i, left: working([]), files: readdirSync(opened.home.temporary), late: took > 2000 }).toEqual({ i, left: [], files: [], late: false });
				states.set(state, (states.get(state) ?? 0) + 1);
				const done = items.filter((item) => item.state === 'done');
				expect(existsSync(place.path(out)) ? filesBelow(place.path(out)) : []).toEqual(
					done.flatMap((item) => item.files.map(({ path }) => path.slice(place.path(out).length + 1))).sort(),
				);
				for (const item of items) expect(['waiting', 'done', 'failed'], JSON.stringify(item.problems)).toContain(item.state);
				expect(items.filter((item) => item.state === 'failed')).toEqual([]);
			}
			expect(states.get('cancelled') ?? 0).toBeGreaterThan(MOMENTS / 3);
			if (process.env.MILLWRIGHT_TEST_CANCELS !== undefined)
				console.log(`${MOMENTS} cancels, ${states.get('cancelled')} in the middle, all gone after at most ${slowest.toFixed(0)} ms`);
		} finally {
			await opened.engine.close();
		}
	}, 600_000);
});

describe('a program that does not listen', () => {
	it('to a kind request to end is killed, with what it has started', async () => {
		/* Stands in for ffmpeg: ignores TERM, INT and HUP, and so does its child. */
		const bin = place.path('bin');
		mkdirSync(bin);
		const marker = place.path('started');
		writeFileSync(
			join(bin, 'ffmpeg'),
			`#!/bin/bash\ncase "$*" in *ffmetadata*|*version*|*filters*) exec /usr/bin/ffmpeg "$@";; esac\ntrap '' TERM INT HUP\nsleep 3597 &\ntouch ${marker}\nwhile :; do sleep 3597; done\n`,
		);
		chmodSync(join(bin, 'ffmpeg'), 0o755);
		const path = process.env.PATH;
		process.env.PATH = `${bin}${delimiter}${path}`;
		const opened = open(place.path('.deaf'), { cores: 1 });
		try {
			const bindings = { photo: [await opened.engine.look(place.path('in/0.png'))] };
			const abort = new AbortController();
			const running = opened.engine.run({ recipe: zooming(3), bindings, signal: abort.signal });
			await until(() => existsSync(marker));
			const sleepers = () => below(process.pid).filter((pid) => nameOf(pid).startsWith('sleep')).length;
			await until(() => sleepers() > 0);
			const cancelledAt = performance.now();
			abort.abort();
			expect((await running).state).toBe('cancelled');
			await until(() => sleepers() === 0 && readdirSync(opened.home.temporary).length === 0);
			expect(performance.now() - cancelledAt).toBeLessThan(2000 + 1000);
			expect(await opened.engine.run({ recipe: zooming(4), bindings, timeout: 1 })).toMatchObject({ state: 'failed', problems: [{ key: 'run.timeout' }] });
			await until(() => sleepers() === 0);
		} finally {
			process.env.PATH = path;
			await opened.engine.close();
		}
	});
});
