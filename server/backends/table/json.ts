/** Reads JSON: a list of records, one record a line, an object that holds such a list, or an object of columns. */
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { RunError } from '../../../nodes/problems.ts';
import { classify, textReading } from './classify.ts';
import type { Database } from './database.ts';
import type { Opened } from './source.ts';
import { identifier, literal } from './sql/quote.ts';
import { columnType, normalised } from './sql/types.ts';

/** Objects that hold the list somewhere inside are read whole, up to this size. */
const WHOLE = 128 * 2 ** 20;

/** The file to read: itself, or one record a line written into `folder` where its shape is another. */
export async function jsonRecords(path: string, name: string, folder: string, number: number): Promise<string> {
	const first = await firstSign(path);
	const { size } = await stat(path);
	if (first === undefined) throw new RunError('table.empty', { name });
	if (size > WHOLE) return path;
	const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
	const value = parsed(text);
	if (value === undefined) {
		const line = parsed(text.slice(0, Math.max(0, text.search(/[\r\n]/))).trim() || text);
		if (first === '{' && isRecord(line)) return path;
		throw new RunError('input.broken', { name, format: 'json', reason: reasonOf(text) });
	}
	const records = recordsIn(value, 0);
	if (records === undefined || records.length === 0) throw new RunError('table.json-shape', { name });
	if (records === value && records.every(isRecord)) return path;
	const target = `${folder}/records-${number}.ndjson`;
	await writeFile(target, records.map((record) => `${JSON.stringify(record)}\n`).join(''), { flag: 'wx' });
	return target;
}

type Record_ = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Record_ {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The longest list of records in a value; an object of equally long lists is a table by columns. */
function recordsIn(value: unknown, depth: number): readonly unknown[] | undefined {
	if (Array.isArray(value)) {
		if (value.some(isRecord)) return value.filter(isRecord).length === value.length ? value : undefined;
		return value.length > 0 && value.every((row) => !Array.isArray(row)) && depth === 0 ? value.map((one) => ({ value: one })) : undefined;
	}
	if (!isRecord(value) || depth > 3) return undefined;
	const entries = Object.entries(value);
	const lists = entries.map(([, inner]) => recordsIn(inner, depth + 1)).filter((list) => list !== undefined);
	if (lists.length > 0) return lists.reduce((a, b) => (b.length > a.length ? b : a));
	const columns = entries.filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
	const length = columns[0]?.[1].length ?? 0;
	if (columns.length === entries.length && length > 0 && columns.every(([, list]) => list.length === length)) {
		return Array.from({ length }, (_, i) => Object.fromEntries(columns.map(([key, list]) => [key, list[i]])));
	}
	return depth === 0 && entries.length > 0 ? [value] : undefined;
}

/** A SELECT that reads JSON records, with its columns. */
export async function openJson(db: Database, path: string, name: string): Promise<Opened> {
	const source = `read_json(${literal(path)}, auto_detect = true, records = 'true', map_inference_threshold = -1, maximum_object_size = 67108864, sample_size = -1)`;
	const found = await db.describe(`SELECT * FROM ${source}`);
	if (found.length === 0) throw new RunError('table.json-shape', { name });
	const texts = found.filter((column) => column.type === 'VARCHAR').map((column) => column.name);
	const sample = identifier('json sample');
	const readings = new Map<string, string>();
	const types = new Map(found.map((column) => [column.name, columnType(column.type)]));
	if (texts.length > 0) {
		await db.query(`CREATE OR REPLACE TEMP TABLE ${sample} AS SELECT ${texts.map(identifier).join(', ')} FROM ${source}`);
		/* Numbers in quotes are texts by the writer's will; dates have no other form in JSON. */
		for (const [i, reading] of (await classify(db, sample, texts, false)).entries()) {
			const column = texts[i] ?? '';
			readings.set(column, reading.type === 'text' ? textReading(column).sql : reading.sql);
			types.set(column, reading.type);
		}
		await db.query(`DROP TABLE ${sample}`);
	}
	const values = found.map((column) => `${readings.get(column.name) ?? normalised(column.name, column.type)} AS ${identifier(column.name)}`);
	return {
		select: `SELECT ${values.join(', ')} FROM ${source}`,
		columns: found.map(({ name: column }) => ({ name: column, type: types.get(column) ?? 'other' })),
	};
}

async function firstSign(path: string): Promise<string | undefined> {
	for await (const chunk of createReadStream(path, { encoding: 'utf8', end: 65_535 })) {
		const sign = /[^\s\uFEFF]/.exec(String(chunk))?.[0];
		if (sign !== undefined) return sign;
	}
	return undefined;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function reasonOf(text: string): string {
	try {
		JSON.parse(text);
		return '';
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
