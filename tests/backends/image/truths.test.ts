import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { imagePlanner } from '../../../server/backends/image/plan.ts';
import { probeImage } from '../../../server/backends/image/probe.ts';
import { imageRunner } from '../../../server/backends/image/run.ts';
import type { Group, Pixels } from '../../../server/engine/group.ts';
import { fixture } from '../../fixtures/index.ts';
import { chain, context, difference, folder, imageOf, pathOf, runFused, runUnfused } from './harness.ts';

const save = (format: string, more: object = {}) => ({ spec: 'image.save', params: { format, ...more } });
const half = { spec: 'image.resize', params: { width: 60 } };

async function pixel(path: string, left: number, top: number): Promise<number[]> {
	return [...(await sharp(path).extract({ left, top, width: 1, height: 1 }).toColourspace('srgb').raw().toBuffer())];
}

describe('orientation', () => {
	it('is applied when a file is read, and gone from what is written', async () => {
		const { made } = await runFused(fixture('portrait'), [save('jpeg', { keepMetadata: true })]);
		expect(imageOf(made.metadata)).toMatchObject({ width: 200, height: 300 });
		expect((await sharp(pathOf(made)).metadata()).orientation ?? 1).toBe(1);
	});

	it('is applied before a crop', async () => {
		const { made } = await runFused(fixture('portrait'), [{ spec: 'image.crop', params: { by: 'pixels', left: 0, top: 250, width: 200, height: 50 } }]);
		const upright = await sharp(fixture('portrait')).autoOrient().png().toBuffer();
		const wanted = join(await folder(), 'wanted.png');
		await sharp(upright).extract({ left: 0, top: 250, width: 200, height: 50 }).png().toFile(wanted);
		expect((await difference(pathOf(made), wanted)).mean).toBeLessThan(0.5);
	});
});

describe('16 bit', () => {
	it('is kept from node to node and in a saved PNG, even across a hand-off', async () => {
		const path = join(await folder(), 'deep.png');
		const ramp = Uint16Array.from({ length: 256 * 64 * 3 }, (_, index) => 20_000 + Math.floor(index / 3));
		await sharp(ramp, { raw: { width: 256, height: 64, channels: 3 } })
			.toColourspace('rgb16')
			.png()
			.toFile(path);
		for (const uses of [[half], [half, save('png')], [{ spec: 'image.invert', params: {} }, half, { spec: 'image.invert', params: {} }, save('png')]]) {
			const { made } = await runFused(path, uses);
			expect((await sharp(pathOf(made)).metadata()).depth).toBe('ushort');
			const { channels } = await sharp(pathOf(made)).stats();
			const middle = 20_000 + (256 * 64) / 2;
			expect(Math.abs((channels[0]?.mean ?? 0) - middle)).toBeLessThan(120);
		}
	});

	it('keeps its lightness when contrast changes', async () => {
		const path = join(await folder(), 'deep.png');
		await sharp(new Uint16Array(30 * 30 * 3).fill(32_768), { raw: { width: 30, height: 30, channels: 3 } })
			.toColourspace('rgb16')
			.png()
			.toFile(path);
		const { made } = await runFused(path, [{ spec: 'image.adjust', params: { contrast: 50 } }]);
		expect(Math.abs((await pixel(pathOf(made), 5, 5))[0] ?? 0) - 128).toBeLessThan(3);
	});
});

describe('colour', () => {
	for (const depth of ['8', '16'])
		it(`of a Display P3 picture of ${depth} bits arrives in sRGB`, async () => {
			const path = join(await folder(), 'p3.png');
			const flat = new Uint8Array(300).map((_, i) => [200, 100, 50][i % 3] ?? 0);
			const shallow = await sharp(flat, { raw: { width: 10, height: 10, channels: 3 } })
				.withIccProfile('p3')
				.png()
				.toBuffer();
			await (depth === '8' ? sharp(shallow).keepIccProfile() : sharp(shallow).keepIccProfile().toColourspace('rgb16')).png().toFile(path);
			const result = await runFused(path, [save('png')]);
			const [r = 0, g = 0, b = 0] = await pixel(pathOf(result.made), 3, 3);
			expect(Math.max(Math.abs(r - 200), Math.abs(g - 100), Math.abs(b - 50))).toBeLessThan(4);
		});

	it('of CMYK arrives in sRGB', async () => {
		const path = join(await folder(), 'cmyk.jpg');
		await sharp({ create: { width: 20, height: 20, channels: 3, background: '#c03020' } })
			.toColourspace('cmyk')
			.jpeg({ quality: 95 })
			.toFile(path);
		const { made } = await runFused(path, [save('png')]);
		const [r = 0, g = 0, b = 0] = await pixel(pathOf(made), 3, 3);
		expect(Math.max(Math.abs(r - 0xc0), Math.abs(g - 0x30), Math.abs(b - 0x20))).toBeLessThan(40);
	});

	it('of a border around a grey picture is a colour', async () => {
		const path = join(await folder(), 'grey.jpg');
		await sharp({ create: { width: 40, height: 40, channels: 3, background: '#808080' } })
			.toColourspace('b-w')
			.jpeg()
			.toFile(path);
		const { made } = await runFused(path, [{ spec: 'image.pad', params: { by: 'pixels', left: 10, background: '#ff0000' } }]);
		expect(await pixel(pathOf(made), 2, 2)).toEqual([255, 0, 0]);
	});
});

