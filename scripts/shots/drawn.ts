/** Handsome files for the pictures of the README: drawn once a run, when the first scene asks for them. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeMaterials } from '../gallery/materials.ts';
import { landscape, SCENES } from '../gallery/scenes.ts';

export interface Drawn {
	/** An animation of a harbour at noon. */
	readonly gif: string;
	readonly photo: string;
	/** A folder below the user's home, as the page grants no other: 23 photos, and one that ends in the middle. */
	readonly holiday: string;
}

let drawn: Promise<Drawn> | null = null;
const folders: string[] = [];

export function drawnFiles(): Promise<Drawn> {
	drawn ??= draw();
	return drawn;
}

export function removeDrawn(): void {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** A copy of an image that ends after 60 % of its bytes. */
export function truncated(path: string, to: string): void {
	const whole = readFileSync(path);
	writeFileSync(to, whole.subarray(0, Math.round(whole.length * 0.6)));
}

/** A folder that is gone when the shots are done. */
export function passing(below = tmpdir()): string {
	const folder = mkdtempSync(join(below, 'millwright-shots-'));
	folders.push(folder);
	return folder;
}

async function draw(): Promise<Drawn> {
	const folder = passing();
	await makeMaterials(folder);
	const holiday = join(passing(homedir()), 'holiday');
	mkdirSync(holiday);
	for (let i = 0; i < 24; i++) {
		const scene = SCENES[i % SCENES.length];
		if (scene === undefined) break;
		const whole = join(folder, 'one.jpg');
		await sharp(landscape(scene, 1600, 1000, i / 24))
			.jpeg({ quality: 92 })
			.toFile(whole);
		const to = join(holiday, `harbour-${String(i + 1).padStart(2, '0')}.jpg`);
		if (i === 16) truncated(whole, to);
		else copyFileSync(whole, to);
	}
	const gif = join(folder, 'harbour.gif');
	copyFileSync(join(folder, 'noon.gif'), gif);
	const photo = join(folder, 'evening.jpg');
	copyFileSync(join(folder, 'photo-0.jpg'), photo);
	return { gif, photo, holiday };
}
