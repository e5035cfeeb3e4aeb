/** What a run on the command line is over: files, pairs of files, or the rows of a table; in which order, and which of them now. */
import type { Recipe } from '../../nodes/graph.ts';
import { GraphError } from '../../nodes/problems.ts';
import type { Bound } from '../batch/inputs.ts';
import { type Item, onlyItem } from '../batch/items.ts';
import { ordered } from '../batch/order.ts';
import { type PassedOver, pair } from '../batch/pair.ts';
import { itemsOfRows, readTable } from '../batch/rows.ts';
import type { Bindings } from '../engine/engine.ts';
import type { Arguments } from './arguments.ts';
import type { Session } from './session.ts';

export interface Chosen {
	/** All of them, in order. */
	readonly items: readonly Item[];
	/** Files that are the same for every item. */
	readonly bindings: Bindings;
	readonly passedOver: readonly PassedOver[];
}

interface Choosing {
	readonly recipe: Recipe;
	readonly bound: Bound;
	readonly args: Arguments;
	readonly session: Pick<Session, 'engine'>;
}

/** @throws GraphError for files that can't be paired, and for tables that don't fit the recipe. */
export async function itemsFor({ recipe, bound, args, session: { engine } }: Choosing): Promise<Chosen> {
	const rows = args.values['each-row'];
	const folders = bound.lists.filter(({ files }) => files.length > 1 || files.some(({ listed }) => listed));
	if (rows !== undefined && folders.length > 0) throw new GraphError('batch.rows-and-lists', { inputs: folders.map(({ label }) => label) });
	const own = new Set(rows === undefined ? bound.lists.map(({ node }) => node) : []);
	const bindings = await looked(
		Object.entries(bound.files).filter(([node]) => !own.has(node)),
		engine,
	);
	if (rows !== undefined) {
		const items = itemsOfRows(recipe, await readTable(await engine.look(rows), engine), args.values.name);
		return { items: ordered(items, args.order), bindings, passedOver: bound.passedOver };
	}
	if (bound.lists.length === 0) return { items: [onlyItem({ recipe, bindings })], bindings, passedOver: bound.passedOver };
	const { items, alone } = pair(bound.lists, args.pairing);
	return { items: ordered(items, args.order), bindings, passedOver: [...bound.passedOver, ...alone] };
}

/** What tells this batch's items from those of another one of the same recipe into the same folder. */
export function sourceOf({ lists }: Bound, args: Arguments): unknown {
	if (args.values['each-row'] !== undefined) return { rows: args.values['each-row'] };
	const nodes = lists.map(({ node }) => node);
	return nodes.length > 1 ? { nodes, pairing: args.pairing } : (nodes[0] ?? null);
}

async function looked(files: readonly (readonly [string, Bound['files'][string]])[], engine: Session['engine']): Promise<Bindings> {
	const bound = files.map(async ([node, found]) => [node, await Promise.all(found.map((one) => engine.look(one.path)))] as const);
	return Object.fromEntries(await Promise.all(bound));
}
