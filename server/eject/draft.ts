/** A program as JavaScript: a function for each sort of group, and a body that calls them. Groups that differ only in the element that they work on become a loop. */
import { KIND_TITLES } from '../../nodes/define.ts';
import { GraphError } from '../../nodes/problems.ts';
import type { Planners } from '../engine/fuse.ts';
import type { ScriptPart } from '../engine/group.ts';
import type { Program, ProgramGroup, ProgramRef, ProgramResult } from '../engine/program.ts';

/** A sort of group: all of them have the same text. */
export interface DraftFunction {
	readonly nodes: readonly string[];
	readonly backend: string;
	readonly part: ScriptPart;
}

export interface Draft {
	readonly functions: readonly DraftFunction[];
	/** Statements that end with `return [results]`; `{N}` stands for the name of function N. */
	readonly body: string;
}

/** What naming needs of a node that saves. */
export interface Naming {
	readonly template: string;
	readonly extension: string;
}

export interface Drafting {
	readonly planners: Planners;
	readonly savers: ReadonlyMap<string, Naming>;
	/** Lengths of sources that are lists. */
	readonly lists: ReadonlyMap<string, number>;
}

/** Sources are called so while a program is planned; a result's stem then says which one it is made from. */
export function sourceName(node: string, index: number): string {
	return `@${node}.${index}.x`;
}

/** @throws GraphError `eject.node`, `eject.not-yet`. */
export function draft(program: Program, drafting: Drafting): Draft {
	const parts = program.groups.map((group, index) => partOf(group, program, index, drafting));
	const sorts: Sort[] = [];
	const places = program.groups.map((group, index): Place => {
		const part = parts[index];
		if (part === undefined) throw new Error('a group has a part');
		const key = JSON.stringify([group.nodes, part.code, part.count]);
		let sort = sorts.find((one) => one.key === key);
		if (sort === undefined) {
			sort = { key, groups: [], function: { nodes: group.nodes, backend: group.group.backend, part } };
			sorts.push(sort);
		}
		sort.groups.push(group);
		return { sort: sorts.indexOf(sort), instance: sort.groups.length - 1 };
	});
	const writer = new Writer(sorts, places, drafting.lists);
	const calls = sorts.map((_, index) => writer.call(index));
	const results = program.results.map((result) => writer.result(result, namingOf(result, drafting)));
	return { functions: sorts.map((sort) => sort.function), body: [...calls, 'return [', ...results.map((text) => `\t${text},`), '];'].join('\n') };
}

function partOf({ group, nodes, spec, reads }: ProgramGroup, program: Program, _: number, { planners }: Drafting): ScriptPart {
	const node = nodes.at(-1) ?? '';
	const part = planners[group.backend].script(group);
	if (part === '') throw new GraphError('eject.not-yet', { node, title: spec.title.en }, { node });
	if (typeof part === 'string') throw new GraphError('eject.node', { node, reason: part }, { node });
	/* Only the table backend makes Parquet; what a task makes may be any table. */
	for (const [index, ref] of reads.entries()) {
		const maker = ref.from === 'group' ? program.groups[ref.group] : undefined;
		const isTable = group.inputs[index]?.metadata.kind === 'table';
		if (isTable && maker !== undefined && maker.group.backend !== 'table')
			throw new GraphError('eject.node', { node, reason: `reads a table that ${maker.nodes.at(-1) ?? ''} makes` }, { node });
	}
	return part;
}

function namingOf({ node, metadata }: ProgramResult, { savers }: Drafting): Naming | null {
	const naming = savers.get(node);
	const holds = metadata?.kind === 'file' ? metadata.content?.kind : undefined;
	if (naming !== undefined && holds !== 'image' && /\{(?:width|height)\}/.test(naming.template))
		throw new GraphError('eject.node', { node, reason: 'is called by a size that a script does not look for' }, { node });
	if (naming !== undefined) return naming;
	if (metadata?.kind === 'text') return null;
	throw new GraphError('eject.node', { node, reason: `makes ${KIND_TITLES[metadata?.kind ?? 'file'].en.toLowerCase()} that nothing saves` }, { node });
}

interface Sort {
	readonly key: string;
	readonly groups: ProgramGroup[];
	readonly function: DraftFunction;
}
interface Place {
	readonly sort: number;
	readonly instance: number;
}

class Writer {
	readonly #sorts: readonly Sort[];
	readonly #places: readonly Place[];
	readonly #lists: ReadonlyMap<string, number>;

	constructor(sorts: readonly Sort[], places: readonly Place[], lists: ReadonlyMap<string, number>) {
		this.#sorts = sorts;
		this.#places = places;
		this.#lists = lists;
	}

	/** `const made1 = …`, a list with an entry for each group of the sort. */
	call(index: number): string {
		const sort = this.#sorts[index];
		const [first, ...more] = sort?.groups ?? [];
		if (sort === undefined || first === undefined) throw new Error('a sort has groups');
		const name = `made${index + 1}`;
		const element = (group: ProgramGroup) => group.group.parts[0]?.element;
		if (more.length === 0 && element(first) === undefined) return `const ${name} = [await {${index}}(${this.#list(first.reads)}, folder())];`;
		const loop = this.#loop(sort, index);
		if (loop !== null) return loop;
		const calls = sort.groups.map((group) => {
			const own = element(group);
			return `await {${index}}(${this.#list(group.reads)}, folder()${own === undefined ? '' : `, ${own}`})`;
		});
		return `const ${name} = [${calls.join(', ')}];`;
	}

