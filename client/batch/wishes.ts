/** What the batch form is set to, and the request that comes of it. */
import { specOf } from '../../nodes/catalogue.ts';
import { type Field, fieldsOf } from '../../nodes/define.ts';
import type { Graph, Recipe } from '../../nodes/graph.ts';
import type { BatchBody, BatchFiles, Input, InputBindings, Pairing } from '../../server/http/api.ts';
import { sourcePort } from '../catalogue/sources.ts';
import type { Place } from './folder-picker.tsx';

export interface Wishes {
	readonly node: string;
	readonly where: 'folder' | 'files' | 'rows';
	readonly from: Place | null;
	readonly files: readonly { readonly id: string; readonly name: string }[];
	/** Other source nodes that get a file an item from a folder of their own. */
	readonly also: Readonly<Record<string, Place>>;
	readonly pairing: Pairing;
	readonly table: Input | null;
	/** `node.param` → column. */
	readonly columns: Readonly<Record<string, string>>;
	readonly to: Place | null;
	readonly folder: string;
	readonly pattern: string;
	readonly recursive: boolean;
	readonly name: string;
	readonly existing: BatchBody['existing'];
	readonly commit: 'item' | 'end';
	readonly stopOnError: boolean;
	readonly canary: boolean;
}

export type Change = (change: Partial<Wishes>) => void;

/** Source nodes of one value, in the graph's order. */
export function sourcesOf({ nodes }: Graph): string[] {
	return Object.entries(nodes).flatMap(([id, node]) => (sourcePort(node)?.many === false ? [id] : []));
}

export function firstWishes(graph: Graph): Wishes {
	const [node = ''] = sourcesOf(graph);
	return {
		node,
		where: node === '' ? 'rows' : 'folder',
		from: null,
		files: [],
		also: {},
		pairing: 'name',
		table: null,
		columns: {},
		to: null,
		folder: '',
		pattern: '',
		recursive: false,
		name: '',
		existing: 'skip',
		commit: 'item',
		stopOnError: false,
		canary: false,
	};
}

/** null: something is still missing. */
export function bodyOf(wishes: Wishes, recipe: Recipe, bindings: InputBindings): BatchBody | null {
	const { to, folder, pattern, recursive, name, existing, commit, stopOnError, canary } = wishes;
	const items = wishes.where === 'rows' ? rows(wishes, recipe, bindings) : files(wishes, bindings);
	if (to === null || items === null) return null;
	return {
		recipe,
		...items,
		...(pattern.trim() === '' || wishes.where !== 'folder' ? {} : { pattern: pattern.trim() }),
		recursive,
		to: { root: to.root, path: [to.path, folder.trim()].filter(Boolean).join('/') },
		...(name.trim() === '' ? {} : { name: name.trim() }),
		existing,
		stopOnError,
		...(commit === 'end' ? { commit } : {}),
		...(canary ? { canary } : {}),
	};
}

/** A recipe may say itself which column it wants. */
function readsColumns({ graph }: Recipe): boolean {
	return Object.values(graph.nodes).some(({ params }) => JSON.stringify(params).includes('{column:'));
}

type Items = Pick<BatchBody, 'node' | 'from' | 'also' | 'pairing' | 'bindings'>;

function rows({ table, columns }: Wishes, recipe: Recipe, bindings: InputBindings): Items | null {
	if (table === null || (Object.keys(columns).length === 0 && !readsColumns(recipe))) return null;
	const settings = Object.fromEntries(Object.entries(columns).map(([setting, column]) => [setting, `{column:${column}}`]));
	return { from: { rows: table.id, settings }, bindings };
}

function files({ node, where, from, files: chosen, also, pairing }: Wishes, bindings: InputBindings): Items | null {
	const origin: BatchFiles | null = where === 'folder' ? from : chosen.length === 0 ? null : { inputs: chosen.map(({ id }) => id) };
	if (node === '' || origin === null) return null;
	const others = Object.entries(also).flatMap(([other, place]) => (other === node ? [] : [{ node: other, from: place }]));
	const own = new Set([node, ...others.map((other) => other.node)]);
	const constant = Object.fromEntries(Object.entries(bindings).filter(([id]) => !own.has(id)));
	return { node, from: origin, bindings: constant, ...(others.length === 0 ? {} : { also: others, pairing }) };
}

export interface Setting {
	/** `node.param` */
	readonly key: string;
	readonly node: string;
	readonly field: Field;
}

const FROM_COLUMNS: ReadonlySet<Field['control']> = new Set(['text', 'long-text', 'number']);

/** Texts and numbers that can come from a column; those that the recipe exposes first. */
export function settingsOf({ graph, parameters = {} }: Recipe): Setting[] {
	const all = Object.entries(graph.nodes).flatMap(([node, { spec: id, params }]) => {
		const spec = specOf(id);
		const fields = spec === undefined ? [] : fieldsOf(spec.params, params);
		return fields
			.filter(({ control, name }) => FROM_COLUMNS.has(control) && !(spec?.saves === true && name === 'name'))
			.map((field): Setting => ({ key: `${node}.${field.name}`, node, field }));
	});
	const exposed = new Set(Object.values(parameters).map(({ node, param }) => `${node}.${param}`));
	return [...all.filter(({ key }) => exposed.has(key)), ...all.filter(({ key }) => !exposed.has(key))];
}

/** The columns of a table that was dropped; null: it is none. */
export function columnsOf(table: Input | null): readonly string[] | null {
	const reading = table?.readings.find((one) => one.kind === 'table');
	return reading?.kind === 'table' ? (reading.columns ?? []).map(({ name }) => name) : null;
}
