/** The files that the stories are about: drawn, filmed and counted here. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import type { Workplace } from './harness.ts';

export async function makeStoryFiles(place: Workplace): Promise<void> {
	const ffmpeg = (...words: string[]) => execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...words], { cwd: place.folder });
	/* Red on the left, blue on the right; of two frames that hardly differ, so that all motion is the camera's. */
	const wide = sharp(
		Buffer.from(
			'<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320"><defs><linearGradient id="g"><stop stop-color="#e03030"/><stop offset="1" stop-color="#2040e0"/></linearGradient></defs><rect width="480" height="320" fill="url(#g)"/><circle cx="240" cy="160" r="90" fill="#f4e04a"/><rect x="30" y="30" width="60" height="60" fill="#222"/></svg>',
		),
	);
	await wide.clone().jpeg({ quality: 92 }).toFile(place.path('wide.jpg'));
	await wide.clone().png().toFile(place.path('wide.png'));
	ffmpeg(
		'-loop',
		'1',
		'-framerate',
		'10',
		'-t',
		'1',
		'-i',
		'wide.png',
		'-vf',
		'drawbox=x=0:y=0:w=4:h=4:color=black:t=fill:enable=gt(n\\,4)',
		'-loop',
		'0',
		'still.gif',
	);
	ffmpeg(
		'-f',
		'lavfi',
		'-i',
		'testsrc2=size=320x180:rate=25:duration=7.4',
		'-f',
		'lavfi',
		'-i',
		'sine=frequency=330:duration=7.4',
		'-pix_fmt',
		'yuv420p',
		'long.mp4',
	);
	mkdirSync(place.path('photos'));
	for (const [name, width, height] of [
		['one', 1600, 1000],
		['two', 1500, 1500],
		['three', 1400, 2100],
	] as const)
		await wide
			.clone()
			.resize(width, height, { fit: 'fill' })
			.jpeg()
			.toFile(place.path('photos', `${name}.jpg`));
	const regions = ['North', 'South', 'East', 'West'];
	writeFileSync(
		place.path('sales.csv'),
		`region,product,sales\n${Array.from({ length: 24 }, (_, i) => `${regions[i % 4]},${['Tea', 'Coffee'][i % 2]},${100 + i * 10}`).join('\n')}\n`,
	);
	const countries = Array.from(
		{ length: 60 },
		(_, i) => `Country ${i},${Math.round(600 * 1.07 ** i)},${(48 + i * 0.55).toFixed(1)},${(i + 1) * 100_000},${regions[i % 4]}`,
	);
	writeFileSync(place.path('countries.csv'), `country,income,health,population,region\n${countries.join('\n')}\n`);
}
