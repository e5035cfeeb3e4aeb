/** A script as a real process in a folder of its own: the checkout's packages are there, its sources are not. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const PACKAGES = fileURLToPath(new URL('../../node_modules', import.meta.url));

export interface Ran {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
	/** Names in the folder of the results. */
	readonly names: readonly string[];
	readonly out: string;
}

export interface Place {
	readonly folder: string;
	/** Puts a script there and runs it; the folder for the results comes last by itself. */
	run(script: string, inputs: readonly string[], options?: readonly string[], out?: string): Ran;
	done(): void;
}

export function place(options: { readonly packages?: boolean } = {}): Place {
	const folder = mkdtempSync(join(tmpdir(), 'millwright-eject-'));
	if (options.packages !== false) symlinkSync(PACKAGES, join(folder, 'node_modules'));
	let count = 0;
	return {
		folder,
		run: (script, inputs, more = [], out = join(folder, `out-${++count}`)) => {
			const shell = script.startsWith('#!/bin/sh');
			const path = join(folder, shell ? 'convert.sh' : 'convert.mjs');
			writeFileSync(path, script);
			mkdirSync(out, { recursive: true });
			const ran = spawnSync(shell ? 'sh' : process.execPath, [path, ...inputs, out, ...more], {
				cwd: folder,
				encoding: 'utf8',
				env: { PATH: process.env.PATH, HOME: process.env.HOME },
			});
			return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr, names: readdirSync(out).sort(), out };
		},
		done: () => rmSync(folder, { recursive: true, force: true }),
	};
}

/** Every frame of a file as its hash, with its time: the same for the same film. */
export function frames(path: string): string {
	return execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'framemd5', '-'], { encoding: 'utf8' });
}

/** Pixels of all frames. */
export async function pixels(path: string): Promise<{ readonly shape: readonly unknown[]; readonly data: Buffer }> {
	const { data, info } = await sharp(path, { animated: true, limitInputPixels: false }).raw().toBuffer({ resolveWithObject: true });
	const { pages, delay, loop, format, hasAlpha } = await sharp(path, { animated: true }).metadata();
	return { shape: [info.width, info.height, info.channels, pages, delay, loop, format, hasAlpha], data };
}

/** Levels of 256 by which a picture may differ: rules of the optimiser may change the order of steps, a script keeps that of the graph. */
const TINY = 3;

/** The same, whatever the file is: frames of films, pixels of pictures (`tiny`: but for what the optimiser may change), bytes of all else. */
export async function same(path: string, ours: string, ending: string, tiny = false): Promise<boolean> {
	if (/^(mp4|mov|mkv|webm|mp3|wav|flac|m4a|ogg|opus)$/.test(ending)) return frames(path) === frames(ours);
	if (!/^(png|jpe?g|webp|gif|avif|tiff)$/.test(ending)) return readFileSync(path).equals(readFileSync(ours));
	const [one, other] = [await pixels(path), await pixels(ours)];
	if (JSON.stringify(one.shape) !== JSON.stringify(other.shape)) return false;
	return one.data.every((value, at) => Math.abs(value - (other.data[at] ?? 0)) <= (tiny ? TINY : 0));
}
