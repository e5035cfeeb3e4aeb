/** Looks into a finished file for what a check asks of it. */
import { readFile } from 'node:fs/promises';
import type { CheckProperty } from '../../nodes/graph.ts';
import { decodeText } from '../../nodes/sniff.ts';
import type { InspectReply, InspectRequest } from '../engine/workers.ts';

type Answer = string | number | boolean | null;
type Inspector = (path: string, format: string) => Promise<Answer>;

/** Tables with more rows are not searched for blanks. */
const MAX_ROWS = 200_000;
const RASTER = /^(?:png|jpe?g|webp|gif|avif|tiff?|svg)$/;
const MOVING = /^(?:mp4|mov|mkv|webm|gif)$/;
const TEXTS = /^(?:txt|md|html|csv|tsv|json|svg)$/;
const TABLES = /^(?:csv|tsv|json|ndjson|parquet)$/;

const INSPECTORS: { readonly [P in CheckProperty]?: Inspector } = {
	'pixel-format': async (path, format) => (MOVING.test(format) ? (await import('../backends/video/probe.ts')).probePixelFormat(path, format) : null),
	loops: async (path, format) => (format === 'gif' || format === 'webp' ? loopsForEver(path) : null),
	'decodes-to': async (path, format) => (RASTER.test(format) ? codeIn(path) : null),
	'contains-text': async (path, format) => (TEXTS.test(format) ? decodeText(await readFile(path)) : null),
	blanks: async (path, format) => (TABLES.test(format) ? blanksIn(path, format) : null),
};

export async function inspect({ path, format, properties }: InspectRequest): Promise<InspectReply> {
	const found = properties.map(async (property) => [property, (await INSPECTORS[property]?.(path, format)) ?? null] as const);
	return { properties: Object.fromEntries(await Promise.all(found)) };
}

async function loopsForEver(path: string): Promise<boolean> {
	const { default: sharp } = await import('sharp');
	const { pages = 1, loop } = await sharp(path, { animated: true }).metadata();
	return pages > 1 && (loop ?? 0) === 0;
}

async function codeIn(path: string): Promise<string | null> {
	const [{ default: sharp }, { readCodes }] = await Promise.all([import('sharp'), import('../backends/qr/read.ts')]);
	const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	return (await readCodes(data, info.width, info.height))[0] ?? null;
}

async function blanksIn(path: string, format: string): Promise<number | null> {
	const { rowsOf } = await import('../backends/table/rows.ts');
	const rows = await rowsOf(path, format, MAX_ROWS + 1);
	if (rows.length > MAX_ROWS) return null;
	return rows.reduce((sum, row) => sum + Object.values(row).filter((value) => value === null || value === '').length, 0);
}
