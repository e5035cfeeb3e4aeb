/** In which order items are run; which are run at all when only some are wanted. */
import { statSync } from 'node:fs';
import type { Item } from './items.ts';

export const ORDERS = ['name', 'size', 'newest'] as const;
export type Order = (typeof ORDERS)[number];

const BY_NAME = new Intl.Collator('en', { numeric: true });

/** `name`: as people count; `size`: the smallest first, so that something is there soon; `newest`: the last changed first. Equal ones, and rows, keep their order. */
export function ordered(items: readonly Item[], order: Order | null): readonly Item[] {
	if (order === null) return items;
	if (order === 'name') return [...items].sort((a, b) => BY_NAME.compare(a.item, b.item));
	const weight = new Map(items.map((item) => [item, order === 'size' ? bytesOf(item) : -newest(item)]));
	return [...items].sort((a, b) => (weight.get(a) ?? 0) - (weight.get(b) ?? 0));
}

function bytesOf(item: Item): number {
	return facts(item).reduce((total, { size }) => total + size, 0);
}

function newest(item: Item): number {
	return Math.max(0, ...facts(item).map(({ mtimeMs }) => mtimeMs));
}

/** A file that is gone meanwhile says so when it is read. */
function facts({ files }: Item) {
	return Object.values(files).flatMap(({ path }) => statSync(path, { throwIfNoEntry: false }) ?? []);
}
