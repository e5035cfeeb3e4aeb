/** How the files of several folders go together: which of the one with which of the other make an item. */
import { dirname } from 'node:path';
import { GraphError } from '../../nodes/problems.ts';
import { distinct } from './distinct.ts';
import { type Item, oneEach, pathOf, stemOf } from './items.ts';
import type { Found } from './walk.ts';

/** `name`: of the same name but for the ending; `zip`: the first with the first, and so on; `product`: every one with every one. */
export const PAIRINGS = ['name', 'zip', 'product'] as const;
export type Pairing = (typeof PAIRINGS)[number];

/** The files given for one source node, and what people call it. */
export interface FileList {
	readonly node: string;
	readonly label: string;
	readonly files: readonly Found[];
}

export interface Paired {
	readonly items: readonly Item[];
	/** Files that belong to no item, each with the name of its input. */
	readonly alone: readonly PassedOver[];
}

/** A file that is named, but that nothing is made of. */
export interface PassedOver {
	readonly found: Found;
	readonly input: string;
	readonly reason: 'kind' | 'partner';
}

const MOST = 200_000;
const SHOWN = 3;

/**
 * Items of one or several lists of files. Each item is called like its file of the first list.
 * @throws GraphError `batch.pair-unclear`, `batch.pair-counts`, `batch.pair-none`, `batch.too-many`.
 */
export function pair(lists: readonly FileList[], how: Pairing | null): Paired {
	const [first, ...others] = lists;
	if (first === undefined) return { items: [], alone: [] };
	if (others.length === 0) return { items: distinct(oneEach(first.node, first.files)), alone: [] };
	if (how === 'zip') return { items: distinct(inOrder(first, others)), alone: [] };
	if (how === 'product') return { items: distinct(everyWithEvery(first, others)), alone: [] };
	const paired = byName(first, others);
	if (how === null && paired.alone.length > 0)
		throw new GraphError('batch.pair-unclear', {
			count: paired.alone.length,
			files: paired.alone.slice(0, SHOWN).map(({ input, found }) => `${input}: ${found.item}`),
		});
	if (paired.items.length === 0) throw new GraphError('batch.pair-none', { inputs: lists.map(({ label }) => label) });
	return { items: distinct(paired.items), alone: paired.alone };
}

function inOrder(first: FileList, others: readonly FileList[]): Item[] {
	if (others.some(({ files }) => files.length !== first.files.length))
		throw new GraphError('batch.pair-counts', { counts: [first, ...others].map(({ label, files }) => `${label}: ${files.length}`) });
	return oneEach(first.node, first.files).map((item, i) => ({
		...item,
		files: { ...item.files, ...Object.fromEntries(others.flatMap(({ node, files }) => (files[i] === undefined ? [] : [[node, files[i]]]))) },
	}));
}

function everyWithEvery(first: FileList, others: readonly FileList[]): Item[] {
	const count = others.reduce((product, { files }) => product * files.length, first.files.length);
	if (count > MOST) throw new GraphError('batch.too-many', { count, limit: MOST });
	let items: readonly Item[] = oneEach(first.node, first.files);
	for (const { node, files } of others) items = items.flatMap((item) => files.map((found) => joined(item, node, found)));
	return [...items];
}

/** `a.jpg × logo.png`, whose results are called `a-logo`. */
function joined(item: Item, node: string, found: Found): Item {
	const folder = dirname(pathOf(item));
	const results = { stem: `${stemOf(item)}-${stemOf({ item: found.item, files: {} })}`, folder: folder === '.' ? '' : folder };
	return { item: `${item.item} × ${found.item}`, files: { ...item.files, [node]: found }, results };
}

function byName(first: FileList, others: readonly FileList[]): Paired {
	const tables = others.map((list) => ({ ...list, byStem: grouped(list.files) }));
	const used = new Set<Found>();
	const alone: PassedOver[] = [];
	const items: Item[] = [];
	for (const found of first.files) {
		const partners = tables.map(({ node, byStem }) => [node, partnerOf(found, byStem.get(stemKey(found)) ?? [])] as const);
		const complete = partners.flatMap(([node, partner]) => (partner === undefined ? [] : [[node, partner] as const]));
		if (complete.length < partners.length) {
			alone.push({ found, input: first.label, reason: 'partner' });
			continue;
		}
		for (const [, partner] of complete) used.add(partner);
		items.push({ item: found.item, files: { [first.node]: found, ...Object.fromEntries(complete) } });
	}
	for (const { label, files } of others)
		alone.push(...files.filter((found) => !used.has(found)).map((found) => ({ found, input: label, reason: 'partner' }) as const));
	return { items, alone };
}

/** Of several with the same stem the one with the same ending; where that doesn't tell, none. */
function partnerOf(found: Found, candidates: readonly Found[]): Found | undefined {
	return candidates.length === 1
		? candidates[0]
		: candidates.find((one) => one.item.normalize('NFC').toLowerCase() === found.item.normalize('NFC').toLowerCase());
}

function grouped(files: readonly Found[]): ReadonlyMap<string, readonly Found[]> {
	const groups = new Map<string, Found[]>();
	for (const found of files) groups.set(stemKey(found), [...(groups.get(stemKey(found)) ?? []), found]);
	return groups;
}

/** Sub-folder and name without the ending; letters' case and Unicode form don't count. */
function stemKey({ item }: Found): string {
	return `${dirname(item)}/${stemOf({ item, files: {} })}`.normalize('NFC').toLowerCase();
}
