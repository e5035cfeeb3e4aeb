/** Which files a recipe will write for which item, before anything runs; so that collisions and existing files are found first. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkGraph } from '../../nodes/check.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { type Problem, RunError } from '../../nodes/problems.ts';
import { fileName, folderFor } from './names.ts';

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

export interface Naming {
	readonly out: string;
	readonly keepFolders: boolean;
	readonly savers: readonly Saver[];
	readonly date: Date;
}

export function predict(items: readonly { readonly item: string; readonly stem: string }[], { out, keepFolders, savers, date }: Naming): Predicted[] {
	return items.map(({ item, stem }, i) => ({
		item,
		paths: savers.map((saver) => {
			const facts = { stem, item, number: i + 1, index: saver.many ? 1 : null, count: 1, extension: saver.extension, metadata: null, date };
			return join(resolve(folderFor(out, item, keepFolders)), fileName(saver.template, facts));
		}),
	}));
}

/** Two items that would write the same file; letters' case and Unicode form don't tell files apart everywhere. */
export function collisions(predicted: readonly Predicted[]): Problem[] {
	const owners = new Map<string, string>();
	const problems: Problem[] = [];
	for (const { item, paths } of predicted) {
		for (const path of paths) {
			const key = path.normalize('NFC').toLowerCase();
			const owner = owners.get(key);
			if (owner === undefined) owners.set(key, item);
			else problems.push(new RunError('output.collision', { first: owner, second: item, path }).problem);
		}
	}
	return problems;
}

export function existing(predicted: readonly Predicted[]): Problem[] {
	return predicted.flatMap(({ paths }) => paths.filter((path) => existsSync(path)).map((path) => new RunError('output.exists', { path }).problem));
}
