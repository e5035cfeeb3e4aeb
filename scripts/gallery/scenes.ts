/** Landscapes drawn from a few numbers: what the pictures of the gallery are made of. */
import sharp from 'sharp';

export interface Scene {
	/** Sky from top to horizon, sun, and ridges from far to near. */
	readonly sky: readonly [string, string, string];
	readonly sun: string;
	readonly ridges: readonly string[];
	readonly seed: number;
	/** Height of the sun, 0 (on the horizon) to 1. */
	readonly height: number;
}

export const SCENES: readonly Scene[] = [
	{ sky: ['#1d2b53', '#c8553d', '#ffd29d'], sun: '#fff1c9', ridges: ['#a8566b', '#6d3f63', '#3d2a4e', '#1d1a33'], seed: 3, height: 0.25 },
	{ sky: ['#2f7fb8', '#8cc9e0', '#f3f1dc'], sun: '#fffbe6', ridges: ['#8fb8bf', '#5b9389', '#35705c', '#1d4a3b'], seed: 8, height: 0.8 },
	{ sky: ['#0b1430', '#23395d', '#5d7ea3'], sun: '#e8f0ff', ridges: ['#3b5478', '#283d5c', '#182842', '#0b1528'], seed: 14, height: 0.7 },
	{ sky: ['#5a4a86', '#c98bb0', '#fde2d2'], sun: '#fff6ee', ridges: ['#a685ad', '#7a6194', '#544675', '#322c50'], seed: 21, height: 0.4 },
	{ sky: ['#d9743a', '#f2b35e', '#fdeec2'], sun: '#fffdf2', ridges: ['#d58a4a', '#a65f38', '#71402d', '#3e251f'], seed: 33, height: 0.55 },
	{ sky: ['#3d8f8a', '#9ad0c0', '#f6f3d7'], sun: '#fffef0', ridges: ['#86b59d', '#5a8f78', '#3a6a5a', '#20433b'], seed: 47, height: 0.6 },
];

/** An SVG of a scene; `time` (0…1) moves the sun, the clouds and the boat. */
export function landscape(scene: Scene, width: number, height: number, time = 0): Buffer {
	const horizon = height * 0.66;
	const sunX = width * (0.62 + 0.12 * time);
	const sunY = horizon * (1 - scene.height * 0.8) - height * 0.06 * Math.sin(time * Math.PI);
	const ridges = scene.ridges.map((colour, i) => ridge(scene.seed + i * 7, width, horizon, (0.42 - i * 0.11) * height, colour, i, height));
	const clouds = Array.from({ length: 3 }, (_, i) => cloud(width * ((0.15 + i * 0.31 + time * 0.08) % 1.1), height * (0.14 + 0.07 * i), width * 0.09));
	return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="${scene.sky[0]}"/><stop offset=".6" stop-color="${scene.sky[1]}"/><stop offset="1" stop-color="${scene.sky[2]}"/></linearGradient>
<linearGradient id="w" x2="0" y2="1"><stop stop-color="${scene.sky[2]}"/><stop offset=".5" stop-color="${scene.sky[1]}"/><stop offset="1" stop-color="${scene.sky[0]}"/></linearGradient>
<radialGradient id="g"><stop stop-color="${scene.sun}" stop-opacity=".9"/><stop offset="1" stop-color="${scene.sun}" stop-opacity="0"/></radialGradient></defs>
<rect width="${width}" height="${horizon + 1}" fill="url(#s)"/>
<circle cx="${sunX}" cy="${sunY}" r="${height * 0.26}" fill="url(#g)"/><circle cx="${sunX}" cy="${sunY}" r="${height * 0.06}" fill="${scene.sun}"/>
${clouds.join('')}${ridges.slice(0, 3).join('')}
<rect y="${horizon}" width="${width}" height="${height - horizon}" fill="url(#w)" opacity=".96"/>
${Array.from({ length: 9 }, (_, i) => `<rect x="${sunX - width * (0.03 + 0.007 * i)}" y="${horizon + (height - horizon) * (0.06 + i * 0.1)}" width="${width * (0.06 + 0.014 * i)}" height="${height * 0.008}" rx="${height * 0.004}" fill="${scene.sun}" opacity="${0.55 - i * 0.05}"/>`).join('')}
${boat(width * (0.22 + 0.3 * time), horizon + height * 0.1, height * 0.11, scene.ridges[3] ?? '#222')}
${ridge(scene.seed + 90, width, height * 1.02, height * 0.14, scene.ridges[3] ?? '#222', 4, height)}</svg>`);
}

function ridge(seed: number, width: number, base: number, top: number, colour: string, i: number, height: number): string {
	const points = Array.from({ length: 61 }, (_, n) => {
		const x = n / 60;
		const wave = Math.sin(x * 5 + seed) * 0.45 + Math.sin(x * 11 + seed * 2.3) * 0.25 + Math.sin(x * 27 + seed * 1.7) * 0.09 + Math.sin(x * 61 + seed) * 0.035;
		return `${(x * width).toFixed(1)},${(base - Math.max(0.02, 0.55 + wave) * top).toFixed(1)}`;
	});
	return `<polygon points="0,${base} ${points.join(' ')} ${width},${base} ${width},${height} 0,${i < 4 ? base : height}" fill="${colour}"/>`;
}

function cloud(x: number, y: number, size: number): string {
	return `<g fill="#fff" opacity=".34"><ellipse cx="${x}" cy="${y}" rx="${size}" ry="${size * 0.16}"/><ellipse cx="${x + size * 0.3}" cy="${y - size * 0.12}" rx="${size * 0.5}" ry="${size * 0.16}"/></g>`;
}

function boat(x: number, y: number, size: number, colour: string): string {
	return `<g transform="translate(${x} ${y}) scale(${size / 100})"><path d="M-50 0H50L34 22H-36Z" fill="${colour}"/><path d="M-2 -6V-96L46 -10Z" fill="#fff" opacity=".94"/><path d="M-8 -6V-74L-42 -10Z" fill="#fff" opacity=".75"/></g>`;
}

export async function photo(scene: Scene, width: number, height: number, path: string): Promise<void> {
	await sharp(landscape(scene, width, height))
		.jpeg({ quality: 92 })
		.toFile(path);
}
