/** A 1080p film becomes an MP4, a GIF, a still picture and a sound: decoded once by us, four times by commands of their own. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compare, type Peer } from './compare.ts';
import { clip } from './inputs.ts';
import { expect, finished, inFolder, millwright, ROOT, type Setting, type Took, time } from './measure.ts';
import { left, type Row } from './table.ts';

const recipe = join(ROOT, 'bench/recipes/fan-out.json');
const GIF = 'scale=480:-2:flags=lanczos,fps=10,split=2[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=sierra2_4a:diff_mode=rectangle';

export async function benchFanOut(setting: Setting): Promise<Row[]> {
	const seconds = setting.small ? 4 : 20;
	const film = await clip(seconds);
	const args = (out: string) => ['run', recipe, '--in', film, '--out', out];
	const ours = { name: 'millwright run', run: (out: string, home: string) => millwright(home, args(out)) };
	const peers: readonly Peer[] = [{ name: 'four ffmpeg commands', run: (out) => four(film, out), aim: '≤ 0.75' }];
	const rows = await compare({ what: `${seconds} s of 1080p in four forms`, ours, peers, check: (out, name) => check(out, name, seconds) }, setting);
	return [...rows, left('ffmpeg processes that it starts', await started(args), '1')];
}

async function four(film: string, out: string): Promise<Took> {
	const commands = [
		[
			'-i',
			film,
			'-vf',
			'scale=1280:-2:flags=lanczos',
			'-c:v',
			'libx264',
			'-preset',
			'medium',
			'-crf',
			'20',
			'-pix_fmt',
			'yuv420p',
			'-c:a',
			'copy',
			'-movflags',
			'+faststart',
			join(out, 'film.mp4'),
		],
		['-i', film, '-filter_complex', GIF, '-loop', '0', join(out, 'film.gif')],
		['-ss', '3', '-i', film, '-frames:v', '1', join(out, 'film.png')],
		['-i', film, '-vn', '-c:a', 'libmp3lame', '-b:a', '192k', join(out, 'film.mp3')],
	];
	let total: Took = { seconds: 0, processor: 0 };
	for (const command of commands) {
		const took = await time('ffmpeg', ['-v', 'error', ...command]);
		total = { seconds: total.seconds + took.seconds, processor: total.processor + took.processor };
	}
	return total;
}

/** How many ffmpeg processes a run starts; ffprobe looks at files and is not counted. */
async function started(args: (out: string) => readonly string[]): Promise<string> {
	return inFolder(async (folder) => {
		const traced = await finished(
			'strace',
			['-f', '-qq', '-e', 'trace=execve', '-e', 'status=successful', process.execPath, join(ROOT, 'bin/millwright.mjs'), ...args(join(folder, 'out'))],
			{ env: { ...process.env, MILLWRIGHT_HOME: join(folder, 'home') } },
		).catch(() => null);
		if (traced === null) return 'not counted: strace is not installed';
		expect(traced.status === 0, `the traced run ended with ${traced.status}: ${traced.stderr.slice(-500)}`);
		return String(traced.stderr.match(/execve\("(?:[^"]*\/)?ffmpeg"/g)?.length ?? 0);
	});
}

async function check(out: string, name: string, seconds: number): Promise<void> {
	const names = await readdir(out);
	const found: Record<string, string> = {};
	for (const ending of ['mp4', 'gif', 'png', 'mp3']) {
		const file = names.find((one) => one.endsWith(`.${ending}`));
		expect(file !== undefined, `${name} wrote no ${ending}, but ${names.join(', ')}`);
		const asked = ['-v', 'error', '-show_entries', 'stream=codec_name,width', '-show_entries', 'format=duration', '-of', 'csv=p=0', join(out, file ?? '')];
		found[ending] = (await finished('ffprobe', asked)).stdout.trim().replaceAll(/\s+/g, ';');
	}
	const lasts = (text: string | undefined) => Math.abs(Number(text?.split(';').at(-1)) - seconds) < 0.3;
	const right =
		found['mp4']?.startsWith('h264,1280;') && found['gif']?.startsWith('gif,480;') && found['png']?.startsWith('png,1920') && found['mp3']?.startsWith('mp3');
	expect(right === true && [found['mp4'], found['gif'], found['mp3']].every(lasts), `${name}: ${JSON.stringify(found)}`);
}
