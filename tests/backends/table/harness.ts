/** Runs table nodes and tasks on files, without the engine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { specOf } from '../../../nodes/catalogue.ts';
import type { AnyMetadata, Fixture, Metadata, Params, Spec, TableMetadata } from '../../../nodes/define.ts';
import { probeTable } from '../../../server/backends/table/probe.ts';
import { tableRunner } from '../../../server/backends/table/run.ts';
import type { Group, GroupInput, MadeValue, Part, Ref, TaskRunner } from '../../../server/engine/group.ts';
import { FIXTURE_FILES, fixture } from '../../fixtures/index.ts';

export interface FileValue {
	readonly path: string;
	readonly name: string;
	readonly metadata: Metadata;
}

/** A folder that is removed when `use` is done. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), 'millwright-test-'));
	try {
		return await use(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

export async function tableFile(path: string, format = path.split('.').pop() ?? 'csv'): Promise<FileValue & { readonly metadata: TableMetadata }> {
	return { path, name: path.split('/').pop() ?? path, metadata: await probeTable(path, format) };
}

export async function fixtureValue(name: Fixture): Promise<FileValue> {
	const path = fixture(name);
	if (FIXTURE_FILES[name].endsWith('.csv')) return tableFile(path);
	if (name === 'chart') return { path, name: 'chart.json', metadata: { kind: 'chart', width: 480, height: 300, mark: 'bar', title: null } };
	return { path, name: 'text.txt', metadata: { kind: 'text', characters: null, lines: null } };
}

export function spec(id: string): Spec {
	const found = specOf(id);
	if (found === undefined) throw new Error(`no spec ${id}`);
	return found;
}

export interface Use {
	readonly spec: Spec;
	readonly params: Params;
	/** By port: group inputs or earlier parts. */
	readonly inputs: Readonly<Record<string, readonly Ref[]>>;
}

/** A group of table nodes, each described and lowered as the engine does. */
export function groupOf(values: readonly FileValue[], uses: readonly Use[], outputs: readonly number[]): Group {
	const seen: Metadata[] = [];
	const parts = uses.map((use, index): Part => {
		if (use.spec.medium !== 'table') throw new Error('a table node');
		const params = use.spec.params.parse(use.params);
		const inputs = portMetadata(
			use.spec,
			Object.fromEntries(Object.entries(use.inputs).map(([port, refs]) => [port, refs.map((ref) => metadataAt(ref, values, seen))])),
		);
		const expected = Object.values(use.spec.describe(params, inputs))[0];
		if (expected === undefined || !('kind' in expected)) throw new Error('one output');
		seen[index] = expected;
		return { node: `n${index}`, spec: use.spec.id, params, steps: use.spec.lower(params, inputs), inputs: use.inputs, expected: { out: expected } };
	});
	const inputs = values.map((value, i): GroupInput => ({ key: `in${i}`, from: 'file', path: value.path, name: value.name, metadata: value.metadata }));
	return { backend: 'table', parts, inputs, outputs: outputs.map((part) => ({ key: `out${part}`, part, port: 'table', keep: 'file' })) };
}

function metadataAt(ref: Ref, values: readonly FileValue[], seen: readonly Metadata[]): Metadata {
	const found = 'part' in ref ? seen[ref.part] : values[ref.input]?.metadata;
	if (found === undefined) throw new Error('a value');
	return found;
}

/** Metadata by port, as `describe` takes it. */
export function portMetadata(of: Spec, values: Readonly<Record<string, readonly Metadata[]>>): Readonly<Record<string, AnyMetadata>> {
	return Object.fromEntries(
		Object.entries(values).flatMap(([port, all]) => {
			const [first] = all;
			if (first === undefined) return [];
			return [[port, of.inputs[port]?.many === true ? { count: all.length, element: first, elements: all } : first]];
		}),
	);
}

/** Runs a group; its outputs in order. */
export async function runGroup(group: Group, folder: string, signal = new AbortController().signal): Promise<readonly FileValue[]> {
	const made = await tableRunner.run(group, { folder, signal, progress: () => {}, memory: new Map(), threads: 2 });
	return made.map((one) => {
		if (!('value' in one) || !('path' in one.value)) throw new Error('a file');
		return { path: one.value.path, name: 'made', metadata: one.value.metadata };
	});
}

/** Runs a task. */
export async function runTask(
	id: string,
	params: Params,
	inputs: Readonly<Record<string, readonly FileValue[]>>,
	folder: string,
): Promise<Readonly<Record<string, FileValue>>> {
	const module: { readonly default: TaskRunner } = await import(`../../../server/backends/task/${id.replaceAll('.', '-')}.ts`);
	const parsed = spec(id).params.parse(params);
	const result = await module.default({ params: parsed, inputs, expected: {}, folder, signal: new AbortController().signal, progress: () => {}, threads: 2 });
	return Object.fromEntries(Object.entries(result).map(([port, value]) => [port, fileOf(value)]));
}

function fileOf(value: MadeValue | readonly MadeValue[]): FileValue {
	if (!('path' in value)) throw new Error('a file');
	return { path: value.path, name: 'made', metadata: value.metadata };
}
