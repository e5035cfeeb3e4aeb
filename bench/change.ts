/** Another quality for the last of six video nodes, after everything was made once; against that node alone, on the frames that reach it. */
import { join } from 'node:path';
import { compare, type Peer } from './compare.ts';
import { checkFilm, FILTERS, SKIPPED } from './film.ts';
import { clip, ffmpeg, once } from './inputs.ts';
import { millwright, ROOT, type Setting } from './measure.ts';
import type { Row } from './table.ts';

export async function benchChange(setting: Setting): Promise<Row[]> {
	const kept = setting.small ? 4 : 16;
	const source = await clip(kept + 2 * SKIPPED);
	const before = await beforeSaving(source, kept);
	const until = ['--set', `trim.to=${SKIPPED + kept}`];
	const again = (recipe: string, film: string, settings: readonly string[]) => async (out: string, home: string) => {
		const run = (to: string) => ['run', join(ROOT, 'bench/recipes', recipe), '--in', film, '--out', to, ...settings];
		await millwright(home, run(join(home, '../first')));
		return millwright(home, [...run(out), '--set', 'save.quality=70']);
	};
	const ours = { name: 'six nodes, the last one changed', run: again('film.json', source, until) };
	const peers: readonly Peer[] = [{ name: 'the last node alone', run: again('save.json', before, []), aim: '≤ 1.1' }];
	return compare({ what: `a change after ${kept} s of film`, ours, peers, check: (out, name) => checkFilm(out, name, kept) }, setting);
}

/** The frames that reach the last node, without loss: as we would keep them. */
function beforeSaving(source: string, kept: number): Promise<string> {
	const piece = ['-ss', String(SKIPPED), '-t', String(kept), '-i', source];
	return once(`before-saving-${kept}.mkv`, (path) => ffmpeg([...piece, '-vf', FILTERS, '-pix_fmt', 'yuv420p', '-c:v', 'ffv1', '-c:a', 'flac', path]));
}
