/** A recipe as one script that needs no Millwright. */
import type { Kind, Metadata } from '../../nodes/define.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { wideningTo } from '../../nodes/kinds.ts';
import { GraphError, ProblemError } from '../../nodes/problems.ts';
import type { TableReading } from '../backends/table/reading.ts';
import { sourceNodes } from '../batch/inputs.ts';
import { saversOf } from '../batch/predict.ts';
import type { Bindings, Source } from '../engine/engine.ts';
import type { Planners } from '../engine/fuse.ts';
import { type Program, program } from '../engine/program.ts';
import type { Workers } from '../engine/workers.ts';
import { type Draft, draft, type Naming, sourceName } from './draft.ts';
import { nodeScript } from './node.ts';
import { conditions, type Fact, type Fits, type Shape, type Shapes, withFacts } from './shapes.ts';
import { shellScript } from './shell.ts';
import { suppositions } from './suppose.ts';

export interface EjectParts {
	readonly planners: Planners;
	readonly workers: Pick<Workers, 'reading'>;
	/** Typical files, for inputs of which there is no example. */
	readonly standIns: Bindings;
}

export interface EjectRequest {
	readonly recipe: Recipe;
	/** Examples: for each input the files that the script is to fit. */
	readonly examples: Bindings;
	readonly as: 'node' | 'sh';
	/** Name of the script's file, for its help. */
	readonly file?: string;
}

/** An input of a script. */
export interface ScriptSource {
	readonly id: string;
	readonly names: readonly string[];
	readonly kind: Kind;
	readonly many: boolean;
}

/** A way to do it, for inputs of one sort. */
export interface DraftVariant {
	readonly draft: Draft;
	readonly program: Program;
	/** How the results of nodes that save are called. */
	readonly savers: ReadonlyMap<string, Naming>;
	readonly fits: Readonly<Record<string, Fits>>;
	readonly tables: Readonly<Record<string, TableReading & { readonly metadata: Metadata }>>;
}

export interface ScriptFacts {
	readonly recipe: Recipe;
	readonly file: string;
	readonly sources: readonly ScriptSource[];
	readonly variants: readonly DraftVariant[];
}

/** @throws ProblemError for what is wrong with the recipe or the examples, `eject.*` where it can't be written as a script. */
export async function eject(request: EjectRequest, parts: EjectParts): Promise<string> {
	const { recipe, examples, as } = request;
	const nodes = sourceNodes(recipe);
	const lists = nodes.filter(({ id, many }) => !many && (examples[id]?.length ?? 0) > 1);
	if (lists.length > 1) throw new GraphError('eject.lists', { input: lists.map(({ id }) => id) });
	const list = lists[0]?.id;
	const items = list === undefined ? [examples] : (examples[list] ?? []).map((source) => ({ ...examples, [list]: [source] }));
	const variants: DraftVariant[] = [];
	let sources: readonly ScriptSource[] = [];
	for (const item of items) {
		const example = exampleOf(nodes, item, parts.standIns);
		sources = example.sources;
		const variant = await variantOf(recipe, example, parts);
		if (!variants.some((other) => sameVariant(other, variant))) variants.push(variant);
	}
	const facts = { recipe, file: request.file ?? (as === 'sh' ? 'convert.sh' : 'convert.mjs'), sources, variants };
	return as === 'sh' ? shellScript(facts, parts.planners) : nodeScript(facts);
}

function sameVariant(one: DraftVariant, other: DraftVariant): boolean {
	const key = ({ draft, fits, tables }: DraftVariant) =>
		JSON.stringify([textOf(draft), fits, Object.entries(tables).map(([id, table]) => [id, table.select, table.header])]);
	return key(one) === key(other);
}

/** All that a script says about its groups, for comparing. */
function textOf({ functions, body }: Draft): string {
	return JSON.stringify([functions.map(({ nodes, part }) => [nodes, part.code, part.count]), body]);
}

interface Example {
	readonly sources: readonly ScriptSource[];
	readonly files: Readonly<Record<string, readonly Source[]>>;
	readonly readings: Readonly<Record<string, readonly Metadata[]>>;
	/** Inputs without an example. */
	readonly typical: ReadonlySet<string>;
}

function exampleOf(nodes: ReturnType<typeof sourceNodes>, examples: Bindings, typical: Bindings): Example {
	const files: Record<string, readonly Source[]> = {};
	const readings: Record<string, readonly Metadata[]> = {};
	const without = new Set<string>();
	const sources = nodes.map(({ id, names, kind, many }): ScriptSource => {
		const given = examples[id] ?? [];
		if (given.length === 0) without.add(id);
		files[id] = given.length > 0 ? given : (typical[id] ?? []);
		readings[id] = files[id].map((source) => readingOf(source, kind, id));
		return { id, names, kind: readings[id][0]?.kind ?? kind, many };
	});
	return { sources, files, readings, typical: without };
}

function readingOf(source: Source, kind: Kind, node: string): Metadata {
	if (kind === 'file') return { kind: 'file', format: source.format, bytes: source.bytes, content: null };
	const reading = source.readings.find((one) => one.kind === kind) ?? source.readings.find((one) => wideningTo(one, kind) !== undefined);
	if (reading === undefined)
		throw new GraphError('input.kind', { expected: kind, input: node, name: source.name, got: source.readings[0]?.kind ?? 'file' }, { node });
	return reading;
}

