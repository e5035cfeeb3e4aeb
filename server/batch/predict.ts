/** Which files a recipe will write for which item, before anything runs; so that collisions and existing files are found first. */
import { existsSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { checkGraph } from '../../nodes/check.ts';
import { endpoint, type Recipe } from '../../nodes/graph.ts';
import { type Problem, RunError } from '../../nodes/problems.ts';
import type { Item } from './items.ts';
import { fileName, folderFor } from './names.ts';
import type { Earlier } from './request.ts';
import { withParams } from './settings.ts';

/** A node that saves, as far as naming goes. */
export interface Saver {
	readonly node: string;
	readonly template: string;
	readonly extension: string;
	/** It saves a list. */
	readonly many: boolean;
}

export interface Predicted {
	readonly item: string;
	/** Absolute; of lists the name that the first would get. */
	readonly paths: readonly string[];
	/** What tells its results apart from another item's. */
	readonly suffix: string;
}

/** The recipe's savers. Several of them with equal names and endings are told apart by their node's id. */
export function saversOf(recipe: Recipe, template?: string): Saver[] {
	const { nodes, seen } = checkGraph(recipe.graph);
	const savers = nodes
		.filter((node) => node.spec.saves === true)
		.map((node): Saver => {
			const value = seen[`${node.id}.${Object.keys(node.outputs)[0]}`];
			const metadata = value === undefined ? null : value.many ? value.element : value.metadata;
			const own = typeof node.params.name === 'string' && node.params.name !== '' ? node.params.name : '{name}';
			return { node: node.id, template: template ?? own, extension: (metadata?.kind === 'file' ? metadata.format : null) ?? 'bin', many: value?.many === true };
		});
	return savers.map((saver) => {
		const twins = savers.filter((other) => other.template === saver.template && other.extension === saver.extension);
		return twins.length === 1 ? saver : { ...saver, template: `${saver.template}-${saver.node}` };
	});
}

/** The savers of each item: an item's own parameters may say how its results are called. */
export class SaversByItem {
	readonly #recipe: Recipe;
	readonly #template: string | undefined;
	/** None where the recipe is nothing without an item's parameters. */
	readonly #shared: readonly Saver[];
	readonly #own = new WeakMap<object, readonly Saver[]>();

	constructor(recipe: Recipe, template?: string) {
		this.#recipe = recipe;
		this.#template = template;
		this.#shared = saversOf(recipe, template);
	}

	/** Of an item whose parameters can't be: those of the recipe as it is. */
	of({ settings }: Item): readonly Saver[] {
		if (settings === undefined) return this.#shared;
		const touched = this.#shared.length === 0 || Object.keys(settings).some((setting) => this.#shared.some(({ node }) => node === endpoint(setting).node));
		if (!touched) return this.#shared;
		const known = this.#own.get(settings);
		if (known !== undefined) return known;
		const own = this.#savers(settings);
		this.#own.set(settings, own);
		return own;
	}

	#savers(settings: NonNullable<Item['settings']>): readonly Saver[] {
		try {
			return saversOf(withParams(this.#recipe, settings), this.#template);
		} catch {
			return this.#shared;
		}
	}
}

export interface Naming {
	readonly out: string;
	readonly keepFolders: boolean;
	readonly date: Date;
	readonly earlier?: Pick<Earlier, 'ownerOf'>;
}

/** The names of all results. Items that would write the same file are told apart by the ending that they had, or else by a number. */
export function predict(items: readonly Named[], naming: Naming): Predicted[] {
	const plain = items.map((item, i) => predictOne(item, i, '', naming));
	const counts = new Map<string, number>();
	for (const { paths } of plain) for (const path of paths) counts.set(sameness(path), (counts.get(sameness(path)) ?? 0) + 1);
	/* A name that an item's results have already stays theirs, whoever else would like it. */
	const ownerOf = (path: string) => naming.earlier?.ownerOf(path) ?? null;
	const isFree = ({ item, paths }: Predicted) => paths.every((path) => ownerOf(path) === item || (ownerOf(path) === null && counts.get(sameness(path)) === 1));
	const isOthers = (path: string, item: string) => ![item, null].includes(ownerOf(path));
	const taken = new Set(plain.filter(isFree).flatMap(({ paths }) => paths.map(sameness)));
	const attempts = new Map<string, number>();
	return plain.map((one, i) => {
		const item = items[i];
		if (item === undefined || isFree(one)) return one;
		const alike = `${one.paths[0]} ${extname(item.path)}`;
		for (let attempt = attempts.get(alike) ?? 0; ; attempt++) {
			attempts.set(alike, attempt + 1);
			const other = predictOne(item, i, suffixOf(item, attempt), naming);
			if (other.paths.some((path) => taken.has(sameness(path)) || isOthers(path, one.item))) continue;
			for (const path of other.paths) taken.add(sameness(path));
			return other;
		}
	});
}

/** An item, and what its results are called after. */
interface Named extends Pick<Item, 'item' | 'columns'> {
	readonly path: string;
	readonly stem: string;
	readonly savers: readonly Saver[];
}

function predictOne({ item, path, stem, columns, savers }: Named, i: number, suffix: string, { out, keepFolders, date }: Naming): Predicted {
	const paths = savers.map((saver) => {
		const facts = {
			stem,
			item: path,
			...(columns === undefined ? {} : { columns }),
			number: i + 1,
			index: saver.many ? 1 : null,
			count: 1,
			extension: saver.extension,
			metadata: null,
			date,
			suffix,
		};
		return join(resolve(folderFor(out, path, keepFolders)), fileName(saver.template, facts));
	});
	return { item, paths, suffix };
}

function suffixOf({ path }: Named, attempt: number): string {
	const ending = extname(path).slice(1).toLowerCase();
	return attempt === 0 && ending !== '' ? `-${ending}` : `-${ending}${ending === '' ? '' : '-'}${attempt + 1}`;
}

/** Letters' case and Unicode form don't tell files apart everywhere. */
function sameness(path: string): string {
	return path.normalize('NFC').toLowerCase();
}

export function existing(predicted: readonly Predicted[]): Problem[] {
	return predicted.flatMap(({ paths }) => paths.filter((path) => existsSync(path)).map((path) => new RunError('output.exists', { path }).problem));
}
