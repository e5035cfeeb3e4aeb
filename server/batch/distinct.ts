/** Names of items that differ: files of two folders, and rows, may be called the same. */
import { dirname } from 'node:path';
import { type Item, pathOf, stemOf } from './items.ts';

/** The items, of which those that are called like an earlier one get a number. Their results keep the name that they would have had. */
export function distinct(items: readonly Item[]): Item[] {
	const taken = new Set(items.map(({ item }) => item));
	const met = new Map<string, number>();
	return items.map((item) => {
		const before = met.get(item.item) ?? 0;
		met.set(item.item, before + 1);
		if (before === 0) return item;
		let number = before + 1;
		while (taken.has(`${item.item} (${number})`)) number++;
		const name = `${item.item} (${number})`;
		taken.add(name);
		const folder = dirname(pathOf(item));
		return { ...item, item: name, results: item.results ?? { stem: stemOf(item), folder: folder === '.' ? '' : folder } };
	});
}