	#loop(sort: Sort, index: number): string | null {
		const { groups } = sort;
		const width = groups[0]?.reads.length ?? 0;
		if (groups.some((group) => group.reads.length !== width)) return null;
		let length: string | null = null;
		const inputs: string[] = [];
		for (let at = 0; at < width; at++) {
			const refs = groups.flatMap((group) => group.reads[at] ?? []);
			const [first] = refs;
			if (first === undefined) return null;
			if (refs.every((ref) => sameRef(ref, first))) {
				inputs.push(this.#ref(first));
				continue;
			}
			const along = this.#along(refs);
			if (along === null) return null;
			inputs.push(along.item);
			length ??= along.length;
		}
		const elements = groups.map((group) => group.group.parts[0]?.element);
		const perElement = elements.every((element, at) => element === at);
		if (!perElement && elements.some((element) => element !== undefined)) return null;
		const { count } = sort.function.part;
		if (perElement && count === undefined) return null;
		const given = `[${inputs.join(', ')}]`;
		const many = perElement ? `await (async (inputs) => ${count})(${given})` : length;
		if (many === null) return null;
		return `const made${index + 1} = await each(${many}, async (i) => {${index}}(${given}, folder()${perElement ? ', i' : ''}));`;
	}

	/** References that go through a list in its order, as the `i`th of it. */
	#along(refs: readonly ProgramRef[]): { readonly item: string; readonly length: string } | null {
		const list = this.#whole(refs);
		return list === null ? null : { item: list.item('i'), length: list.length };
	}

	/** The list of which these are all the values, in order. */
	#whole(refs: readonly ProgramRef[]): { readonly item: (index: string) => string; readonly length: string; readonly all: string } | null {
		const [first] = refs;
		if (first === undefined || refs.length < 2) return null;
		if (first.from === 'source') {
			const list = `sources[${JSON.stringify(first.node)}]`;
			const fits = refs.length === this.#lists.get(first.node) && refs.every((ref, i) => ref.from === 'source' && ref.node === first.node && ref.index === i);
			return fits ? { item: (i) => `${list}[${i}]`, length: `${list}.length`, all: `...${list}` } : null;
		}
		const groups = refs.flatMap((ref) => (ref.from === 'group' ? [ref] : []));
		if (groups.length !== refs.length) return null;
		const place = this.#places[first.group];
		if (place === undefined) return null;
		const name = `made${place.sort + 1}`;
		if (first.element !== null) {
			const fits = groups.every((ref, i) => ref.group === first.group && ref.output === first.output && ref.element === i);
			const list = `${name}[${place.instance}][${first.output}]`;
			return fits ? { item: (i) => `${list}[${i}]`, length: `${list}.length`, all: `...${list}` } : null;
		}
		const fits = groups.every((ref, i) => {
			const own = this.#places[ref.group];
			return own?.sort === place.sort && own.instance === i && ref.output === first.output && ref.element === null;
		});
		if (!fits || refs.length !== this.#sorts[place.sort]?.groups.length) return null;
		return { item: (i) => `${name}[${i}][${first.output}]`, length: `${name}.length`, all: `...${name}.map((made) => made[${first.output}])` };
	}

	#list(refs: readonly ProgramRef[]): string {
		const whole = this.#whole(refs);
		return `[${whole?.all ?? refs.map((ref) => this.#ref(ref)).join(', ')}]`;
	}

	#ref(ref: ProgramRef): string {
		if (ref.from === 'source') return `sources[${JSON.stringify(ref.node)}][${ref.index}]`;
		const place = this.#places[ref.group];
		return `made${(place?.sort ?? 0) + 1}[${place?.instance ?? 0}][${ref.output}]${ref.element === null ? '' : `[${ref.element}]`}`;
	}

	result({ node, many, values, stems }: ProgramResult, naming: Naming | null): string {
		const fields = [
			`node: ${JSON.stringify(node)}`,
			`template: ${JSON.stringify(naming?.template ?? null)}`,
			`extension: ${JSON.stringify(naming?.extension ?? 'txt')}`,
			`many: ${many}`,
			`values: ${this.#list(values)}`,
			`stem: ${stemText(stems)}`,
		];
		return `{ ${fields.join(', ')} }`;
	}
}

function sameRef(one: ProgramRef, other: ProgramRef): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function stemText(stems: readonly string[]): string {
	const found = stems.map((stem) => /^@([A-Za-z0-9_-]+)\.(\d+)$/.exec(stem));
	const [first] = found;
	const of = (at: string) => `sources[${JSON.stringify(first?.[1])}][${at}].stem`;
	const sameNode = first !== undefined && first !== null && found.every((one) => one?.[1] === first[1]);
	if (sameNode && found.every((one) => one?.[2] === first[2])) return `() => ${of(first[2] ?? '0')}`;
	if (sameNode && found.every((one, i) => one?.[2] === String(i))) return `(i) => ${of('i')}`;
	if (found.every((one) => one === null)) return `(i) => ${JSON.stringify(stems)}[i]`;
	const each = found.map((one, i) => (one === null ? JSON.stringify(stems[i]) : `sources[${JSON.stringify(one[1])}][${one[2]}].stem`));
	return `(i) => [${each.join(', ')}][i]`;
}
