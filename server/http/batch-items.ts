/** The items that the page asks for: files of granted folders, chosen files, pairs of them, or the rows of a table. */
import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { specOf } from '../../nodes/catalogue.ts';
import { type Kind, portsOf } from '../../nodes/define.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { WIDENINGS } from '../../nodes/kinds.ts';
import { parseParams } from '../../nodes/params.ts';
import { sniff } from '../../nodes/sniff.ts';
import { labelOf, sourceNodes } from '../batch/inputs.ts';
import type { Item } from '../batch/items.ts';
import { ordered } from '../batch/order.ts';
import { type FileList, type PassedOver, pair } from '../batch/pair.ts';
import { itemsOfRows, readTable } from '../batch/rows.ts';
import { type Found, filesOf } from '../batch/walk.ts';
import type { BatchBody, BatchFiles } from './api.ts';
import { isBelow, isHidden } from './paths.ts';
import { Refusal } from './problems.ts';
import { headOf } from './result-set.ts';
import type { Context } from './services.ts';

export interface BatchItems {
	readonly items: readonly Item[];
	readonly passedOver: readonly PassedOver[];
}

/** Enough to tell formats apart. */
const HEAD = 4096;
const AT_ONCE = 16;

/** @param out the folder of the results, which is not read */
export async function itemsOf(body: BatchBody, out: string, context: Context): Promise<BatchItems> {
	const { from, node, also = [], pairing = null, order = null, recipe } = body;
	if ('rows' in from) {
		const table = await readTable(await context.inputs.source(from.rows), context.engine);
		return { items: ordered(itemsOfRows(recipe, table, body.name), order), passedOver: [] };
	}
	const lists: FileList[] = [];
	const passedOver: PassedOver[] = [];
	for (const one of [{ node: node ?? '', from }, ...also]) {
		const kind = kindOf(recipe, one.node);
		const label = labels(recipe).get(one.node) ?? one.node;
		const { fitting, others } = await filesFor(one.from, body, { kind, out }, context);
		lists.push({ node: one.node, label, files: fitting });
		passedOver.push(...others.map((found) => ({ found, input: label, reason: 'kind' }) as const));
	}
	const { items, alone } = pair(lists, pairing);
	return { items: ordered(items, order), passedOver: [...passedOver, ...alone] };
}

function labels(recipe: Recipe): ReadonlyMap<string, string> {
	return new Map(sourceNodes(recipe).map((source) => [source.id, labelOf(source)]));
}

/** The kind that a source node of one value reads. */
function kindOf(recipe: Recipe, id: string): Kind {
	const node = recipe.graph.nodes[id];
	const spec = node === undefined ? undefined : specOf(node.spec);
	const port =
		node === undefined || spec?.medium !== 'source' ? undefined : Object.values(portsOf(spec, parseParams(spec, node.params, node.version)).outputs)[0];
	if (port === undefined) throw new Refusal(422, 'graph.unknown-node', { node: id });
	return port.kind;
}

interface Files {
	readonly fitting: readonly Found[];
	/** Of other kinds. */
	readonly others: readonly Found[];
}

async function filesFor(
	from: BatchFiles,
	{ pattern, recursive }: BatchBody,
	{ kind, out }: { readonly kind: Kind; readonly out: string },
	context: Context,
): Promise<Files> {
	if ('inputs' in from) return { fitting: await Promise.all(from.inputs.map((id) => fileOf(id, context))), others: [] };
	const root = await context.rootSet.get(from.root);
	const folder = await context.rootSet.resolve(from.root, from.path);
	// Results that lie among the originals are not read again; the folder of the originals itself may take the results.
	const except = out === folder ? [] : [out];
	const found = filesOf(folder, { recursive, except, ...(pattern === undefined ? {} : { pattern }) });
	const inside = await filtered(found, async ({ path }) => {
		const real = await realpath(path).catch(() => null);
		return real !== null && isBelow(root.path, real) && !isHidden(root.path, real);
	});
	const fitting = pattern === undefined && kind !== 'file' ? await filtered(inside, (one) => reads(one, kind)) : inside;
	if (fitting.length === 0) throw new Refusal(404, 'batch.no-files', { path: pattern === undefined ? folder : `${folder}${sep}${pattern}` });
	const known = new Set(fitting);
	return { fitting, others: inside.filter((one) => !known.has(one)) };
}

async function fileOf(id: string, context: Context): Promise<Found> {
	const { path, name } = await context.inputs.source(id);
	return { path, item: name, listed: true };
}

/** By its first bytes, which is quick and may be wrong; the item itself then says so. */
async function reads({ path }: Found, kind: Kind): Promise<boolean> {
	const head = await headOf(path, HEAD).catch(() => null);
	if (head === null) return true;
	const { kinds } = sniff(head, path);
	return kinds.some((one) => one === kind || WIDENINGS.some(({ from, to }) => from === one && to === kind));
}

async function filtered<T>(all: readonly T[], keep: (one: T) => Promise<boolean>): Promise<T[]> {
	const kept: T[] = [];
	for (let i = 0; i < all.length; i += AT_ONCE) {
		const slice = all.slice(i, i + AT_ONCE);
		const verdicts = await Promise.all(slice.map(keep));
		kept.push(...slice.filter((_, j) => verdicts[j] === true));
	}
	return kept;
}
