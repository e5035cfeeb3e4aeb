import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { inspect } from '../../server/doctor/doctor.ts';

const path = process.env.PATH;
afterEach(() => {
	process.env.PATH = path;
});

describe('doctor', () => {
	it('finds programs, their versions and places, and the sandbox', async () => {
		const { tools, sandbox, unavailable, fonts } = await inspect();
		for (const name of ['ffmpeg', 'ffprobe', 'tesseract', 'python3', 'bwrap']) {
			expect(tools.find((tool) => tool.name === name)).toMatchObject({
				found: true,
				version: expect.stringMatching(/^\d+\./),
				path: expect.stringMatching(/^\//),
			});
		}
		expect(tools.find((tool) => tool.name === 'python3')?.parts).toContainEqual(expect.stringMatching(/^pandas \d/));
		expect(tools.find((tool) => tool.name === 'ffmpeg')?.neededFor).toContain('video.trim');
		expect(tools.find((tool) => tool.name === 'bwrap')?.neededFor).toEqual(['code.python']);
		expect(sandbox).toEqual({ kind: 'bubblewrap', works: true });
		expect(unavailable).toEqual([]);
		expect(typeof fonts.cjk).toBe('boolean');
	});

	it('is plain data, and quick', async () => {
		await inspect();
		const start = performance.now();
		const found = await inspect();
		expect(performance.now() - start).toBeLessThan(1500);
		expect(JSON.parse(JSON.stringify(found))).toEqual(found);
	});

	it('says which nodes are off where a program is missing, and why', async () => {
		const empty = mkdtempSync(join(tmpdir(), 'doctor-'));
		process.env.PATH = empty;
		const { tools, unavailable } = await inspect();
		rmSync(empty, { recursive: true });
		expect(tools.find((tool) => tool.name === 'ffmpeg')).toMatchObject({ found: false, version: null, path: null });
		const off = unavailable.find(({ spec }) => spec === 'video.trim');
		expect(off?.reason.en).toMatch(/ffmpeg was not found/);
		expect(off?.reason.zh).toMatch(/未找到 ffmpeg/);
		expect(unavailable.map(({ spec }) => spec)).not.toContain('image.resize');
	});
});