describe('transparency', () => {
	it('gets the background that JPEG needs', async () => {
		const { made } = await runFused(fixture('logo'), [{ spec: 'image.sharpen', params: {} }, save('jpeg', { background: '#00ff00', quality: 95 })]);
		const [r = 0, g = 0] = await pixel(pathOf(made), 1, 1);
		expect([r < 20, g > 235]).toEqual([true, true]);
	});

	it('does not darken the edges of a turned picture', async () => {
		const path = join(await folder(), 'white.png');
		await sharp({ create: { width: 60, height: 60, channels: 4, background: '#ffffff' } })
			.png()
			.toFile(path);
		const { made } = await runFused(path, [
			{ spec: 'image.rotate', params: { turn: 'by', angle: 25, background: '#00000000' } },
			half,
			{ spec: 'image.background', params: { colour: '#ffffff' } },
		]);
		expect((await sharp(pathOf(made)).stats()).channels[0]?.min).toBeGreaterThan(245);
	});
});

describe('animations', () => {
	it('keep frames and times through turning and blurring, frame by frame', async () => {
		const { made } = await runFused(fixture('animation'), [
			{ spec: 'image.rotate', params: { turn: 'right' } },
			{ spec: 'image.blur', params: { radius: 5 } },
			save('gif'),
		]);
		expect(imageOf(made.metadata)).toMatchObject({ width: 75, height: 101, frames: 12, duration: 1.2, format: 'gif' });
		expect(imageOf(await probeImage(pathOf(made), 'gif', 'a.gif'))).toMatchObject({ width: 75, height: 101, frames: 12, duration: 1.2 });
	});

	it('give their first frame to formats without animation', async () => {
		const { made } = await runFused(fixture('animation'), [half, save('png')]);
		expect(imageOf(made.metadata)).toMatchObject({ width: 60, frames: 1, duration: 0 });
	});
});

