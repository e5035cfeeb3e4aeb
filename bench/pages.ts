/** 350 pages of a PDF at 100 dots per inch, each a PNG. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { compare, type Peer } from './compare.ts';
import { document } from './inputs.ts';
import { CACHE, CORES, expect, type Measured, millwright, ROOT, type Setting, time } from './measure.ts';
import { lackingPackage, lackingProgram } from './peers.ts';
import type { Row } from './table.ts';

const MUTOOL = 'mutool draw on all cores';
const PDFIUM = 'pdfium and sharp on all cores';
/** A stretch of pages for each core. */
const STRETCHES = `pages=$3; cores=${CORES}
for ((core = 0; core < cores; core++)); do
	mutool draw -q -r 100 -o "$2/page-%04d.png" "$1" "$((pages * core / cores + 1))-$((pages * (core + 1) / cores))" 2>/dev/null &
done
for job in $(jobs -p); do wait "$job" || exit 1; done`;

export async function benchPages(setting: Setting): Promise<Row[]> {
	const pages = setting.small ? 6 : 350;
	const pdf = await document(pages);
	const ours = {
		name: 'millwright run',
		run: (out: string, home: string) => millwright(home, ['run', join(ROOT, 'bench/recipes/pages.json'), '--in', pdf, '--out', out]),
	};
	const peers: readonly Peer[] = [
		{
			name: 'pdftoppm -png -r 100',
			lacking: await lackingProgram('pdftoppm', ['-v'], 'poppler-utils'),
			run: (out) => time('pdftoppm', ['-png', '-r', '100', pdf, join(out, 'page')]),
			aim: '≤ 0.125',
		},
		{
			name: MUTOOL,
			lacking: await lackingProgram('mutool', ['-v'], 'mupdf-tools'),
			run: (out) => time('bash', ['-c', STRETCHES, 'bash', pdf, out, String(pages)]),
		},
		{
			name: PDFIUM,
			lacking: await lackingPackage('@hyzyla/pdfium', '2.1.13'),
			run: (out) => time(process.execPath, [join(ROOT, 'bench/scripts/pdfium.mjs'), CACHE, pdf, out]),
		},
	];
	return compare({ what: `${pages} pages of PDF`, ours, peers, check: (out, name) => check(out, name, pages), aims: quicker }, setting);
}

/** The aim is against the quicker of the two that use all cores. */
function quicker(measured: readonly Measured[]): Readonly<Record<string, string>> {
	const [best] = measured.filter(({ name }) => name === MUTOOL || name === PDFIUM).sort((a, b) => a.seconds - b.seconds);
	return best === undefined ? {} : { [best.name]: '≤ 1.3 (the quicker of the two)' };
}

async function check(out: string, name: string, pages: number): Promise<void> {
	const names = (await readdir(out)).sort();
	expect(names.length === pages, `${name} wrote ${names.length} pages`);
	for (const one of [names[0] ?? '', names.at(-1) ?? '']) {
		const { format, width, height } = await sharp(join(out, one)).metadata();
		expect(format === 'png' && Math.abs(width - 826) <= 1 && Math.abs(height - 1169) <= 1, `${name} drew ${format} ${width} × ${height}`);
		const { channels } = await sharp(join(out, one)).stats();
		expect((channels[0]?.mean ?? 255) < 250, `${name} drew an empty page`);
	}
}
