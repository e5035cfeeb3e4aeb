import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { film } from '../backends/video/films.ts';
import { type Bench, bench, recipe } from '../engine/harness.ts';

let engine: Bench;
beforeAll(async () => {
	engine = await bench();
});
afterAll(() => engine.done());

/** One film as a film, as an animation, as a picture and as sound. */
const fan = (more: Parameters<typeof recipe>[0] = {}, wires: readonly string[] = []) =>
	recipe(
		{
			clip: ['io.file', { kind: 'video' }],
			mp4: ['video.save', { format: 'mp4' }],
			small: ['video.scale', { width: 120 }],
			gif: ['video.save', { format: 'gif', fps: 5 }],
			still: ['video.thumbnail', { at: 1 }],
			png: ['image.save', { format: 'png' }],
			sound: ['video.extract-audio'],
			mp3: ['audio.save', { format: 'mp3' }],
			...more,
		},
		[
			'clip.value > mp4.video',
			'clip.value > small.video',
			'small.video > gif.video',
			'clip.value > still.video',
			'still.image > png.image',
			'clip.value > sound.video',
			'sound.audio > mp3.audio',
			...wires,
		],
	);

describe('several outputs of one film', () => {
	it('are made by one command that opens it once', async () => {
		const groups = (await engine.engine.explain(fan(), await engine.bind({ clip: 'clip' }))).filter(({ backend }) => backend === 'video');
		expect(groups).toHaveLength(1);
		const commands = groups.flatMap((group) => group.commands).filter((line) => line.startsWith('ffmpeg '));
		expect(commands).toHaveLength(1);
		expect(commands[0]?.match(/ -i /g)).toHaveLength(1);
		expect(commands[0]?.match(/-c:v copy/g), 'the film itself is copied').toHaveLength(1);
		const result = await engine.run(fan(), { clip: 'clip' });
		expect(result.state).toBe('done');
		expect(result.outputs.map(({ node }) => node).sort()).toEqual(['gif', 'mp3', 'mp4', 'png']);
		expect(result.counts.groups, 'ffmpeg once, and the PNG').toBe(2);
	});

	it('are made apart where one of them begins with a cut, which is opened where it begins', async () => {
		const cut = fan({ cut: ['video.trim', { keep: 'range', from: 1.5, to: 2 }], webp: ['video.save', { format: 'webp' }] }, [
			'clip.value > cut.video',
			'cut.video > webp.video',
		]);
		const groups = (await engine.engine.explain(cut, await engine.bind({ clip: 'clip' }))).filter(({ backend }) => backend === 'video');
		expect(groups.map(({ nodes }) => nodes.includes('cut')).sort()).toEqual([false, true]);
		expect(groups.find(({ nodes }) => nodes.includes('cut'))?.commands.join(' ')).toMatch(/-ss 1\.499 .*-i /);
	});

	it('only what is missing is made again', async () => {
		const result = await engine.run(fan({ gif: ['video.save', { format: 'gif', fps: 4 }] }), { clip: 'clip' });
		expect(result.state).toBe('done');
		expect(result.counts).toMatchObject({ groups: 1, made: 1 });
	});

	it('one that can not be made keeps none of the others from being made', async () => {
		/* Its sound is of a codec that nobody knows. */
		const path = join(engine.folder, 'odd.mkv');
		await film(path, { seconds: 2, args: ['-c:a', 'flac'] });
		await writeFile(path, Buffer.from((await readFile(path)).toString('latin1').replace('A_FLAC', 'A_FLUX'), 'latin1'));
		const three = recipe(
			{
				clip: ['io.file', { kind: 'video' }],
				sound: ['video.extract-audio'],
				mp3: ['audio.save', { format: 'mp3' }],
				gif: ['video.save', { format: 'gif', fps: 5 }],
				still: ['video.thumbnail', { at: 1 }],
				png: ['image.save', { format: 'png' }],
			},
			['clip.value > sound.video', 'sound.audio > mp3.audio', 'clip.value > gif.video', 'clip.value > still.video', 'still.image > png.image'],
		);
		const result = await engine.engine.run({ recipe: three, bindings: { clip: [await engine.engine.look(path)] } });
		expect(result).toMatchObject({ state: 'failed', problems: [{ node: 'sound' }] });
		expect(result.outputs.map(({ node }) => node)).toContain('gif');
	});
});

it('the sound of a film goes into a file of the same codec as it is', async () => {
	const sound = recipe({ clip: ['io.file', { kind: 'video' }], sound: ['video.extract-audio'], save: ['audio.save', { format: 'm4a' }] }, [
		'clip.value > sound.video',
		'sound.audio > save.audio',
	]);
	const groups = await engine.engine.explain(sound, await engine.bind({ clip: 'clip' }));
	expect(groups.flatMap(({ commands }) => commands)).toEqual([expect.stringContaining('-c:a copy')]);
	const result = await engine.run(sound, { clip: 'clip' });
	expect(result.counts.groups).toBe(1);
});
