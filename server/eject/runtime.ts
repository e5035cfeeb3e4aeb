/**
 * What every script does around its groups: reads its arguments, opens the inputs, sees whether they are like those that it was written
 * for, and puts the results into their folder. Its text goes into the scripts.
 */
import { spawnSync } from 'node:child_process';
import {
	copyFileSync,
	createReadStream,
	createWriteStream,
	linkSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { Metadata } from '../../nodes/define.ts';
import { fileName, folderFor } from '../batch/names.ts';
import { type Found, filesOf } from '../batch/walk.ts';

type Fact = string | number | boolean | null;
export type Facts = Readonly<Record<string, Fact>>;

/** A file of the user's as the groups get it. */
export interface SourceValue {
	readonly path: string;
	readonly name: string;
	readonly stem: string;
	readonly metadata: object;
	readonly select?: string;
	readonly readable?: string;
}
interface MadeValue {
	readonly path?: string;
	readonly metadata?: Metadata;
}

/** How the table at a source is read. */
export interface ScriptTable {
	readonly select: readonly string[];
	readonly encoding: string;
	readonly header: string | null;
	readonly metadata: object;
}

export interface ScriptResult {
	readonly node: string;
	/** Null: an answer, which is printed. */
	readonly template: string | null;
	readonly extension: string;
	readonly many: boolean;
	readonly values: readonly MadeValue[];
	readonly stem: (index: number) => string;
}

type Sources = Readonly<Record<string, readonly SourceValue[]>>;

/** A way to do it, for inputs of one sort. */
export interface Variant {
	/** Facts by input, as this way needs them; `even`: any even number. */
	readonly fits: Readonly<Record<string, Readonly<Record<string, Fact | 'even'>>>>;
	readonly tables: Readonly<Record<string, ScriptTable>>;
	readonly convert: (sources: Sources, folder: () => string) => Promise<readonly ScriptResult[]>;
}

export interface ScriptPlan {
	readonly usage: string;
	readonly sources: readonly {
		readonly id: string;
		readonly names: readonly string[];
		readonly kind: string;
		readonly many: boolean;
		readonly endings: RegExp | null;
	}[];
	readonly programs: readonly string[];
	/** By kind; only where a variant asks. */
	readonly facts: Readonly<Record<string, (path: string, name: string) => Promise<Facts>>>;
	readonly variants: readonly Variant[];
}

let threadCount: string | undefined;
/** `-threads N`, where somebody asked for a number of threads. */
export function threads(option: string): string[] {
	return threadCount === undefined ? [] : [option, threadCount];
}

/** Runs a program in a folder until it has ended; what it printed last is in the error. */
export function run(program: string, args: readonly string[], folder: string): void {
	const { status, error, stderr } = spawnSync(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 26 });
	if (error !== undefined) throw error;
	if (status !== 0) throw new Error(`${program} failed: ${String(stderr).trim().split('\n').slice(-5).join('\n')}`);
}

/** The numbered pictures of a folder. */
export function picturesIn(folder: string): object[] {
	const names = readdirSync(folder).filter((name) => name.endsWith('.png'));
	return names.sort().map((name) => ({ path: join(folder, name), name, metadata: { kind: 'image', format: 'png' } }));
}

/** A SELECT that reads a table: as it was written down, or from a file that a group made. */
export function selectOf({ path, select }: { readonly path: string; readonly select?: string }): string {
	return select ?? `SELECT * FROM read_parquet('${path.replaceAll("'", "''")}')`;
}

/** Puts a text in front of what a file holds. */
export async function putBefore(path: string, text: string): Promise<void> {
	const out = createWriteStream(`${path}.new`);
	out.write(text);
	await pipeline(createReadStream(path), out);
	renameSync(`${path}.new`, path);
}

/** Does something for each of a list, one after the other. */
export async function each<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
	const made: T[] = [];
	for (let index = 0; index < count; index++) made.push(await work(index));
	return made;
}

