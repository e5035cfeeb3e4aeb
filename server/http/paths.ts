/** Paths reach the engine only as (granted root, relative path). Here they become absolute, or are refused. */
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep, win32 } from 'node:path';
import { Refusal } from './problems.ts';

/**
 * The real place of a path below a root. Symbolic links count as what they lead to, so that none leads out.
 * @param root real path of a granted folder
 * @param path with `/` between its parts; empty for the root itself
 * @param missing `refuse` (404), or `allow`: an output folder that will be made; then its nearest existing parent must lie below the root
 */
export async function placeBelow(root: string, path: string, missing: 'refuse' | 'allow' = 'refuse'): Promise<string> {
	const parts = path === '' ? [] : path.split('/');
	const unsafe =
		/[\0\\]/.test(path) ||
		isAbsolute(path) ||
		win32.isAbsolute(path) ||
		/^[A-Za-z]:/.test(path) ||
		parts.some((part) => part === '..' || part === '.' || part === '');
	if (unsafe) throw new Refusal(400, 'path.unsafe', { path });
	const wanted = join(root, ...parts);
	const found = await realOf(wanted, path);
	if (found !== null) return contained(root, found, path);
	if (missing === 'refuse') throw new Refusal(404, 'path.missing', { path });
	for (let parent = dirname(wanted); ; parent = dirname(parent)) {
		const real = await realOf(parent, path);
		if (real === null) continue;
		return contained(root, join(contained(root, real, path), wanted.slice(parent.length)), path);
	}
}

/** @throws Refusal 403 when it isn't the root or below it, or is hidden. */
function contained(root: string, real: string, path: string): string {
	if (!isBelow(root, real)) throw new Refusal(403, 'path.outside', { path });
	if (isHidden(root, real)) throw new Refusal(403, 'path.hidden', { path });
	return real;
}

/** Whether a real path is a real folder or lies below it. */
export function isBelow(folder: string, path: string): boolean {
	return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Whether a name on the way from the folder begins with a dot: such folders hold keys and settings, also where they are reached by a link. */
export function isHidden(folder: string, path: string): boolean {
	return relative(folder, path)
		.split(sep)
		.some((part) => part.startsWith('.'));
}

/** The path without symbolic links; null where there is nothing (or a link that leads nowhere, which nothing may be written through). */
export async function realOf(path: string, shown = path): Promise<string | null> {
	try {
		return await realpath(path);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'ENOENT' || code === 'ENOTDIR') return null;
		if (code === 'ELOOP' || code === 'ENAMETOOLONG' || code === 'EACCES') throw new Refusal(400, 'path.unsafe', { path: shown });
		throw error;
	}
}
