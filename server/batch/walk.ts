/** Inputs (a file, a folder, a glob) → files. Our own walk: no loop through links is followed twice, and what we write is never read. */
import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, matchesGlob, relative, resolve, sep } from 'node:path';
import { RunError } from '../../nodes/problems.ts';

export interface Found {
	/** Absolute. */
	readonly path: string;
	/** Path below the folder or glob that was named: what people call the item. */
	readonly item: string;
	/** The input was a folder, a glob or an archive, not this file itself. */
	readonly listed: boolean;
}

export interface WalkOptions {
	readonly recursive?: boolean;
	/** `*.gif`: only names (or paths below the folder) like this. */
	readonly pattern?: string;
	/** Folders that are never entered: where the results go. */
	readonly except?: readonly string[];
}

const GLOB = /[*?[\]{}]/;

/**
 * Files of an input, sorted by path (numbers by value).
 * @throws RunError `input.not-found` when there is nothing at all.
 */
export function filesOf(input: string, options: WalkOptions = {}): Found[] {
	const path = resolve(input);
	const found = statSync(path, { throwIfNoEntry: false });
	if (found?.isFile() === true) return [{ path, item: basename(path), listed: false }];
	const except = new Set((options.except ?? []).map(realOrSame));
	if (found?.isDirectory() === true)
		return sorted(walk(path, path, options.recursive ?? true, except, new Set()).filter(({ item }) => fits(item, options.pattern)));
	if (!GLOB.test(input)) throw new RunError('input.not-found', { path: input });
	const base = globBase(path);
	if (statSync(base, { throwIfNoEntry: false })?.isDirectory() !== true) throw new RunError('input.not-found', { path: input });
	const matching = walk(base, base, true, except, new Set()).filter((one) => matchesGlob(one.path, path));
	if (matching.length === 0) throw new RunError('input.not-found', { path: input });
	return sorted(matching);
}

function fits(item: string, pattern: string | undefined): boolean {
	if (pattern === undefined || pattern === '') return true;
	return pattern.split(',').some((one) => matchesGlob(item, one.trim()) || matchesGlob(basename(item), one.trim()));
}

/** The part of a glob before its first special character. */
function globBase(path: string): string {
	const parts = path.split(sep);
	const at = parts.findIndex((part) => GLOB.test(part));
	return parts.slice(0, at).join(sep) || sep;
}

function walk(folder: string, base: string, recursive: boolean, except: ReadonlySet<string>, visited: Set<string>): Found[] {
	const real = realOrSame(folder);
	if (visited.has(real) || except.has(real)) return [];
	visited.add(real);
	const found: Found[] = [];
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		if (entry.name.startsWith('.')) continue;
		const path = join(folder, entry.name);
		const target = entry.isSymbolicLink() ? targetOf(path) : entry;
		if (target === undefined) continue;
		if (target.isDirectory() && recursive) found.push(...below(path, base, except, visited));
		else if (target.isFile()) found.push({ path, item: relative(base, path), listed: true });
	}
	return found;
}

/** A folder that can't be opened is an item itself, which will say why: it must neither be forgotten nor keep the others from running. */
function below(folder: string, base: string, except: ReadonlySet<string>, visited: Set<string>): Found[] {
	try {
		return walk(folder, base, true, except, visited);
	} catch {
		return [{ path: folder, item: relative(base, folder), listed: true }];
	}
}

/** What a link leads to; undefined for one that leads nowhere or in a circle. */
function targetOf(link: string): Stats | undefined {
	try {
		return statSync(link, { throwIfNoEntry: false });
	} catch {
		return undefined;
	}
}

function realOrSame(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return resolve(path);
	}
}

const ORDER = new Intl.Collator('en', { numeric: true });

function sorted(found: Found[]): Found[] {
	return found.sort((a, b) => ORDER.compare(dirname(a.item), dirname(b.item)) || ORDER.compare(a.item, b.item));
}
