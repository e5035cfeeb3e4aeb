import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Workplace } from '../cli/harness.ts';

/** A home folder on a disk of a few megabytes; mounting one needs root. */
let place: Workplace;
let mounted = false;
beforeAll(async () => {
	place = new Workplace();
	for (const name of ['in', '.home']) mkdirSync(place.path(name));
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', place.home], { stdio: 'ignore' });
		mounted = true;
	} catch {
		return;
	}
	for (let i = 0; i < 4; i++) {
		const noise = sharp({ create: { width: 500, height: 350, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 100 + i, sigma: 40 } } });
		writeFileSync(place.path(`in/${i}.png`), await noise.png().toBuffer());
	}
	const save = (format: string) => ({ spec: format === 'mp4' ? 'video.save' : 'image.save', params: { format } });
	for (const [name, middle, port, format] of [
		['image', { spec: 'image.flip', params: {} }, 'image', 'png'],
		['video', { spec: 'video.ken-burns', params: { duration: 1, width: 320, height: 180 } }, 'video', 'mp4'],
	] as const) {
		const nodes = { photo: { spec: 'io.file', params: { kind: 'image' } }, middle, save: save(format) };
		const edges = [
			{ from: 'photo.value', to: 'middle.image' },
			{ from: `middle.${port}`, to: `save.${port}` },
		];
		writeFileSync(place.path(`${name}.json`), JSON.stringify({ millwright: 1, name, graph: { nodes, edges } }));
	}
});
afterAll(() => {
	if (mounted) execFileSync('umount', [place.home]);
	place.remove();
});

it.each(['image', 'video'])('a full disk under the home folder is named as that (%s), whatever found it; with space again the batch goes on', async (name) => {
	if (!mounted) return;
	const words = ['run', `${name}.json`, '--in', 'in', '--out', `out-${name}`, '--jobs', '1'];
	/* Room for the ledger, and for one result at most. */
	await place.json('run', `${name}.json`, '--in', 'in/0.png', '--out', 'warm');
	const { bavail, bsize } = statfsSync(place.home);
	writeFileSync(place.path('.home/ballast'), Buffer.alloc(Math.max(0, bavail * bsize - 40_000)));
	const full = await place.json(...words);
	expect([1, 5]).toContain(full.status);
	expect(full.report.errors.length).toBeGreaterThan(0);
	for (const { message } of full.report.errors) expect(message).toMatch(/disk is full.*what is done is kept/i);
	rmSync(place.path('.home/ballast'));
	const later = await place.json(...words, '--resume');
	expect(later.report.errors).toEqual([]);
	expect(later).toMatchObject({ status: 0, report: { summary: { done: 4, failed: 0 } } });
	expect(readdirSync(place.path(`out-${name}`))).toHaveLength(4);
	expect(readdirSync(place.path('.home/temporary'))).toEqual([]);
});
