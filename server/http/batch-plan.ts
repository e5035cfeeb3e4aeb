/** From what the page asks for to a batch: which files, into which folder. Nothing outside of granted folders is read or written. */
import { access, constants, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { specOf } from '../../nodes/catalogue.ts';
import { type Kind, portsOf } from '../../nodes/define.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { WIDENINGS } from '../../nodes/kinds.ts';
import { parseParams } from '../../nodes/params.ts';
import { sniff } from '../../nodes/sniff.ts';
import type { BatchRequest } from '../batch/batch.ts';
import { oneEach } from '../batch/items.ts';
import { type Found, filesOf } from '../batch/walk.ts';
import type { BatchBody } from './api.ts';
import { isBelow, isHidden } from './paths.ts';
import { Refusal } from './problems.ts';
import { headOf } from './result-set.ts';
import type { Context } from './services.ts';

export type PlannedBatch = Pick<BatchRequest, 'recipe' | 'items' | 'out' | 'name' | 'keepFolders' | 'existing' | 'stopOnError' | 'bindings'>;

/** Enough to tell formats apart. */
const HEAD = 4096;
const AT_ONCE = 16;

export async function planBatch(body: BatchBody, context: Context): Promise<PlannedBatch> {
	const kind = kindOf(body.recipe, body.node);
	const out = await context.rootSet.resolve(body.to.root, body.to.path, 'allow');
	const root = await context.rootSet.get(body.to.root);
	await access(root.path, constants.W_OK).catch(() => {
		throw new Refusal(422, 'root.readonly', { path: root.path });
	});
	const { recipe, node, name, existing, stopOnError } = body;
	return {
		recipe,
		items: oneEach(node, await filesFor(body, kind, out, context)),
		bindings: await context.inputs.sources(body.bindings),
		out,
		...(name === undefined ? {} : { name }),
		keepFolders: true,
		existing,
		stopOnError,
	};
}

/** The kind that the batch's source node reads. */
function kindOf(recipe: Recipe, id: string): Kind {
	const node = recipe.graph.nodes[id];
	const spec = node === undefined ? undefined : specOf(node.spec);
	const port =
		node === undefined || spec?.medium !== 'source' ? undefined : Object.values(portsOf(spec, parseParams(spec, node.params, node.version)).outputs)[0];
	if (port === undefined) throw new Refusal(422, 'graph.unknown-node', { node: id });
	return port.kind;
}

async function filesFor({ from, pattern, recursive }: BatchBody, kind: Kind, out: string, context: Context): Promise<readonly Found[]> {
	if ('inputs' in from) return Promise.all(from.inputs.map((id) => fileOf(id, context)));
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
	return fitting;
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
