import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixture } from '../fixtures/index.ts';
import { type Bench, bench, recipe } from './harness.ts';

let engine: Bench;
beforeEach(async () => {
	engine = await bench({ cores: 2 });
});
afterEach(() => engine.done());

/** Takes a few seconds of ffmpeg. */
const long = recipe(
	{ photo: ['io.file', { kind: 'image' }], zoom: ['video.ken-burns', { duration: 60, width: 1280, height: 720 }], save: ['video.save', { format: 'mp4' }] },
	['photo.value > zoom.image', 'zoom.video > save.video'],
);
const short = recipe({ photo: ['io.file', { kind: 'image' }], blur: ['image.blur', { radius: 3 }], save: ['image.save', { format: 'png' }] }, [
	'photo.value > blur.image',
	'blur.image > save.image',
]);

function childrenOf(parent: number): number[] {
	const rows = execFileSync('ps', ['-eo', 'pid=,ppid='])
		.toString()
		.trim()
		.split('\n')
		.map((line) => line.trim().split(/\s+/).map(Number));
	const own = rows.filter(([, ppid]) => ppid === parent).flatMap(([pid]) => pid ?? []);
	return own.flatMap((pid) => [pid, ...childrenOf(pid)]);
}

function ffmpegs(): number {
	return childrenOf(process.pid).filter((pid) => commandOf(pid).includes('ffmpeg')).length;
}

function commandOf(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
	} catch {
		return '';
	}
}

async function until(condition: () => boolean): Promise<void> {
	for (let i = 0; i < 400 && !condition(); i++) await wait(25);
	expect(condition()).toBe(true);
}

describe('a run that is stopped', () => {
	it('leaves no ffmpeg and no file behind when it is cancelled', async () => {
		const abort = new AbortController();
		const running = engine.engine.run({ recipe: long, bindings: await engine.bind({ photo: 'photo' }), signal: abort.signal });
		await until(() => ffmpegs() > 0);
		abort.abort();
		expect((await running).state).toBe('cancelled');
		await until(() => ffmpegs() === 0);
		await until(() => readdirSync(engine.home.temporary).length === 0);
	});

	it('costs only itself when its worker is killed, and is not remembered as failed', async () => {
		const running = engine.engine.run({ recipe: long, bindings: await engine.bind({ photo: 'photo' }) });
		await until(() => ffmpegs() > 0);
		for (const pid of childrenOf(process.pid).filter((one) => commandOf(one).includes('workers/main'))) process.kill(pid, 'SIGKILL');
		const result = await running;
		expect(result).toMatchObject({ state: 'failed', problems: [{ key: 'run.worker-died', resource: true }] });
		await until(() => ffmpegs() === 0);
		expect((await engine.run(short, { photo: 'photo' })).state).toBe('done');
	});

	it('is stopped at its time limit with a plain message', async () => {
		const result = await engine.engine.run({ recipe: long, bindings: await engine.bind({ photo: 'photo' }), timeout: 1 });
		expect(result).toMatchObject({ state: 'failed', problems: [{ key: 'run.timeout', node: 'save' }] });
		await until(() => ffmpegs() === 0);
	});
});

describe('damaged bytes', () => {
	it('in the store are noticed, put aside and made again', async () => {
		const first = await engine.run(short, { photo: 'photo' });
		const artifact = first.outputs[0]?.artifact;
		if (artifact === undefined) throw new Error('it should have made a file');
		const bytes = readFileSync(artifact.path);
		bytes[100] = (bytes[100] ?? 0) ^ 0xff;
		chmodSync(artifact.path, 0o644);
		writeFileSync(artifact.path, bytes);
		const again = await engine.run(short, { photo: 'photo' });
		expect(again.counts.groups).toBe(1);
		expect(again.outputs[0]?.artifact.content).toBe(artifact.content);
		expect(readFileSync(artifact.path).equals(bytes)).toBe(false);
	});

	it('of a user are blamed on the node that reads them', async () => {
		const path = join(engine.folder, 'half.jpg');
		const whole = readFileSync(fixture('photo'));
		writeFileSync(path, whole.subarray(0, Math.floor(whole.length * 0.6)));
		const source = await engine.engine.look(path);
		const result = await engine.engine.run({ recipe: short, bindings: { photo: [source] } });
		expect(result).toMatchObject({ state: 'failed', problems: [{ type: 'run', node: 'blur' }] });
	});

	it('named as something else are refused by what they are', async () => {
		const path = join(engine.folder, 'film.mp4');
		writeFileSync(path, 'this is only a text\n');
		const source = await engine.engine.look(path);
		expect(source.readings.map((reading) => reading.kind)).toEqual(['text']);
		const clip = recipe({ clip: ['io.file', { kind: 'video' }], mute: ['video.mute'], save: ['video.save'] }, [
			'clip.value > mute.video',
			'mute.video > save.video',
		]);
		const result = await engine.engine.run({ recipe: clip, bindings: { clip: [source] } });
		expect(result).toMatchObject({ state: 'failed', problems: [{ key: 'input.kind', node: 'clip', values: { name: 'film.mp4', got: 'Text' } }] });
	});

	it('that are none are named', async () => {
		const path = join(engine.folder, 'empty.csv');
		writeFileSync(path, '');
		await expect(engine.engine.look(path)).rejects.toMatchObject({ problem: { key: 'input.empty' } });
		await expect(engine.engine.look(join(engine.folder, 'missing.png'))).rejects.toMatchObject({ problem: { key: 'input.not-found' } });
	});
});
