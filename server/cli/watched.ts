/** Which of the inputs of `millwright watch` is the watched folder, and which node its files go to. */
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Kind } from '../../nodes/define.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { GraphError, RunError } from '../../nodes/problems.ts';
import { sourceNodes } from '../batch/inputs.ts';
import { UsageError } from './arguments.ts';

export interface NamedInput {
	readonly input: string;
	/** Source node, or exposed input. */
	readonly name: string | null;
}

export interface Watched {
	/** Absolute. */
	readonly folder: string;
	/** `*.gif`, of an input such as `inbox/*.gif`. */
	readonly pattern: string | null;
	readonly node: string;
	readonly kind: Kind;
	/** The other inputs, each with the node that it goes to. */
	readonly others: readonly NamedInput[];
}

/** `photo=a.jpg` names an input. */
export function namedInput(text: string): NamedInput {
	const found = /^([A-Za-z0-9_-]{1,64})=(.+)$/s.exec(text);
	return found === null ? { input: text, name: null } : { input: found[2] ?? '', name: found[1] ?? null };
}

/**
 * Inputs are bound to source nodes by name or in order, as for a run.
 * @throws UsageError unless exactly one of them is a folder; RunError `input.not-found`; GraphError.
 */
export function watchedOf(recipe: Recipe, inputs: readonly NamedInput[]): Watched {
	const folders = inputs.filter(({ input }) => folderOf(input) !== null);
	const [watched] = folders;
	const missing = inputs.find(({ input }) => folderOf(input) === null && statSync(input, { throwIfNoEntry: false }) === undefined);
	if (missing !== undefined) throw new RunError('input.not-found', { path: missing.input });
	if (watched === undefined || folders.length > 1)
		throw new UsageError(`Expected one folder to watch: --in DIR, got ${folders.length}. Other inputs are single files.`);
	const sources = sourceNodes(recipe);
	const nodeOf = (name: string) => sources.find(({ id, names }) => id === name || names.includes(name));
	const free = sources.filter((source) => !inputs.some(({ name }) => name !== null && nodeOf(name) === source));
	const bound = inputs.map((one) => ({ one, source: one.name === null ? free.shift() : nodeOf(one.name) }));
	const unknown = bound.find(({ source }) => source === undefined)?.one;
	if (unknown !== undefined) {
		if (unknown.name === null) throw new GraphError('batch.too-many-inputs', { expected: sources.length, got: inputs.length });
		throw new GraphError('batch.no-input', { input: unknown.name, choices: sources.flatMap(({ id, names }) => (names.length > 0 ? names : [id])) });
	}
	const target = bound.find(({ one }) => one === watched)?.source;
	if (target === undefined || target.many) throw new GraphError('watch.many', { node: target?.id ?? '' }, { node: target?.id ?? '' });
	const place = folderOf(watched.input);
	return {
		folder: place?.folder ?? '',
		pattern: place?.pattern ?? null,
		node: target.id,
		kind: target.kind,
		others: bound.filter(({ one }) => one !== watched).map(({ one, source }) => ({ input: one.input, name: source?.id ?? null })),
	};
}

/** A folder, or a folder with a pattern for the names in it; null for a file or nothing. */
function folderOf(input: string): { readonly folder: string; readonly pattern: string | null } | null {
	if (isFolder(input)) return { folder: resolve(input), pattern: null };
	const name = basename(input);
	return /[*?[{]/.test(name) && isFolder(dirname(input)) ? { folder: resolve(dirname(input)), pattern: name } : null;
}

function isFolder(path: string): boolean {
	return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The path without links, as far as it exists. */
export function realOf(path: string): string {
	const absolute = resolve(path);
	try {
		return realpathSync(absolute);
	} catch {
		return dirname(absolute) === absolute ? absolute : join(realOf(dirname(absolute)), basename(absolute));
	}
}
