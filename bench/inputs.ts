/** What the benchmarks work on: made once, the same on every machine, kept in `.cache/bench`. */
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import sharp from 'sharp';
import { CACHE, finished } from './measure.ts';
import { paper } from './paper.ts';

/** Makes a file or a folder by `make`, unless it is there already; one that was half made never is. */
export async function once(name: string, make: (path: string) => Promise<void>): Promise<string> {
	const path = join(CACHE, name);
	if (existsSync(path)) return path;
	process.stderr.write(`making ${name}\n`);
	await mkdir(CACHE, { recursive: true });
	const dot = name.lastIndexOf('.');
	const draft = dot > 0 ? join(CACHE, `draft-${process.pid}${name.slice(dot)}`) : join(CACHE, `draft-${process.pid}`);
	await rm(draft, { recursive: true, force: true });
	await make(draft);
	await rename(draft, path);
	return path;
}

/** A folder of photos of 6 megapixels: soft shapes, texture and grain, as JPEGs of 2 to 3 MB. */
export function photos(count: number): Promise<string> {
	return once(`photos-${count}`, async (folder) => {
		await mkdir(folder);
		for (let i = 0; i < count; i++) await photo(join(folder, `IMG_${String(i + 1).padStart(4, '0')}.jpg`), random(i + 1));
	});
}

async function photo(path: string, next: () => number, width = 3000, height = 2000): Promise<void> {
	const layer = async (columns: number, rows: number, middle: number, spread: number) => {
		const data = Buffer.from(Uint8Array.from({ length: columns * rows * 3 }, () => middle + (next() - 0.5) * 2 * spread));
		return sharp(data, { raw: { width: columns, height: rows, channels: 3 } })
			.resize(width, height, { fit: 'fill', kernel: 'cubic' })
			.png({ compressionLevel: 0 })
			.toBuffer();
	};
	const [shapes, texture] = [await layer(9, 6, 128, 110), await layer(375, 250, 128, 60)];
	const grain = await sharp({ create: { width, height, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 24 } } })
		.blur(0.5)
		.png({ compressionLevel: 0 })
		.toBuffer();
	await sharp(shapes)
		.composite([
			{ input: texture, blend: 'overlay' },
			{ input: grain, blend: 'overlay' },
		])
		.removeAlpha()
		.jpeg({ quality: 90 })
		.toFile(path);
}

/** One photo of 24 megapixels, as a camera of today makes it. */
export function largePhoto(): Promise<string> {
	return once('photo-24.jpg', (path) => photo(path, random(24), 6000, 4000));
}

/** A folder of PNGs of 64 × 64 pixels, no two alike. */
export function icons(count: number): Promise<string> {
	return once(`icons-${count}`, async (folder) => {
		await mkdir(folder);
		const next = random(64);
		for (let i = 0; i < count; i++) {
			const background = { r: Math.floor(next() * 256), g: Math.floor(next() * 256), b: i % 256 };
			const mark = { r: 255 - background.r, g: i % 256, b: Math.floor(i / 256) };
			const side = 8 + Math.floor(next() * 40);
			await sharp({ create: { width: 64, height: 64, channels: 3, background } })
				.composite([{ input: { create: { width: side, height: side, channels: 3, background: mark } } }])
				.png()
				.toFile(join(folder, `icon-${String(i + 1).padStart(5, '0')}.png`));
		}
	});
}

/** 720p with sound and a key frame every two seconds; twenty seconds of film again and again, so that it is made in a moment. */
export function longClip(seconds: number): Promise<string> {
	return once(`long-clip-${seconds}.mp4`, async (path) => {
		const picture = 'testsrc2=size=1280x720:rate=30:duration=20,noise=alls=4:allf=t';
		const keys = ['-g', '60', '-keyint_min', '60', '-sc_threshold', '0'];
		const one = `${path}.20.mp4`;
		await ffmpeg(['-f', 'lavfi', '-i', picture, '-c:v', 'libx264', '-preset', 'fast', '-crf', '23', '-pix_fmt', 'yuv420p', ...keys, one]);
		const again = ['-stream_loop', '-1', '-i', one, '-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`];
		await ffmpeg([...again, '-t', String(seconds), '-c:v', 'copy', '-c:a', 'aac', '-b:a', '160k', path]);
		await rm(one);
	});
}

/** A table of ten columns of numbers, as DuckDB writes it. `g`: eight groups; `n`: what rows count. */
export function numbers(rows: number, format: 'csv' | 'parquet'): Promise<string> {
	return once(`numbers-${rows}.${format}`, async (path) => {
		const columns = Array.from({ length: 8 }, (_, i) => `(hash(i * 8 + ${i}) % 1000000) / 100.0 AS c${i + 1}`);
		const query = `SELECT i % 8 AS g, i AS n, ${columns.join(', ')} FROM range(${rows}) t(i)`;
		const database = await DuckDBInstance.create(':memory:');
		const connection = await database.connect();
		await connection.run(`COPY (${query}) TO '${path}' (FORMAT ${format})`);
		connection.closeSync();
	});
}

/** @throws Error with what ffmpeg said. */
export async function ffmpeg(args: readonly string[]): Promise<void> {
	const { status, stderr } = await finished('ffmpeg', ['-v', 'error', ...args]);
	if (status !== 0) throw new Error(`ffmpeg could not make an input: ${stderr}`);
}

/** A 1080p clip with sound, as a camera would leave it: much that moves, a fine texture. */
export function clip(seconds: number): Promise<string> {
	return once(`clip-${seconds}.mp4`, async (path) => {
		const picture = `testsrc2=size=1920x1080:rate=30:duration=${seconds},noise=alls=4:allf=t`;
		const sound = `sine=frequency=440:duration=${seconds}`;
		const encoders = ['-c:v', 'libx264', '-preset', 'fast', '-crf', '23', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '160k'];
		await ffmpeg(['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound, ...encoders, path]);
	});
}

const REGIONS = ['North', 'South', 'East', 'West', 'Centre', 'Islands', 'Coast', 'Hills'];
const PRODUCTS = Array.from({ length: 40 }, (_, i) => `Product ${String(i + 1).padStart(2, '0')}`);

/** A sales table. */
export function sales(rows: number): Promise<string> {
	return once(`sales-${rows}.csv`, async (path) => {
		const next = random(7);
		const file = await open(path, 'w');
		let lines = 'order,date,region,product,units,price\n';
		for (let i = 0; i < rows; i++) {
			const day = new Date(Date.UTC(2023, 0, 1 + Math.floor(next() * 730))).toISOString().slice(0, 10);
			const region = REGIONS[Math.floor(next() * next() * REGIONS.length)];
			lines += `${100_000 + i},${day},${region},${PRODUCTS[Math.floor(next() * PRODUCTS.length)]},${1 + Math.floor(next() * 20)},${(1 + next() * 200).toFixed(2)}\n`;
			if (lines.length > 1 << 20) {
				await file.write(lines);
				lines = '';
			}
		}
		await file.write(lines);
		await file.close();
	});
}

/** A PDF of pages as a paper has them: two columns of text and a figure. */
export function document(pages: number): Promise<string> {
	return once(`paper-${pages}.pdf`, (path) => writeFile(path, paper(pages, random(11))));
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function random(seed: number): () => number {
	let state = seed * 0x9e3779b9;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