describe('groups', () => {
	it('read and leave pixels in memory, and may give a value in the middle', async () => {
		const { parts, inputs } = await chain(fixture('logo'), [half, { spec: 'image.blur', params: {} }]);
		const first: Group = {
			backend: 'image',
			parts,
			inputs,
			outputs: [
				{ key: 'small', part: 0, port: 'image', keep: 'file' },
				{ key: 'soft', part: 1, port: 'image', keep: 'memory' },
			],
		};
		const made = await imageRunner.run(first, await context());
		const soft = made.find(({ key }) => key === 'soft');
		if (soft === undefined || !('value' in soft) || !('pixels' in soft.value)) throw new Error('no pixels');
		const next = await chain(fixture('logo'), [save('png')]);
		const memory = new Map<string, Pixels>([['soft', soft.value.pixels]]);
		const second: Group = {
			...first,
			parts: next.parts,
			inputs: [{ key: 'soft', from: 'memory', metadata: soft.value.metadata }],
			outputs: [{ key: 'file', part: 0, port: 'file', keep: 'file' }],
		};
		const [file] = await imageRunner.run(second, await context(memory));
		expect(file !== undefined && 'value' in file && imageOf(file.value.metadata)).toMatchObject({ width: 60, height: 60, alpha: true, format: 'png' });
	});

	it('mirror after what was done since a turn', async () => {
		const crop = { spec: 'image.crop', params: { by: 'pixels', left: 5, top: 5, width: 60, height: 80 } };
		for (const between of [half, crop]) {
			const uses = [{ spec: 'image.rotate', params: { turn: 'right' } }, between, { spec: 'image.flip', params: { direction: 'vertical' } }];
			const { made } = await runFused(fixture('photo'), uses);
			expect((await difference(pathOf(made), pathOf(await runUnfused(fixture('photo'), uses)))).mean).toBeLessThan(0.5);
		}
	});

	it('know the size of a border around a crop of a smaller picture', async () => {
		const { made } = await runFused(fixture('photo'), [
			half,
			{ spec: 'image.crop', params: { by: 'pixels', left: 5, top: 5, width: 30, height: 20 } },
			{ spec: 'image.pad', params: { by: 'pixels', left: 10, top: 4, background: '#ff0000' } },
		]);
		expect(imageOf(made.metadata)).toMatchObject({ width: 40, height: 24 });
	});

	it('explain the calls of sharp, and say why a pass ends', async () => {
		const { parts, inputs } = await chain(fixture('photo'), [half, { spec: 'image.sharpen', params: {} }, save('webp')]);
		const outputs = [{ key: 'o', part: 2, port: 'file', keep: 'file' as const }];
		expect(imagePlanner.explain({ backend: 'image', parts, inputs, outputs })).toEqual([
			`sharp('photo.jpg', { autoOrient: true }).resize({ width: 60, height: 40, fit: 'fill' }).sharpen({ sigma: 1, m1: 1, m2: 2 }).webp({ quality: 80 })`,
		]);
		const twice = await chain(fixture('photo'), [{ spec: 'image.blur', params: {} }, half]);
		expect(twice.parts[1] && imagePlanner.canJoin(twice.parts.slice(0, 1), twice.parts[1])).toMatchObject({
			en: expect.stringContaining('resize before blur'),
		});
	});

	it('keep the camera data across passes when asked to, and drop it otherwise', async () => {
		const path = join(await folder(), 'camera.jpg');
		await sharp(fixture('photo'))
			.withExif({ IFD0: { Make: 'Millcam' } })
			.jpeg()
			.toFile(path);
		for (const keepMetadata of [true, false]) {
			const { made } = await runFused(path, [{ spec: 'image.blur', params: {} }, half, save('jpeg', { keepMetadata })]);
			expect((await sharp(pathOf(made)).metadata()).exif?.includes('Millcam') ?? false).toBe(keepMetadata);
		}
	});
});

describe('files that can not be read', () => {
	it('are told from each other in plain words', async () => {
		const own = await folder();
		const whole = await sharp({ create: { width: 900, height: 900, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 60 }, background: '#000' } })
			.jpeg()
			.toBuffer();
		const cut = join(own, 'cut.jpg');
		await writeFile(cut, whole.subarray(0, whole.length / 2));
		await expect(runFused(cut, [half])).rejects.toThrow(/cut\.jpg is cut off: the end of the JPEG picture is missing/);
		const head = join(own, 'head.png');
		await writeFile(head, Buffer.from('89504e470d0a1a0a0000', 'hex'));
		await expect(probeImage(head, 'png', 'head.png')).rejects.toThrow(/head\.png looks like PNG/);
		const heic = join(own, 'phone.heic');
		await writeFile(heic, Buffer.concat([Buffer.from('00000018', 'hex'), Buffer.from('ftypheic'), Buffer.alloc(64)]));
		await expect(probeImage(heic, 'heic', 'phone.heic')).rejects.toThrow(/HEIC picture, which can not be read here/);
	});

	it('include pictures of too many pixels', async () => {
		const path = join(await folder(), 'huge.png');
		await sharp({ create: { width: 30_000, height: 10_000, channels: 3, background: '#fff' }, limitInputPixels: false })
			.png({ compressionLevel: 9 })
			.toFile(path);
		await expect(probeImage(path, 'png', 'huge.png')).rejects.toThrow(/30000×10000 px/);
	}, 60_000);

	it('include files that an SVG asks for', async () => {
		const own = await folder();
		await sharp({ create: { width: 20, height: 20, channels: 3, background: '#ff0000' } })
			.png()
			.toFile(join(own, 'secret.png'));
		const path = join(own, 'asks.svg');
		await writeFile(
			path,
			`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="20"><image xlink:href="secret.png" href="secret.png" width="20" height="20"/></svg>`,
		);
		const { made } = await runFused(path, [save('png')]);
		expect((await pixel(pathOf(made), 5, 5))[3]).toBe(0);
	});
});
