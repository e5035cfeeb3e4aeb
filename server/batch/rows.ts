/** A table whose rows are the items: each row is a run with the row's values in its parameters. */
import type { Column, TableMetadata } from '../../nodes/define.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { GraphError } from '../../nodes/problems.ts';
import type { Engine, Source } from '../engine/engine.ts';
import { distinct } from './distinct.ts';
import type { Item } from './items.ts';
import { checkColumns, columnsIn, columnsInNames, filled, placesIn, type Row } from './places.ts';

export interface Table {
	readonly columns: readonly Column[];
	/** As they stand in the file. */
	readonly rows: readonly Row[];
}

const MOST = 100_000;
const LONGEST = 100;

/**
 * Reads a table in a worker.
 * @throws GraphError `batch.no-table`, `batch.too-many`; RunError for one that can't be read.
 */
export async function readTable({ path, name, format, readings }: Source, engine: Pick<Engine, 'rows'>): Promise<Table> {
	const metadata = readings.find((one): one is TableMetadata => one.kind === 'table');
	if (metadata === undefined) throw new GraphError('batch.no-table', { name });
	const rows = await engine.rows({ path, metadata: { ...metadata, format } }, MOST + 1, 'texts');
	if (rows.length > MOST) throw new GraphError('batch.too-many', { count: Math.max(rows.length, metadata.rows ?? 0), limit: MOST });
	return {
		columns: metadata.columns ?? [],
		rows: rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, textOf(value)]))),
	};
}

/**
 * One item a row. `template`: the name of the results, where it isn't the recipe's own.
 * @throws GraphError `batch.column`; `batch.no-column` where every row would be the same.
 */
export function itemsOfRows(recipe: Recipe, { columns, rows }: Table, template?: string): Item[] {
	const names = columns.map(({ name }) => name);
	const places = placesIn(recipe);
	for (const place of places) checkColumns(columnsIn(place.template), names, place.setting);
	const inNames = columnsInNames(recipe, template);
	checkColumns(inNames, names);
	if (places.length === 0 && inNames.length === 0) throw new GraphError('batch.no-column', { column: `{column:${names[0] ?? 'name'}}`, choices: names });
	const texts = columns.filter(({ type }) => type === 'text').map(({ name }) => name);
	return distinct(
		rows.map((row, i) => {
			const item = nameOf(row, texts) ?? `row ${i + 1}`;
			const settings = Object.fromEntries(places.map((place) => [place.setting, filled(place, row)]));
			return { item, files: {}, settings, columns: row, results: { stem: stemFrom(item), folder: '' } };
		}),
	);
}

/** The first text that the row has, on one line. */
function nameOf(row: Row, columns: readonly string[]): string | null {
	for (const column of columns) {
		const text = (row[column] ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
		if (text !== '') return [...text].slice(0, LONGEST).join('');
	}
	return null;
}

/** An address is a fine name, but for what every address begins with. */
function stemFrom(item: string): string {
	return item.replace(/^[a-z]+:\/\/(www\.)?/i, '').replace(/\/+$/, '') || item;
}

function textOf(value: unknown): string {
	if (value === null || value === undefined) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
