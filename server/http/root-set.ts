/** The folders that the user may read from and write to: those named at start, and those granted on the page. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { readSettings, writeSettings } from '../stores/settings.ts';
import type { Root } from './api.ts';
import { isBelow, isHidden, placeBelow, realOf } from './paths.ts';
import { Refusal } from './problems.ts';

export class RootSet {
	readonly #home: string;
	readonly #named: readonly string[];

	/** @param home Millwright's own folder, which is never granted */
	constructor(home: string, named: readonly string[]) {
		this.#home = home;
		this.#named = named;
	}

	async list(): Promise<Root[]> {
		const paths = [...(await this.#namedReal()), ...readSettings(this.#home).roots];
		const all = await Promise.all([...new Set(paths)].map(rootAt));
		return all.filter((root) => root !== null);
	}

	/** @throws Refusal 404. */
	async get(id: string): Promise<Root> {
		const root = (await this.list()).find((one) => one.id === id);
		if (root === undefined) throw new Refusal(404, 'root.unknown', { id });
		return root;
	}

	/** Grants a folder below the user's home, or below one named at start. */
	async add(path: string): Promise<Root> {
		const real = path.includes('\0') ? null : await realOf(path);
		if (real === null) throw new Refusal(404, 'input.not-found', { path });
		const root = await rootAt(real);
		if (root === null) throw new Refusal(422, 'path.not-folder', { path });
		if (!(await this.#mayGrant(real))) throw new Refusal(403, 'root.refused', { path });
		const settings = readSettings(this.#home);
		if (!settings.roots.includes(real)) writeSettings(this.#home, { ...settings, roots: [...settings.roots, real] });
		return root;
	}

	/** The real path of (root, path). */
	async resolve(id: string, path: string, missing: 'refuse' | 'allow' = 'refuse'): Promise<string> {
		const real = await placeBelow((await this.get(id)).path, path, missing);
		const own = await realOf(this.#home);
		if (own !== null && isBelow(own, real)) throw new Refusal(403, 'path.outside', { path });
		return real;
	}

	async #mayGrant(real: string): Promise<boolean> {
		const own = await realOf(this.#home);
		if (own !== null && (isBelow(own, real) || isBelow(real, own))) return false;
		if ((await this.#namedReal()).some((named) => isBelow(named, real))) return true;
		const user = await realOf(homedir());
		return user !== null && isBelow(user, real) && !isHidden(user, real);
	}

	async #namedReal(): Promise<string[]> {
		const paths = await Promise.all(this.#named.map((path) => realOf(path)));
		return paths.filter((path) => path !== null);
	}
}

async function rootAt(path: string): Promise<Root | null> {
	const stats = await stat(path).catch(() => null);
	if (stats === null || !stats.isDirectory()) return null;
	const writable = await access(path, constants.W_OK).then(
		() => true,
		() => false,
	);
	return { id: createHash('sha256').update(path).digest('hex').slice(0, 12), path, writable };
}