async function variantOf(recipe: Recipe, example: Example, parts: EjectParts): Promise<DraftVariant> {
	const plain = unchanged(parts.planners);
	const savers = new Map(saversOf(recipe).map(({ node, template, extension }): [string, Naming] => [node, { template, extension }]));
	const shapesGiven: Record<string, Shape> = {};
	for (const { id, many } of example.sources) {
		const [first] = example.readings[id] ?? [];
		if (first !== undefined) shapesGiven[id] = { metadata: first, count: many ? (example.readings[id]?.length ?? 1) : null };
	}
	const planFor = (shapes: Shapes, each?: (source: string, index: number) => Readonly<Record<string, Fact>>, supposing = 0, planners = plain) =>
		program(recipe, boundTo(shapes, each), planners, suppositions(supposing));
	const draftOf = (plan: Program, shapes: Shapes) =>
		draft(plan, {
			planners: plain,
			savers,
			lists: new Map(Object.entries(shapes).flatMap(([id, { count }]) => (count === null ? [] : [[id, count] as const]))),
		});
	const textFor = (shapes: Shapes, each?: (source: string, index: number) => Readonly<Record<string, Fact>>) => {
		try {
			return textOf(draftOf(planFor(shapes, each, 0, joining), shapes));
		} catch (error) {
			if (error instanceof ProblemError) return null;
			throw error;
		}
	};
	const joining = joined(plain);
	/* What is wrong with the recipe and this example is said as it is. */
	const first = planFor(shapesGiven);
	draftOf(first, shapesGiven);
	const { shapes, fits } = conditions(shapesGiven, textFor, !first.groups.some(({ group }) => group.backend === 'video'));
	for (const { id, kind } of example.sources) {
		const wanted = Object.keys(fits[id] ?? {});
		if (example.typical.has(id) && (wanted.length > 0 || kind === 'table')) throw new GraphError('eject.needs-input', { input: id }, { node: id });
		const differ = (example.readings[id] ?? []).some((reading) =>
			wanted.some((fact) => fact !== 'count' && fact !== 'sizes' && !fitsTo(reading, fact, fits[id]?.[fact] ?? null)),
		);
		const columns = new Set(
			(example.readings[id] ?? []).map((reading) => (reading.kind === 'table' ? JSON.stringify(reading.columns?.map(({ name, type }) => [name, type])) : '')),
		);
		if (differ || columns.size > 1) throw new GraphError('eject.lists', { input: id }, { node: id });
	}
	const plan = planFor(shapes);
	const text = textFor(shapes);
	for (const supposing of [1, 2]) {
		const [node = ''] = plan.supposed;
		if (plan.supposed.length === 0) break;
		const other = attempted(() => textOf(draftOf(planFor(shapes, undefined, supposing, joining), shapes)));
		if (other !== text) throw new GraphError('eject.unknown', { node }, { node });
	}
	return { draft: draftOf(plan, shapes), program: plan, savers, fits, tables: await tablesOf(example, parts.workers) };
}

/** Planners that do as the graph says: what the optimiser may change for one file it may not for another. */
function unchanged(planners: Planners): Planners {
	const { image, video, table, task } = planners;
	const rules = { rules: [] };
	return { image: Object.assign({}, image, rules), video: Object.assign({}, video, rules), table: Object.assign({}, table, rules), task };
}

const WRITTEN = { en: 'the picture is written', zh: '图片在此写成文件' };

/** For comparing only: where a chain of pictures is cut into groups makes no difference to what comes out. */
function joined(planners: Planners): Planners {
	const canJoin: Planners['image']['canJoin'] = (group) => (group.some((part) => part.steps.some((step) => step.op === 'encode')) ? WRITTEN : true);
	return { ...planners, image: { ...planners.image, canJoin } };
}

function attempted(work: () => string): string | null {
	try {
		return work();
	} catch (error) {
		if (error instanceof ProblemError) return null;
		throw error;
	}
}

function fitsTo(reading: Metadata, fact: string, wanted: Fact | 'even'): boolean {
	const value: unknown = Object.entries(reading).find(([name]) => name === fact)?.[1] ?? null;
	return wanted === 'even' ? typeof value === 'number' && value % 2 === 0 : value === wanted;
}

/** Sources that are what the shapes say and nothing else; no file is named, so none can get into the text. */
function boundTo(shapes: Shapes, each?: (source: string, index: number) => Readonly<Record<string, Fact>>): Bindings {
	const entries = Object.entries(shapes).map(([id, { metadata, count }]): [string, readonly Source[]] => {
		const list = Array.from({ length: count ?? 1 }, (_, index): Source => {
			const reading = each === undefined ? metadata : withFacts(metadata, each(id, index));
			const format = 'format' in reading && reading.format !== null ? reading.format : 'bin';
			return { path: `/${sourceName(id, index)}`, name: sourceName(id, index), content: `eject-${id}-${index}`, bytes: 1, format, readings: [reading] };
		});
		return [id, list];
	});
	return Object.fromEntries(entries);
}

async function tablesOf({ sources, files, readings, typical }: Example, workers: EjectParts['workers']): Promise<DraftVariant['tables']> {
	const tables: Record<string, DraftVariant['tables'][string]> = {};
	for (const { id, kind } of sources) {
		const [file] = files[id] ?? [];
		const [metadata] = readings[id] ?? [];
		if (kind !== 'table' || file === undefined || metadata?.kind !== 'table' || typical.has(id)) continue;
		const reading = await workers.reading({ type: 'reading', path: file.path, format: file.format, name: file.name, columns: metadata.columns });
		const columns = metadata.columns?.map(({ name, type }) => ({ name, type })) ?? null;
		tables[id] = { ...reading, metadata: { ...metadata, columns, rows: null } };
	}
	return tables;
}
