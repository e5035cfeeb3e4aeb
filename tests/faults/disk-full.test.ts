import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Workplace } from '../cli/harness.ts';

/** A disk of two megabytes; mounting one needs root. */
let place: Workplace;
let mounted = false;
beforeAll(async () => {
	place = new Workplace();
	for (const name of ['in', 'disk']) mkdirSync(place.path(name));
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', place.path('disk')], { stdio: 'ignore' });
		mounted = true;
	} catch {
		return;
	}
	for (let i = 0; i < 4; i++) {
		const noise = sharp({ create: { width: 500, height: 350, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 100 + i, sigma: 40 } } });
		writeFileSync(place.path(`in/${i}.png`), await noise.png().toBuffer());
	}
	const graph = {
		nodes: { photo: { spec: 'io.file', params: { kind: 'image' } }, save: { spec: 'image.save', params: { format: 'png' } } },
		edges: [{ from: 'photo.value', to: 'save.image' }],
	};
	writeFileSync(place.path('copy.json'), JSON.stringify({ millwright: 1, name: 'copy', graph }));
});
afterAll(() => {
	if (mounted) execFileSync('umount', [place.path('disk')]);
	place.remove();
});

it('a full disk is named in plain words, loses nothing, and the batch goes on after space returns', async (context) => {
	if (!mounted) context.skip('a small disk can not be mounted here (needs root)');
	writeFileSync(place.path('disk/ballast'), Buffer.alloc(1.2 * 2 ** 20));
	const full = await place.json('run', 'copy.json', '--in', 'in', '--out', 'disk/out', '--jobs', '1');
	expect([1, 5]).toContain(full.status);
	expect(full.report.errors.length).toBeGreaterThan(0);
	for (const { message } of full.report.errors) expect(message).toMatch(/disk is full.*what is done is kept/i);
	const kept = place.files('disk/out');
	expect(kept).toHaveLength(full.report.summary.done);
	rmSync(place.path('disk/ballast'));
	for (const png of kept) expect(place.files('in')).toContain(png);
	const later = await place.json('run', 'copy.json', '--in', 'in', '--out', 'disk/out', '--resume');
	expect(later.report.errors).toEqual([]);
	expect(later).toMatchObject({ status: 0, report: { summary: { done: 4, failed: 0 } } });
	expect(place.files('disk/out')).toEqual(place.files('in'));
});
