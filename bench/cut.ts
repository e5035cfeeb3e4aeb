/** Eight of ten minutes of 720p, kept from a key frame and from between two, without encoding what nobody changed. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compare, type Peer } from './compare.ts';
import { longClip } from './inputs.ts';
import { expect, finished, millwright, ROOT, type Setting, time } from './measure.ts';
import type { Row } from './table.ts';

const recipe = join(ROOT, 'bench/recipes/cut.json');
const ENCODERS = ['-c:v', 'libx264', '-preset', 'medium', '-crf', '20', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '160k', '-movflags', '+faststart'];

export async function benchCut(setting: Setting): Promise<Row[]> {
	const [length, from, kept] = setting.small ? [40, 4, 24] : [600, 60, 480];
	const film = await longClip(length);
	const rows: Row[] = [];
	for (const [what, start] of [
		['a key frame', from],
		['between key frames', from + 1.3],
	] as const) {
		const settings = ['--set', `trim.from=${start}`, '--set', `trim.to=${start + kept}`];
		const piece = ['-ss', String(start), '-t', String(kept)];
		const ours = { name: 'millwright run', run: (out: string, home: string) => millwright(home, ['run', recipe, '--in', film, '--out', out, ...settings]) };
		const peers: readonly Peer[] = [
			{ name: 'ffmpeg, encoded anew', run: (out) => time('ffmpeg', ['-v', 'error', ...piece, '-i', film, ...ENCODERS, join(out, 'film.mp4')]), aim: '≤ 0.05' },
			// Exact only from a key frame: elsewhere it begins with frames that a player has to leave out by itself.
			{ name: 'ffmpeg -c copy', run: (out) => time('ffmpeg', ['-v', 'error', ...piece, '-i', film, '-c', 'copy', join(out, 'film.mp4')]) },
		];
		rows.push(...(await compare({ what: `${kept} of ${length} s of 720p, from ${what}`, ours, peers, check: (out, name) => check(out, name, kept) }, setting)));
	}
	return rows;
}

async function check(out: string, name: string, kept: number): Promise<void> {
	const [file = ''] = await readdir(out);
	const asked = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=codec_name,width,height,nb_frames', '-show_entries', 'format=duration'];
	const said = (await finished('ffprobe', [...asked, '-of', 'csv=p=0', join(out, file)])).stdout.trim().split(/[\s,]+/);
	const [codec, width, height, frames, duration] = said;
	const exact = name.endsWith('copy') ? 61 : 0;
	expect(
		codec === 'h264' && width === '1280' && height === '720' && Math.abs(Number(frames) - kept * 30) <= exact && Math.abs(Number(duration) - kept) < 0.2,
		`${name}: ${said.join(', ')}`,
	);
}
