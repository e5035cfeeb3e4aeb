/** Items that are alike, and one of each kind to try before all of them run. */
import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Kind, Words } from '../../../nodes/define.ts';
import { problemOf } from '../../../nodes/problems.ts';
import { encodingOf, SNIFF_BYTES } from '../../../nodes/sniff.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Item } from '../items.ts';
import type { Found } from '../walk.ts';
import { type Trait, traitsOf } from './traits.ts';

export interface Cluster {
	/** What its items have in common. */
	readonly title: Words;
	/** The one that is tried. */
	readonly item: Item;
	readonly count: number;
}

const MOST = 12;
const AT_ONCE = 32;
/** Formats of which the encoding matters. */
const TEXTS = new Set(['txt', 'md', 'csv', 'tsv', 'json', 'srt', 'vtt', 'html']);
const BROKEN: Words = { en: 'can not be read', zh: '无法读取' };
const ROW: Words = { en: 'rows', zh: '数据行' };

/** What is told of an item, and what it must share with others to be alike. */
interface Traits {
	readonly words: readonly Trait[];
	readonly alike: string;
}
const NOTHING: Traits = { words: [], alike: '' };

/** Clusters of items, the biggest first. `kinds`: what each source node reads its file as. */
export async function clustersOf(
	items: readonly Item[],
	kinds: Readonly<Record<string, Kind>>,
	engine: Pick<Engine, 'look'>,
	signal?: AbortSignal,
): Promise<Cluster[]> {
	const clusters = new Map<string, { title: Words; item: Item; count: number }>();
	for (let i = 0; i < items.length && signal?.aborted !== true; i += AT_ONCE) {
		const slice = items.slice(i, i + AT_ONCE);
		const traits = await Promise.all(slice.map((item) => traitsOfItem(item, kinds, engine)));
		for (const [j, item] of slice.entries()) {
			const { words, alike } = traits[j] ?? NOTHING;
			const known = clusters.get(alike);
			if (known === undefined) clusters.set(alike, { title: titleOf(words), item, count: 1 });
			else known.count++;
		}
	}
	return [...clusters.values()].sort((a, b) => b.count - a.count);
}

/** The clusters of which one item is tried. */
export function tried(clusters: readonly Cluster[]): readonly Cluster[] {
	return clusters.slice(0, MOST);
}

async function traitsOfItem(item: Item, kinds: Readonly<Record<string, Kind>>, engine: Pick<Engine, 'look'>): Promise<Traits> {
	const files = Object.entries(item.files);
	const each = await Promise.all(files.map(([node, found]) => traitsOfFile(found, kinds[node] ?? 'file', engine)));
	const words = [...each.flatMap((traits, i) => (i === 0 ? traits.words : ['+', ...traits.words])), ...traitsOfRow(item)];
	return { words, alike: JSON.stringify([words, ...each.map(({ alike }) => alike)]) };
}

/** A file that can't be read is alike to others of its ending that can't be read for the same reason. */
async function traitsOfFile(found: Found, kind: Kind, engine: Pick<Engine, 'look'>): Promise<Traits> {
	try {
		const source = await engine.look(found.path, basename(found.item));
		const words = traitsOf(source, kind, TEXTS.has(source.format) ? encodingOf(await headOf(found.path)) : null);
		return { words, alike: '' };
	} catch (error) {
		return { words: [BROKEN, extname(found.item).toLowerCase()], alike: problemOf(error).key };
	}
}

/** Rows differ in which values they lack. */
function traitsOfRow({ columns }: Item): Trait[] {
	if (columns === undefined) return [];
	const blank = Object.entries(columns).flatMap(([name, value]) => (value.trim() === '' ? [name] : []));
	return blank.length === 0 ? [ROW] : [ROW, { en: `without ${blank.join(', ')}`, zh: `缺少 ${blank.join('、')}` }];
}

function titleOf(traits: readonly Trait[]): Words {
	const shown = traits.filter((trait) => trait !== '');
	const join = (language: 'en' | 'zh') =>
		shown
			.map((trait) => (typeof trait === 'string' ? trait : trait[language]))
			.join(' · ')
			.replaceAll(' · + · ', ' + ');
	return { en: join('en'), zh: join('zh') };
}

async function headOf(path: string): Promise<Uint8Array> {
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}
