import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, bench, recipe } from '../engine/harness.ts';
import { fixture } from '../fixtures/index.ts';
import { type Place, place } from './harness.ts';

const graph = recipe(
	{ clip: ['io.file', { kind: 'video' }], grey: ['video.greyscale', {}], save: ['video.save', { format: 'mp4', name: "{name}'s $(touch hacked)" }] },
	['clip.value > grey.video', 'grey.video > save.video'],
);

let engine: Bench;
let there: Place;
let script: string;
beforeAll(async () => {
	engine = await bench({ cores: 2 });
	there = place({ packages: false });
	script = await engine.eject({ recipe: graph, examples: { clip: [await engine.engine.look(fixture('clip'))] }, as: 'sh' });
});
afterAll(async () => {
	there.done();
	await engine.done();
});

describe('a shell script', () => {
	it('does a folder, whatever the files are called, and keeps what is there', () => {
		const folder = join(there.folder, 'in $(touch hacked)');
		mkdirSync(folder);
		for (const name of ['a b.mp4', "it's `x`.mp4"]) copyFileSync(fixture('clip'), join(folder, name));
		writeFileSync(join(folder, 'notes.txt'), 'not a film');
		const ran = there.run(script, [folder]);
		expect(ran, ran.stderr).toMatchObject({ status: 0, names: ["a b's $(touch hacked).mp4", "it's `x`'s $(touch hacked).mp4"] });
		writeFileSync(join(ran.out, ran.names[0] ?? ''), 'mine');
		const again = there.run(script, [join(folder, 'a b.mp4')], [], ran.out);
		expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining('is there already') });
		expect(readFileSync(join(ran.out, ran.names[0] ?? ''), 'utf8')).toBe('mine');
		expect(there.run(script, [join(folder, 'a b.mp4')], ['--overwrite'], ran.out).status).toBe(0);
		expect(execFileSync('ls', [there.folder], { encoding: 'utf8' })).not.toContain('hacked\n');
	});

	it('refuses a film that it was not written for', () => {
		const ran = there.run(script, [fixture('silent-clip')]);
		expect(ran).toMatchObject({
			status: 1,
			names: [],
			stderr: expect.stringContaining('this script was written for a file whose audio is true, here it is false'),
		});
	});
});
