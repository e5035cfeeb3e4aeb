/** `{column:NAME}` in parameters and in names: where a row of a table puts its values. */
import { specOf } from '../../nodes/catalogue.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { GraphError } from '../../nodes/problems.ts';
import { fieldFor } from './settings.ts';

export type Row = Readonly<Record<string, string>>;

const PLACE = /\{column:([^{}]*)\}/g;
const WHOLE = /^\s*\{column:([^{}]*)\}\s*$/;
/** Fields in which a blank value is a value, too. */
const WRITTEN: ReadonlySet<string> = new Set(['text', 'long-text', 'code']);

/** A parameter that wants values of a row. */
export interface Place {
	/** `node.param` */
	readonly setting: string;
	readonly template: unknown;
	/** A blank value leaves it at its default. */
	readonly mayBeBlank: boolean;
}

/** The parameters of a recipe that want values of a row. The name of a saver's files isn't one: names are filled in when they are known to be safe. */
export function placesIn({ graph }: Recipe): Place[] {
	return Object.entries(graph.nodes).flatMap(([id, node]) =>
		Object.entries(node.params).flatMap(([param, template]): Place[] => {
			if (columnsIn(template).length === 0 || (param === 'name' && specOf(node.spec)?.saves === true)) return [];
			const control = fieldFor(id, node, param, template)?.control;
			return [{ setting: `${id}.${param}`, template, mayBeBlank: control === undefined || WRITTEN.has(control) }];
		}),
	);
}

/** Columns that a parameter or a name wants. */
export function columnsIn(template: unknown): string[] {
	if (typeof template === 'string') return [...template.matchAll(PLACE)].map(([, name = '']) => name);
	return typeof template === 'object' && template !== null ? Object.values(template).flatMap(columnsIn) : [];
}

/** Columns that the names of a recipe's results want. */
export function columnsInNames({ graph }: Recipe, template: string | undefined): string[] {
	if (template !== undefined) return columnsIn(template);
	return Object.values(graph.nodes).flatMap((node) => (specOf(node.spec)?.saves === true ? columnsIn(node.params.name) : []));
}

/** The value for a row; undefined: the row has none, the default holds. */
export function filled({ template, mayBeBlank }: Place, row: Row): unknown {
	const [, whole] = typeof template === 'string' ? (WHOLE.exec(template) ?? []) : [];
	if (whole !== undefined && !mayBeBlank) return (row[whole] ?? '').trim() === '' ? undefined : row[whole]?.trim();
	return fill(template, row);
}

function fill(template: unknown, row: Row): unknown {
	if (typeof template === 'string') return template.replace(PLACE, (_, name: string) => row[name] ?? '');
	if (Array.isArray(template)) return template.map((one) => fill(one, row));
	if (typeof template !== 'object' || template === null) return template;
	return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fill(value, row)]));
}

/** @throws GraphError `batch.column` for a column that the table doesn't have. */
export function checkColumns(wanted: readonly string[], columns: readonly string[], setting?: string): void {
	const missing = wanted.find((one) => !columns.includes(one));
	if (missing === undefined) return;
	const [node, param] = setting?.split('.') ?? [];
	throw new GraphError('batch.column', { column: missing, choices: columns }, node === undefined || param === undefined ? {} : { node, param });
}
