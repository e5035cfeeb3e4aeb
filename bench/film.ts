/** A minute of a 1080p clip: trim, scale, greyscale, text, MP4. The first two seconds are left out, and the last two. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compare, type Peer } from './compare.ts';
import { clip } from './inputs.ts';
import { expect, finished, millwright, ROOT, type Setting, type Took, time } from './measure.ts';
import type { Row } from './table.ts';

const recipe = join(ROOT, 'bench/recipes/film.json');
const TEXT = "drawtext=text=Hello:fontsize=60:fontcolor=white:x=(w-text_w)/2:y=h-text_h-36:shadowcolor=black@0.6:shadowx=3:shadowy=3:font='Noto Sans CJK SC'";
export const FILTERS = `scale=1280:-2:flags=lanczos,hue=s=0,${TEXT}`;
const ENCODERS = ['-c:v', 'libx264', '-preset', 'medium', '-crf', '20', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '160k', '-movflags', '+faststart'];

export const SKIPPED = 2;

export function benchFilm(setting: Setting): Promise<Row[]> {
	return film(setting.small ? 4 : 60, setting);
}

/** As it was measured at first: 16 seconds, where what a run costs once shows. */
export function benchShortFilm(setting: Setting): Promise<Row[]> {
	return film(16, setting);
}

async function film(kept: number, setting: Setting): Promise<Row[]> {
	const source = await clip(kept + 2 * SKIPPED);
	const until = `trim.to=${SKIPPED + kept}`;
	const ours = { name: 'millwright run', run: (out: string, home: string) => millwright(home, ['run', recipe, '--in', source, '--out', out, '--set', until]) };
	const piece = ['-ss', String(SKIPPED), '-t', String(kept)];
	const peers: readonly Peer[] = [
		{
			name: 'one ffmpeg command by hand',
			run: (out) => time('ffmpeg', ['-v', 'error', ...piece, '-i', source, '-vf', FILTERS, ...ENCODERS, join(out, 'film.mp4')]),
			aim: '≤ 1.03',
		},
		{ name: 'an ffmpeg command a node', run: (out, home) => perNode(source, piece, out, home), aim: '≤ 0.25' },
	];
	return compare({ what: `${kept} s of 1080p`, ours, peers, check: (out, name) => checkFilm(out, name, kept) }, setting);
}

/** As people chain commands: each writes an MP4 with what ffmpeg takes when it isn't told. */
async function perNode(source: string, piece: readonly string[], out: string, between: string): Promise<Took> {
	await mkdir(between);
	const nodes = [piece, ['-vf', 'scale=1280:-2:flags=lanczos'], ['-vf', 'hue=s=0'], ['-vf', TEXT], ENCODERS];
	let from = source;
	let total: Took = { seconds: 0, processor: 0 };
	for (const [i, args] of nodes.entries()) {
		const to = i === nodes.length - 1 ? join(out, 'film.mp4') : join(between, `${i}.mp4`);
		const took = await time('ffmpeg', ['-v', 'error', '-i', from, ...args, to]);
		total = { seconds: total.seconds + took.seconds, processor: total.processor + took.processor };
		from = to;
	}
	return total;
}

/** @throws Error where the film is not what was asked for. */
export async function checkFilm(out: string, name: string, kept: number): Promise<void> {
	const [file = ''] = await readdir(out);
	const asked = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=codec_name,width,height,duration', '-of', 'csv=p=0', join(out, file)];
	const [codec, width, height, duration] = (await finished('ffprobe', asked)).stdout.trim().split(',');
	expect(
		codec === 'h264' && width === '1280' && height === '720' && Math.abs(Number(duration) - kept) < 0.1,
		`${name}: ${codec} ${width} × ${height}, ${duration} s`,
	);
}
