/** How long a batch will take and how much it will write, told before it runs: from a few items of different sizes. An estimate, no more. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Metadata } from '../../nodes/define.ts';
import type { Bindings, Engine, Explained } from '../engine/engine.ts';
import type { Item } from './items.ts';
import { type Saver, SaversByItem } from './predict.ts';
import type { BatchRequest } from './request.ts';
import { withParams } from './settings.ts';

export interface Estimate {
	/** Of the whole batch on this machine; null: can't be told. */
	readonly seconds: number | null;
	/** Of everything that it writes. */
	readonly bytes: number | null;
	/** Items that were looked at. */
	readonly sampled: number;
}

const SAMPLES = 5;

export type EstimateRequest = Pick<BatchRequest, 'recipe' | 'items' | 'bindings' | 'name' | 'jobs'>;

/** Looks at up to five items, and runs nothing. Items that can't be read count for nothing. */
export async function estimate(request: EstimateRequest, engine: Engine, cores: number): Promise<Estimate> {
	const savers = new SaversByItem(request.recipe, request.name);
	let seconds = 0;
	let bytes: number | null = 0;
	let sampled = 0;
	let told = 0;
	for (const { item, count } of sampleOf(request.items)) {
		const one = await estimateItem(item, { ...request, savers: savers.of(item), engine, cores }).catch(() => null);
		if (one === null) continue;
		sampled++;
		told += count;
		seconds += one.seconds * count;
		bytes = bytes === null || one.bytes === null ? null : bytes + one.bytes * count;
	}
	if (told === 0) return { seconds: null, bytes: null, sampled };
	const all = request.items.length / told;
	return { seconds: seconds * all, bytes: bytes === null ? null : Math.round(bytes * all), sampled };
}

/** A few items, each for as many as are of about its size. */
function sampleOf(items: readonly Item[]): { readonly item: Item; readonly count: number }[] {
	const sorted = items.map((item) => ({ item, size: sizeOf(item) })).sort((a, b) => a.size - b.size);
	const count = Math.min(SAMPLES, sorted.length);
	return Array.from({ length: count }, (_, i) => {
		const from = Math.round((i * sorted.length) / count);
		const to = Math.round(((i + 1) * sorted.length) / count);
		return { item: sorted[Math.floor((from + to - 1) / 2)]?.item, count: to - from };
	}).flatMap(({ item, count }) => (item === undefined ? [] : [{ item, count }]));
}

function sizeOf({ files }: Item): number {
	return Object.values(files).reduce((sum, { path }) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}

type ItemRequest = EstimateRequest & { readonly savers: readonly Saver[]; readonly engine: Engine; readonly cores: number };

async function estimateItem(item: Item, { recipe, bindings, savers, engine, cores, jobs }: ItemRequest): Promise<{ seconds: number; bytes: number | null }> {
	const own = withParams(recipe, item.settings ?? {});
	const all: Bindings = { ...bindings, ...(await look(item, engine)) };
	const groups = await engine.explain(own, all);
	const { seen } = engine.describe(own, all);
	const input = Object.values(all)
		.flat()
		.reduce((sum, source) => sum + source.bytes, 0);
	const sizes = savers.map(({ node }) => {
		const [found] = Object.entries(seen).flatMap(([end, value]) => (end.startsWith(`${node}.`) ? [value] : []));
		if (found === undefined) return null;
		const size = bytesOf(found.many ? found.element : found.metadata, input);
		return size === null || !found.many ? size : found.count === null ? null : size * found.count;
	});
	const bytes = sizes.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0);
	return { seconds: groups.reduce((sum, group) => sum + secondsOf(group, Math.min(cores, jobs ?? cores)), 0), bytes };
}

async function look({ files }: Item, engine: Engine): Promise<Bindings> {
	const looks = Object.entries(files).map(async ([node, found]) => [node, [await engine.look(found.path, basename(found.item))]] as const);
	return Object.fromEntries(await Promise.all(looks));
}

/** ffmpeg takes all cores for itself; of the rest as many run beside each other as there are cores. */
function secondsOf({ cached, seconds, times, backend }: Explained, lanes: number): number {
	return cached ? 0 : (seconds * times) / (backend === 'video' ? 1 : Math.max(1, lanes));
}

/** Bytes a pixel, as photographs and films have at the usual quality. */
const PER_PIXEL: Readonly<Record<string, number>> = { jpeg: 0.25, webp: 0.12, avif: 0.08, png: 1.6, gif: 0.5, tiff: 3 };
/** Bytes a pixel of each frame. */
const PER_FRAME_PIXEL: Readonly<Record<string, number>> = { mp4: 0.012, mov: 0.012, mkv: 0.012, webm: 0.009, gif: 0.25, webp: 0.06 };
/** Bytes a second. */
const PER_SECOND: Readonly<Record<string, number>> = { mp3: 20_000, m4a: 18_000, aac: 18_000, opus: 14_000, ogg: 16_000, flac: 90_000, wav: 176_400 };

/** What a result will have, about; documents, tables and texts have about what they were made from. */
function bytesOf(metadata: Metadata | null, input: number): number | null {
	if (metadata?.kind !== 'file') return null;
	if (metadata.bytes !== null) return metadata.bytes;
	const { content, format } = metadata;
	const of = (table: Readonly<Record<string, number>>) => table[format ?? ''] ?? null;
	const product = (...factors: readonly (number | null)[]) => factors.reduce<number | null>((all, one) => (all === null || one === null ? null : all * one), 1);
	if (content?.kind === 'image') return product(content.width, content.height, content.frames ?? 1, of(PER_PIXEL));
	if (content?.kind === 'video') return product(content.width, content.height, content.fps ?? 25, content.duration, of(PER_FRAME_PIXEL));
	if (content?.kind === 'audio') return product(content.duration, of(PER_SECOND));
	return input > 0 ? input : null;
}
