/** The files that the gallery's recipes are shown on, all drawn here. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { landscape, photo, SCENES, type Scene } from './scenes.ts';

/** Recipe → the files for its one input. */
export type Materials = Readonly<Record<string, readonly string[]>>;

export async function makeMaterials(folder: string): Promise<Materials> {
	const path = (name: string) => join(folder, name);
	const [evening, day, , , noon] = SCENES;
	if (evening === undefined || day === undefined || noon === undefined) throw new Error('there are no scenes');
	await Promise.all(SCENES.map((scene, i) => photo(scene, 1600, 1000, path(`photo-${i}.jpg`))));
	await sharp(landscape(evening, 2200, 900))
		.jpeg({ quality: 92 })
		.toFile(path('panorama.jpg'));
	await film(day, 'sailing', folder);
	await film(noon, 'noon', folder);
	const ffmpeg = (...words: string[]) => execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...words], { cwd: folder });
	ffmpeg('-i', 'noon.mp4', '-t', '4', '-vf', 'fps=10,scale=480:-2,split[a][b];[a]palettegen[p];[b][p]paletteuse', 'noon.gif');
	writeFileSync(path('slides.pdf'), slides());
	const regions = ['North', 'South', 'East', 'West', 'Overseas'];
	const sales = Array.from(
		{ length: 60 },
		(_, i) => `${regions[i % 5]},${['Tea', 'Coffee', 'Cocoa'][i % 3]},${([410, 265, 530, 340, 180][i % 5] ?? 0) + (i % 7) * 12}`,
	);
	writeFileSync(path('sales.csv'), `region,product,sales\n${sales.join('\n')}\n`);
	writeFileSync(path('countries.csv'), countries());
	writeFileSync(
		path('guests.csv'),
		'name,city,nights,arrival\nAda Wright,London,3,2026-04-02\nLin Yu,Suzhou,5,2026-04-03\nAda Wright,London,3,2026-04-02\nGrace Moore,,2,2026-04-05\nOmar Haddad,Amman,4,2026-04-06\nMaja Nowak,Kraków,,2026-04-06\nSofia Rossi,Turin,6,2026-04-09\nLin Yu,Suzhou,5,2026-04-03\nJonas Weber,Bremen,1,2026-04-11\n',
	);
	writeFileSync(
		path('letter.txt'),
		'The mill stands where two streams meet.\nIn spring it grinds from dawn to dusk;\nin winter the wheel is white with ice\nand the miller mends what the year has worn.\n',
	);
	const photos = SCENES.map((_, i) => path(`photo-${i}.jpg`));
	const one = (name: string) => [path(name)];
	return {
		'gif-to-mp4': one('noon.gif'),
		'gif-slow-zoom': one('noon.gif'),
		'photo-pan': one('panorama.jpg'),
		'first-two-seconds': one('sailing.mp4'),
		'video-to-gif': one('noon.mp4'),
		'square-loop-gif': one('sailing.mp4'),
		'pdf-to-images': one('slides.pdf'),
		'pdf-long-image': one('slides.pdf'),
		palette: one('photo-0.jpg'),
		'web-photos': one('photo-3.jpg'),
		watermark: one('photo-5.jpg'),
		'contact-sheet': photos,
		'qr-code': [],
		'sales-bar-chart': one('sales.csv'),
		scatter: one('countries.csv'),
		'clean-table': one('guests.csv'),
		'count-words': one('letter.txt'),
	};
}

async function film(scene: Scene, name: string, folder: string): Promise<void> {
	const frames = join(folder, name);
	mkdirSync(frames);
	const count = 84;
	for (let i = 0; i < count; i++)
		await sharp(landscape(scene, 640, 400, i / count))
			.png({ compressionLevel: 1 })
			.toFile(join(frames, `${String(i).padStart(3, '0')}.png`));
	const words = [
		'-nostdin',
		'-v',
		'error',
		'-y',
		'-framerate',
		'12',
		'-i',
		`${name}/%03d.png`,
		'-c:v',
		'libx264',
		'-crf',
		'14',
		'-pix_fmt',
		'yuv420p',
		`${name}.mp4`,
	];
	execFileSync('ffmpeg', words, { cwd: folder });
}

function countries(): string {
	const regions = ['Africa', 'America', 'Asia', 'Europe'];
	const noise = (i: number, k: number) => Math.sin(i * 12.9898 + k * 78.233) * 0.5 + Math.sin(i * 4.123 + k) * 0.5;
	const rows = Array.from({ length: 90 }, (_, i) => {
		const region = i % 4;
		const wealth = 0.15 + ([0, 0.32, 0.24, 0.55][region] ?? 0) + noise(i, 1) * 0.22;
		const income = Math.round(600 + Math.max(0.02, wealth) ** 2 * 62_000);
		const health = (52 + 9.2 * Math.log10(income / 600) * 2 + noise(i, 2) * 4).toFixed(1);
		return `Country ${i + 1},${income},${health},${Math.round(10 ** (6 + noise(i, 3) * 1.1 + 1))},${regions[region]}`;
	});
	return `country,income,health,population,region\n${rows.join('\n')}\n`;
}

/** A PDF of three landscape slides: 800 × 450 points, Helvetica, plain shapes. */
function slides(): string {
	const rectangle = (colour: string, x: number, y: number, w: number, h: number) => `${colour} rg ${x} ${y} ${w} ${h} re f`;
	const text = (colour: string, size: number, x: number, y: number, words: string) => `${colour} rg BT /F1 ${size} Tf ${x} ${y} Td (${words}) Tj ET`;
	const ink = '0.13 0.16 0.24';
	const pages = [
		[
			rectangle('0.16 0.24 0.42', 0, 0, 800, 450),
			rectangle('0.95 0.62 0.28', 60, 150, 120, 8),
			text('1 1 1', 58, 60, 240, 'A year at the mill'),
			text('0.8 0.86 0.95', 26, 60, 185, 'Report of the spring meeting'),
		],
		[
			rectangle('0.98 0.97 0.94', 0, 0, 800, 450),
			text(ink, 38, 60, 370, 'Grain by month'),
			...[90, 130, 170, 150, 220, 260, 240].map((h, i) => rectangle(i === 5 ? '0.95 0.62 0.28' : '0.35 0.53 0.67', 60 + i * 98, 60, 66, h)),
		],
		[
			rectangle('0.93 0.95 0.93', 0, 0, 800, 450),
			text(ink, 38, 60, 370, 'What comes next'),
			...['Mend the wheel before March', 'A second stone for fine flour', 'Open doors on Sundays'].flatMap((line, i) => [
				rectangle('0.24 0.5 0.42', 60, 288 - i * 82, 18, 18),
				text(ink, 26, 100, 288 - i * 82, line),
			]),
		],
	].map((parts) => parts.join('\n'));
	const kids = pages.map((_, i) => `${4 + i * 2} 0 R`).join(' ');
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		`<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
		'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
	];
	for (const [i, stream] of pages.entries())
		objects.push(
			`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 800 450] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + i * 2} 0 R >>`,
			`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
		);
	let body = '%PDF-1.4\n';
	const offsets = objects.map((object, i) => {
		const offset = body.length;
		body += `${i + 1} 0 obj\n${object}\nendobj\n`;
		return offset;
	});
	const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
	return `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
}
