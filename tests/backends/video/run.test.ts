import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { specOf } from '../../../nodes/catalogue.ts';
import { GraphError, type Spec } from '../../../nodes/define.ts';
import { ProblemError } from '../../../nodes/problems.ts';
import fromAnimation from '../../../nodes/video/from-animation.ts';
import { videoPlanner } from '../../../server/backends/video/plan.ts';
import { probeMedia } from '../../../server/backends/video/probe.ts';
import { videoRunner } from '../../../server/backends/video/run.ts';
import { fixture } from '../../fixtures/index.ts';
import { context, groupOf, pathOf, planned, runGroup, type Use, withFolder } from './harness.ts';

const run = promisify(execFile);
const ffmpeg = (...args: string[]) => run('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], { encoding: 'buffer', maxBuffer: 1e9 });

function spec(id: string): Spec {
	const found = specOf(id);
	if (found === undefined) throw new Error(`no ${id}`);
	return found;
}

/** Nodes in a row, each reading the one before. */
function chain(first: NonNullable<Use['from']>, ...nodes: readonly (readonly [string, Readonly<Record<string, unknown>>?])[]): readonly Use[] {
	return nodes.map(([id, params = {}], i) => {
		const port = Object.keys(spec(id).inputs)[0] ?? '';
		return { spec: spec(id), params, from: i === 0 ? first : { [port]: [i - 1] } };
	});
}

async function make(folder: string, uses: readonly Use[]): Promise<string> {
	const [made] = await runGroup(groupOf(await planned(uses, fromAnimation)), folder);
	return pathOf(made?.[0]);
}

/** Hashes of the decoded frames. */
async function frameHashes(path: string, ...filters: readonly string[]): Promise<readonly string[]> {
	const vf = filters.length === 0 ? [] : ['-vf', filters.join(',')];
	const { stdout } = await ffmpeg('-i', path, ...vf, '-map', '0:v', '-pix_fmt', 'yuv420p', '-fps_mode', 'passthrough', '-f', 'framemd5', '-');
	return stdout
		.toString()
		.split('\n')
		.filter((line) => line !== '' && !line.startsWith('#'))
		.map((line) => line.split(',').at(-1)?.trim() ?? '');
}

describe('trimming', () => {
	it('keeps exactly the frames of the first two seconds', async () => {
		await withFolder(async (folder) => {
			const path = await make(folder, chain({ video: ['clip'] }, ['video.trim', { keep: 'first', seconds: 2 }]));
			expect(await frameHashes(path)).toEqual((await frameHashes(fixture('clip'))).slice(0, 50));
		});
	});

	it('keeps exactly the frames from one time to another, also by a seek', async () => {
		await withFolder(async (folder) => {
			const plan = await planned(chain({ video: ['clip'] }, ['video.trim', { keep: 'range', from: 1.2, to: 2.6 }]), fromAnimation);
			expect(videoPlanner.explain(groupOf(plan))[0]).toMatch(/-ss 1\.199 .*-i /);
			const [made] = await runGroup(groupOf(plan), folder);
			expect(await frameHashes(pathOf(made?.[0]))).toEqual((await frameHashes(fixture('clip'))).slice(30, 65));
		});
	});

	it('says how long the video is when a cut lies past the end', async () => {
		const uses = chain({ video: ['clip'] }, ['video.trim', { keep: 'range', from: 1, to: 9 }]);
		await expect(planned(uses, fromAnimation)).rejects.toThrow(GraphError);
		await expect(planned(uses, fromAnimation)).rejects.toThrow(/9 s .* 3 s long/);
	});
});

describe('an animated GIF', () => {
	it('of odd size becomes an MP4 that plays anywhere, as long as it was', async () => {
		await withFolder(async (folder) => {
			const path = await make(folder, chain({ video: ['animation'] }, ['video.save', { format: 'mp4' }]));
			const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name,pix_fmt,width,height,duration', '-of', 'csv=p=0', path]);
			expect(stdout.trim()).toBe('h264,100,74,yuv420p,1.200000');
			expect((await readFile(path)).subarray(0, 4096).includes('moov'), 'its index comes first').toBe(true);
		});
	});

	it('with frames of different lengths keeps its duration, the last frame included', async () => {
		await withFolder(async (folder) => {
			await ffmpeg('-f', 'lavfi', '-i', 'testsrc=size=32x32:rate=10:duration=0.5', '-final_delay', '150', join(folder, 'held.gif'));
			const path = await make(folder, chain({ video: [{ path: join(folder, 'held.gif') }] }, ['video.save', { format: 'mp4' }]));
			const [reading] = await probeMedia(path, 'mp4');
			expect(reading?.duration).toBeCloseTo(1.9, 1);
		});
	});
});

describe('one command', () => {
	it('makes several outputs of one decoded source', async () => {
		await withFolder(async (folder) => {
			const uses: Use[] = [
				...chain({ video: ['clip'] }, ['video.scale', { width: 160 }], ['video.save', { format: 'mp4' }]),
				{ spec: spec('video.greyscale'), from: { video: [0] } },
				{ spec: spec('video.extract-audio'), from: { video: [0] } },
				{ spec: spec('audio.save'), params: { format: 'mp3' }, from: { audio: [3] } },
				{ spec: spec('video.thumbnail'), params: { at: 1 }, from: { video: [2] } },
			];
			const group = groupOf(await planned(uses, fromAnimation), [1, 2, 4, 5]);
			const [command = '', ...others] = videoPlanner.explain(group);
			expect(others).toEqual([]);
			expect(command.match(/ -i /g)).toHaveLength(1);
			const made = await runGroup(group, folder);
			expect(made.map((values) => values[0]?.metadata.kind)).toEqual(['file', 'video', 'file', 'image']);
		});
	});

	it('copies what nothing touched, and still drops the sound', async () => {
		await withFolder(async (folder) => {
			const plan = await planned(chain({ video: ['clip'] }, ['video.mute'], ['video.save', { format: 'mov' }]), fromAnimation);
			expect(videoPlanner.explain(groupOf(plan))).toEqual(['# stream copy: nothing touches the frames', expect.stringContaining('-c:v copy')]);
			const [made] = await runGroup(groupOf(plan), folder);
			expect(await frameHashes(pathOf(made?.[0]))).toEqual(await frameHashes(fixture('clip')));
			expect(made?.[0]?.metadata).toMatchObject({ content: { audio: false, codec: 'h264' } });
		});
	});

	it('keeps the sound with the picture through trim, speed and join', async () => {
		await withFolder(async (folder) => {
			/* A flash and a beep at 1 s. */
			const source = join(folder, 'flash.mkv');
			await ffmpeg(
				'-f',
				'lavfi',
				'-i',
				'color=black:size=32x32:rate=25:duration=3',
				'-f',
				'lavfi',
				'-i',
				'sine=frequency=1000:duration=3',
				'-vf',
				"drawbox=color=white:t=fill:enable='between(t,0.99,1.19)'",
				'-af',
				"volume=0:enable='not(between(t,1,1.2))'",
				'-c:v',
				'ffv1',
				'-c:a',
				'flac',
				source,
			);
			const inner = join(folder, 'out');
			await mkdir(inner);
			const uses: Use[] = [
				...chain({ video: [{ path: source }] }, ['video.trim', { keep: 'drop-first', seconds: 0.5 }], ['video.speed', { factor: 2 }]),
				{ spec: spec('video.concat'), from: { videos: [1, 1] } },
			];
			const path = await make(inner, uses);
			const bytes = (await ffmpeg('-i', path, '-map', '0:v', '-vf', 'scale=1:1', '-pix_fmt', 'gray', '-f', 'rawvideo', '-')).stdout;
			const samples = (await ffmpeg('-i', path, '-map', '0:a', '-ac', '1', '-ar', '8000', '-f', 's16le', '-')).stdout;
			for (const half of [0, 1.25]) {
				const frame = bytes.findIndex((level, i) => i >= half * 25 && level > 128);
				let sample = Math.round(half * 8000);
				while (sample * 2 + 1 < samples.length && Math.abs(samples.readInt16LE(sample * 2)) < 500) sample++;
				expect(Math.abs(frame / 25 - sample / 8000), `flash at ${frame / 25} s, beep at ${sample / 8000} s`).toBeLessThan(0.06);
				expect(frame / 25 - half).toBeCloseTo(0.25, 0);
			}
		});
	});
});

describe('the camera', () => {
	it('moves by the same fraction of a pixel from frame to frame', async () => {
		await withFolder(async (folder) => {
			/* A soft white bar on black (a hard one rings): its centre of mass says where the window is, far below a pixel. */
			const still = join(folder, 'bar.png');
			await ffmpeg(
				'-f',
				'lavfi',
				'-i',
				'color=black:size=320x180',
				'-vf',
				'drawbox=x=150:w=20:h=180:color=white:t=fill,gblur=sigma=4',
				'-frames:v',
				'1',
				'-update',
				'1',
				still,
			);
			const inner = join(folder, 'out');
			await mkdir(inner);
			const path = await make(
				inner,
				chain({ image: [{ path: still }] }, ['video.ken-burns', { motion: 'right', amount: 5, duration: 2, fps: 30, ease: 'linear' }]),
			);
			const { stdout } = await ffmpeg('-i', path, '-vf', 'format=gray,crop=320:1:0:90', '-pix_fmt', 'gray', '-f', 'rawvideo', '-');
			const centres = Array.from({ length: stdout.length / 320 }, (_, frame) => {
				const row = [...stdout.subarray(frame * 320, frame * 320 + 320)].map((level) => Math.max(0, level - 4));
				const sum = row.reduce((a, b) => a + b, 0);
				return row.reduce((a, level, x) => a + level * x, 0) / sum;
			});
			expect(centres).toHaveLength(60);
			const moves = centres.slice(1).map((centre, i) => (centres[i] ?? 0) - centre);
			const mean = moves.reduce((a, b) => a + b, 0) / moves.length;
			expect(mean).toBeGreaterThan(0.2);
			expect(mean).toBeLessThan(0.4);
			for (const move of moves) expect(Math.abs(move - mean)).toBeLessThan(0.05);
		});
	});

	it('lets a GIF play on and start again for as long as it takes', async () => {
		await withFolder(async (folder) => {
			const path = await make(folder, chain({ image: ['animation'] }, ['video.ken-burns', { duration: 5, fps: 20 }], ['video.save', { format: 'mp4' }]));
			const [reading] = await probeMedia(path, 'mp4');
			expect(reading).toMatchObject({ duration: 5, fps: 20, width: 102, height: 76 });
			expect(new Set(await frameHashes(path)).size).toBeGreaterThan(45);
		});
	});
});

describe('hostile and broken files', () => {
	it('a playlist named .mp4 opens no other file', async () => {
		await withFolder(async (folder) => {
			const path = join(folder, 'trap.mp4');
			await writeFile(path, `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://${fixture('clip')}\n#EXT-X-ENDLIST\n`);
			await expect(probeMedia(path, 'mp4', 'trap.mp4')).rejects.toMatchObject({ problem: { key: 'input.broken' } });
		});
	});

	it('text named .mp4 is told to be broken, with what ffmpeg said', async () => {
		await withFolder(async (folder) => {
			const path = join(folder, 'text.mp4');
			await writeFile(path, 'just words\n'.repeat(500));
			const failure: unknown = await probeMedia(path, 'mp4', 'text.mp4').catch((error: unknown) => error);
			expect(failure).toBeInstanceOf(ProblemError);
			expect(failure).toMatchObject({ problem: { key: 'input.broken', values: { name: 'text.mp4' } } });
		});
	});

	it('text on a video is only text', async () => {
		await withFolder(async (folder) => {
			const text = "it's 100% %{pts} \\ ':,;[out] 你好\n$(touch x)";
			await make(folder, chain({ video: ['clip'] }, ['video.text', { text }], ['video.thumbnail', { at: 0 }]));
			expect((await readdir(folder)).sort()).toEqual(['out-0.png', 'text-0.txt']);
		});
	});

	it('odd names are names, not patterns or options', async () => {
		await withFolder(async (folder) => {
			const path = join(folder, "-y %03d 'quote'\n.mp4");
			await writeFile(path, await readFile(fixture('silent-clip')));
			const inner = join(folder, 'out');
			await mkdir(inner);
			expect(await make(inner, chain({ video: [{ path }] }, ['video.thumbnail', { at: 1 }]))).toContain('out-0.png');
		});
	});
});

it('a cancelled group leaves no process and says that it was cancelled', async () => {
	await withFolder(async (folder) => {
		const uses = chain({ image: ['photo'] }, ['video.ken-burns', { duration: 600, fps: 60 }], ['video.save', { format: 'mp4' }]);
		const control = new AbortController();
		let started = () => {};
		const progress = new Promise<void>((resolve) => {
			started = resolve;
		});
		const group = groupOf(await planned(uses, fromAnimation));
		const running = videoRunner.run(group, context(folder, { signal: control.signal, progress: () => started() }));
		await progress;
		control.abort();
		await expect(running).rejects.toMatchObject({ name: 'Cancelled' });
		const { stdout } = await run('ps', ['-eo', 'args']);
		expect(stdout.split('\n').filter((line) => line.startsWith('ffmpeg') && line.includes('scale=') && line.includes(`loop=${600 * 60 - 1}`))).toEqual([]);
	});
});
