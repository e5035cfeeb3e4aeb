/** What a recipe made → one small picture, 480 × 300. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type OverlayOptions, type Sharp } from 'sharp';

const WIDTH = 480;
const HEIGHT = 300;
const GROUND = '#eef0f4';
const PAGES_SHOWN = 3;

/** Moving pictures stay moving, on a smaller canvas. */
export async function pictureOf(paths: readonly string[], format: string, to: string): Promise<void> {
	const [path = ''] = paths;
	if (['mp4', 'gif', 'webm', 'mov'].includes(format)) return moving(path, to);
	if (format === 'csv')
		return save(
			sharp(
				card(
					readFileSync(path, 'utf8')
						.trim()
						.split('\n')
						.map((line) => line.split(',')),
				),
			),
			to,
		);
	if (format === 'txt') return save(sharp(sentence(readFileSync(path, 'utf8').trim())), to);
	await save(paths.length > 1 ? await fan(paths.slice(0, PAGES_SHOWN)) : await still(path), to);
}

async function save(image: Sharp, to: string): Promise<void> {
	await image.webp({ quality: 82, effort: 6 }).toFile(to);
}

function ground(layers: OverlayOptions[]): Sharp {
	return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: GROUND } }).composite(layers);
}

/** Photos fill the frame; anything of another shape stands in it whole. */
async function still(path: string): Promise<Sharp> {
	const { width = 1, height = 1 } = await sharp(path).metadata();
	if (Math.abs(width / height - WIDTH / HEIGHT) < 0.02) return sharp(path).resize(WIDTH, HEIGHT, { fit: 'cover' });
	const input = await sharp(path)
		.resize(WIDTH - 48, HEIGHT - 36, { fit: 'inside' })
		.flatten({ background: '#fff' })
		.png()
		.toBuffer();
	return ground([{ input }]);
}

/** Several pages, one behind the other. */
async function fan(paths: readonly string[]): Promise<Sharp> {
	const pages = await Promise.all(
		paths.map((path) =>
			sharp(path).resize(300, 200, { fit: 'inside' }).extend({ top: 1, bottom: 1, left: 1, right: 1, background: '#c9ced8' }).png().toBuffer(),
		),
	);
	return ground(pages.map((input, i) => ({ input, left: 130 - i * 50, top: 30 + i * 36 })));
}

async function moving(path: string, to: string): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'millwright-gallery-'));
	try {
		/* Wide films fill the frame; square ones stand in it whole. */
		const { width = 1, height = 1 } = sizeOf(path);
		const wide = width / height > 1.3;
		const fitted = `scale=320:200:force_original_aspect_ratio=${wide ? 'increase' : 'decrease'}`;
		const filter = `fps=6,${fitted},${wide ? 'crop=320:200' : 'pad=320:200:(ow-iw)/2:(oh-ih)/2:color=0xeef0f4'}`;
		execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-t', '4', '-vf', filter, join(folder, '%03d.png')]);
		const frames = readdirSync(folder)
			.sort()
			.map((name) => join(folder, name));
		await sharp(frames, { join: { animated: true } })
			.webp({ quality: 60, effort: 5, loop: 0, delay: frames.map(() => 167) })
			.toFile(to);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function sizeOf(path: string): { readonly width?: number; readonly height?: number } {
	const words = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=width,height', '-of', 'json', path];
	return JSON.parse(execFileSync('ffprobe', words).toString()).streams[0] ?? {};
}

function card(rows: readonly (readonly string[])[]): Buffer {
	const shown = rows.slice(0, 7);
	const columns = Math.min(4, shown[0]?.length ?? 1);
	const cells = shown.flatMap((row, y) =>
		row.slice(0, columns).map((cell, x) => {
			const text = cell.replace(/[&<]/g, ' ').slice(0, 12);
			return `<text x="${44 + x * (400 / columns)}" y="${58 + y * 34}" font-size="14" fill="${y === 0 ? '#5b6577' : '#1d2433'}" font-weight="${y === 0 ? 600 : 400}">${text}</text>`;
		}),
	);
	const lines = shown.map((_, y) => `<line x1="28" x2="452" y1="${70 + y * 34}" y2="${70 + y * 34}" stroke="#e3e7ee"/>`);
	return frame(`<rect x="28" y="28" width="424" height="${8 + shown.length * 34}" rx="10" fill="#fff"/>${lines.slice(0, -1).join('')}${cells.join('')}`);
}

function sentence(text: string): Buffer {
	const [first = '', ...rest] = text.split(', ');
	const small = rest.map((line, i) => `<text x="240" y="${190 + i * 28}" text-anchor="middle" font-size="18" fill="#5b6577">${line}</text>`);
	return frame(
		`<rect x="28" y="28" width="424" height="244" rx="14" fill="#fff"/><text x="240" y="136" text-anchor="middle" font-size="46" font-weight="600" fill="#1d2433">${first}</text>${small.join('')}`,
	);
}

function frame(inside: string): Buffer {
	return Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="Inter, DejaVu Sans, sans-serif"><rect width="100%" height="100%" fill="${GROUND}"/>${inside}</svg>`,
	);
}
