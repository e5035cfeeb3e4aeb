/** 350 pages of a PDF at 100 dots per inch, each a PNG. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { document } from './inputs.ts';
import { alternate, expect, finished, millwright, ROOT, time } from './measure.ts';
import { against, type Row } from './table.ts';

const PAGES = 350;

export async function benchPages(rounds: number): Promise<Row[]> {
	const pdf = await document(PAGES);
	const ours = {
		name: 'millwright run',
		run: (out: string, home: string) => millwright(home, ['run', join(ROOT, 'bench/recipes/pages.json'), '--in', pdf, '--out', out]),
	};
	const lacking = await withoutPoppler();
	const theirs = { name: 'pdftoppm -png -r 100', run: (out: string) => time('pdftoppm', ['-png', '-r', '100', pdf, join(out, 'page')]) };
	const rows = against(`${PAGES} pages of PDF`, await alternate(lacking === null ? [ours, theirs] : [ours], rounds, check), { [theirs.name]: '≤ 0.167' });
	return lacking === null ? rows : [...rows, { what: '', way: theirs.name, value: `skipped: ${lacking}`, ratio: '', aim: '' }];
}

/** Why pdftoppm can't be run; null when it can, after installing it where that needs no password. */
async function withoutPoppler(): Promise<string | null> {
	const there = () =>
		finished('pdftoppm', ['-v'])
			.then(() => true)
			.catch(() => false);
	if (await there()) return null;
	if (process.getuid?.() === 0) {
		const { status } = await finished('apt-get', ['install', '-y', '--no-install-recommends', 'poppler-utils']).catch(() => ({ status: 1 }));
		if (status === 0 && (await there())) return null;
	}
	return 'pdftoppm (poppler-utils) is not installed';
}

async function check(out: string, name: string): Promise<void> {
	const names = (await readdir(out)).sort();
	expect(names.length === PAGES, `${name} wrote ${names.length} pages`);
	const { width, height } = await sharp(join(out, names.at(-1) ?? '')).metadata();
	expect(Math.abs(width - 826) <= 1 && Math.abs(height - 1169) <= 1, `${name} drew ${width} × ${height}`);
	const { channels } = await sharp(join(out, names.at(-1) ?? '')).stats();
	expect((channels[0]?.mean ?? 255) < 250, `${name} drew an empty page`);
}
