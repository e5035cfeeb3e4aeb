/** 16 of 20 seconds of a 1080p clip: trim, scale, greyscale, text, MP4. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { clip } from './inputs.ts';
import { alternate, expect, finished, millwright, ROOT, type Took, time } from './measure.ts';
import { against, type Row } from './table.ts';

const recipe = join(ROOT, 'bench/recipes/film.json');
const TEXT = "drawtext=text=Hello:fontsize=60:fontcolor=white:x=(w-text_w)/2:y=h-text_h-36:shadowcolor=black@0.6:shadowx=3:shadowy=3:font='Noto Sans CJK SC'";
const ENCODERS = ['-c:v', 'libx264', '-preset', 'medium', '-crf', '20', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '160k', '-movflags', '+faststart'];

export async function benchFilm(rounds: number): Promise<Row[]> {
	const film = await clip(20);
	const ways = [
		{ name: 'millwright run', run: (out: string, home: string) => millwright(home, ['run', recipe, '--in', film, '--out', out]) },
		{
			name: 'one ffmpeg command by hand',
			run: (out: string) =>
				time('ffmpeg', [
					'-v',
					'error',
					'-ss',
					'2',
					'-t',
					'16',
					'-i',
					film,
					'-vf',
					`scale=1280:-2:flags=lanczos,hue=s=0,${TEXT}`,
					...ENCODERS,
					join(out, 'film.mp4'),
				]),
		},
		{ name: 'an ffmpeg command a node', run: (out: string, home: string) => perNode(film, out, home) },
	];
	return against('20 s of 1080p', await alternate(ways, rounds, check), { 'one ffmpeg command by hand': '≤ 1.05', 'an ffmpeg command a node': '≤ 0.25' });
}

/** As people chain commands: each writes an MP4 with what ffmpeg takes when it isn't told. */
async function perNode(film: string, out: string, between: string): Promise<Took> {
	await mkdir(between);
	const nodes = [['-ss', '2', '-t', '16'], ['-vf', 'scale=1280:-2:flags=lanczos'], ['-vf', 'hue=s=0'], ['-vf', TEXT], ENCODERS];
	let from = film;
	let total: Took = { seconds: 0, processor: 0 };
	for (const [i, args] of nodes.entries()) {
		const to = i === nodes.length - 1 ? join(out, 'film.mp4') : join(between, `${i}.mp4`);
		const took = await time('ffmpeg', ['-v', 'error', '-i', from, ...args, to]);
		total = { seconds: total.seconds + took.seconds, processor: total.processor + took.processor };
		from = to;
	}
	return total;
}

async function check(out: string, name: string): Promise<void> {
	const [file = ''] = await readdir(out);
	const asked = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=codec_name,width,height,duration', '-of', 'csv=p=0', join(out, file)];
	const [codec, width, height, duration] = (await finished('ffprobe', asked)).stdout.trim().split(',');
	expect(
		codec === 'h264' && width === '1280' && height === '720' && Math.abs(Number(duration) - 16) < 0.1,
		`${name}: ${codec} ${width} × ${height}, ${duration} s`,
	);
}