/** The whole script. The result is its exit status. */
export async function main(plan: ScriptPlan): Promise<number> {
	const asked = argumentsOf(plan);
	if (typeof asked === 'number') return asked;
	const missing = plan.programs.filter((program) => spawnSync(program, ['-version'], { stdio: 'ignore' }).error !== undefined);
	for (const program of missing) console.error(`This script needs the program ${program}. Install it, and see that it is on the PATH.`);
	if (missing.length > 0) return 1;
	let failed = 0;
	const written = new Set<string>();
	for (const [index, item] of asked.items.entries()) {
		const folder = mkdtempSync(join(tmpdir(), 'convert-'));
		try {
			const results = await converted(plan, item.files, folder);
			for (const path of save(
				results,
				{ ...asked, item: item.name, number: index + 1, inputs: Object.values(item.files).flatMap((files) => files.map(({ path }) => path)) },
				written,
			))
				console.log(path);
		} catch (error) {
			failed++;
			console.error(`${item.name}: ${error instanceof Error ? error.message : String(error)}`);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	}
	return failed > 0 ? 1 : 0;
}

interface Asked {
	readonly items: readonly { readonly name: string; readonly files: Readonly<Record<string, readonly Found[]>> }[];
	readonly out: string;
	readonly overwrite: boolean;
}

function argumentsOf(plan: ScriptPlan): Asked | number {
	const wrong = (message: string) => {
		console.error(`${message}\n\n${plan.usage}`);
		return 2;
	};
	try {
		const { values, positionals } = parseArgs({
			options: { overwrite: { type: 'boolean', default: false }, threads: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
			allowPositionals: true,
		});
		if (values.help) {
			console.log(plan.usage);
			return 0;
		}
		threadCount = values.threads;
		const folder = positionals.pop();
		if (folder === undefined) return wrong('Expected a folder for the results.');
		const out = resolve(folder);
		const given = bound(plan, positionals, out);
		const empty = plan.sources.find(({ id }) => (given.get(id) ?? []).length === 0);
		if (empty !== undefined) return wrong(`Expected a file or a folder for ${empty.id}.`);
		const lists = plan.sources.filter(({ id, many }) => !many && (given.get(id) ?? []).length > 1);
		if (lists.length > 1) return wrong(`Expected one file for all but one of ${lists.map(({ id }) => id).join(', ')}.`);
		const list = lists[0] ?? plan.sources.find(({ many }) => !many);
		const all = Object.fromEntries(given);
		const items =
			list === undefined
				? [{ name: plan.sources[0] === undefined ? 'result' : (given.get(plan.sources[0].id)?.[0]?.item ?? ''), files: all }]
				: (given.get(list.id) ?? []).map((file) => ({ name: file.item, files: { ...all, [list.id]: [file] } }));
		return { items, out, overwrite: values.overwrite };
	} catch (error) {
		return wrong(error instanceof Error ? error.message : String(error));
	}
}

/** Inputs by source: by name (`photo=a.jpg`), else in order; what is left goes to the last. */
function bound({ sources }: ScriptPlan, inputs: readonly string[], out: string): Map<string, Found[]> {
	const given = new Map<string, Found[]>();
	const free = [...sources];
	let last = sources.at(-1);
	for (const input of inputs) {
		const named = /^([A-Za-z0-9_-]{1,64})=(.+)$/s.exec(input);
		const byName = sources.find(({ id, names }) => named !== null && (id === named[1] || names.includes(named[1] ?? '')));
		const source = byName ?? free[0] ?? last;
		if (source === undefined) throw new Error('This script takes no input.');
		if (free.includes(source)) free.splice(free.indexOf(source), 1);
		last = source;
		const files = filesOf(byName === undefined ? input : (named?.[2] ?? ''), { except: [out] });
		const fitting = files.filter((file) => !file.listed || source.endings === null || source.endings.test(file.path));
		if (fitting.length === 0) throw new Error(`There is nothing for ${source.id} in ${input}.`);
		given.set(source.id, [...(given.get(source.id) ?? []), ...fitting]);
	}
	return given;
}

async function converted(plan: ScriptPlan, files: Readonly<Record<string, readonly Found[]>>, folder: string): Promise<readonly ScriptResult[]> {
	const reasons: string[] = [];
	for (const variant of plan.variants) {
		const reason = await misfit(plan, variant, files);
		if (reason !== null) {
			reasons.push(reason);
			continue;
		}
		const sources: Record<string, SourceValue[]> = {};
		for (const { id, kind } of plan.sources)
			sources[id] = (files[id] ?? []).map((file, index) => opened(file, kind, variant.tables[id], join(folder, `${id}-${index}`)));
		let count = 0;
		const next = () => {
			const own = join(folder, String(++count));
			mkdirSync(own);
			return own;
		};
		return variant.convert(sources, next);
	}
	throw new Error(`${[...new Set(reasons)].join('; ')}. Save the script again with a file like this one as its example.`);
}

/** Why a variant is not for these files; null where it is. */
async function misfit(plan: ScriptPlan, { fits, tables }: Variant, files: Readonly<Record<string, readonly Found[]>>): Promise<string | null> {
	for (const { id, kind } of plan.sources) {
		const wanted = Object.entries(fits[id] ?? {});
		const facts = plan.facts[kind];
		for (const { path } of files[id] ?? []) {
			const header = tables[id]?.header ?? null;
			if (header !== null && headerOf(path, tables[id]?.encoding ?? 'utf-8') !== header)
				return `this script was written for a table with the columns ${header}`;
			if (wanted.length === 0 || facts === undefined) continue;
			const found = await facts(path, basename(path));
			for (const [name, value] of wanted) {
				const actual = found[name] ?? null;
				if (!alike(actual, value)) return `this script was written for a file whose ${name} is ${String(value)}, here it is ${String(actual)}`;
			}
		}
	}
	return null;
}

function alike(actual: Fact, wanted: Fact | 'even'): boolean {
	if (wanted === 'even') return typeof actual === 'number' && actual % 2 === 0;
	if (typeof actual === 'number' && typeof wanted === 'number') return Math.abs(actual - wanted) < 0.0005;
	return actual === wanted;
}

/** The first line; more is not read than a line of names can be long. */
function headerOf(path: string, encoding: string): string {
	const text = new TextDecoder(encoding).decode(readFileSync(path).subarray(0, 1 << 20));
	return (/^[^\r\n]*/.exec(text) ?? [''])[0];
}

function opened({ path, item }: Found, kind: string, table: ScriptTable | undefined, folder: string): SourceValue {
	const name = basename(item);
	const dot = name.lastIndexOf('.');
	const value = { path, name, stem: dot > 0 ? name.slice(0, dot) : name };
	if (table === undefined) return { ...value, metadata: { kind, format: 'file' } };
	let readable = path;
	if (table.encoding !== 'utf-8') {
		mkdirSync(folder);
		readable = join(folder, 'utf8.txt');
		writeFileSync(readable, new TextDecoder(table.encoding).decode(readFileSync(path)));
	}
	const select = table.select.join(`'${readable.replaceAll("'", "''")}'`);
	return { ...value, metadata: table.metadata, select, readable };
}

interface Saving {
	readonly out: string;
	readonly overwrite: boolean;
	readonly item: string;
	readonly number: number;
	/** Never written over. */
	readonly inputs: readonly string[];
}

/** Every result is whole beside its place before it gets its name. */
function save(results: readonly ScriptResult[], { out, overwrite, item, number, inputs }: Saving, written: Set<string>): string[] {
	const targets: { readonly from: string; readonly to: string }[] = [];
	for (const result of results) {
		for (const [index, value] of result.values.entries()) {
			if (value.path === undefined) throw new Error(`${result.node} made no file.`);
			if (result.template === null) {
				console.log(readFileSync(value.path, 'utf8').trimEnd());
				continue;
			}
			const facts = {
				stem: result.stem(index),
				item,
				number,
				index: result.many ? index + 1 : null,
				count: result.values.length,
				extension: result.extension,
				date: new Date(),
			};
			const to = join(folderFor(out, item, true), fileName(result.template, { ...facts, metadata: value.metadata ?? null }));
			if (written.has(to)) throw new Error(`Two results would be called ${to}.`);
			if (inputs.includes(to)) throw new Error(`The result would be written over its own input ${to}. Choose another folder.`);
			written.add(to);
			targets.push({ from: value.path, to });
		}
	}
	for (const { from, to } of targets) put(from, to, overwrite);
	return targets.map(({ to }) => to);
}

function put(from: string, to: string, overwrite: boolean): void {
	mkdirSync(dirname(to), { recursive: true });
	const part = join(dirname(to), `.${process.pid}.part`);
	copyFileSync(from, part);
	try {
		if (overwrite) renameSync(part, to);
		else linkSync(part, to);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
			throw new Error(`${to} is there already. It was left as it is; --overwrite replaces it.`);
		throw error;
	} finally {
		rmSync(part, { force: true });
	}
}
