/** Runs small graphs of video nodes through the backend: as one group, or each node as a group of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import sharp from 'sharp';
import { type AnyMetadata, type Fixture, type ManyMetadata, type Metadata, portsOf, type Spec, type Step } from '../../../nodes/define.ts';
import { probeMedia } from '../../../server/backends/video/probe.ts';
import { videoRunner } from '../../../server/backends/video/run.ts';
import type { Group, GroupInput, MadeValue, Part, Ref, RunContext } from '../../../server/engine/group.ts';
import { fixture } from '../../fixtures/index.ts';

export interface Use {
	readonly spec: Spec;
	readonly params?: Readonly<Record<string, unknown>>;
	/** A fixture, a file, or the number of an earlier use, by port; one for the first port. */
	readonly from?: Readonly<Record<string, readonly From[]>>;
}
export type From = Fixture | number | { readonly path: string };

export interface Planned {
	readonly parts: readonly Part[];
	readonly inputs: readonly GroupInput[];
	/** What `describe` says, for each use. */
	readonly described: readonly AnyMetadata[];
}

/** Metadata of a file, as the engine's look gives it. */
export async function look(path: string): Promise<Metadata> {
	const format = extname(path).slice(1);
	if (['gif', 'png', 'jpg', 'webp'].includes(format)) {
		const { width = 0, height = 0, pages = 1, pageHeight, delay = [], hasAlpha = false } = await sharp(path).metadata();
		const duration = pages > 1 ? delay.reduce((sum, ms) => sum + ms, 0) / 1000 : 0;
		return { kind: 'image', width, height: pageHeight ?? height, frames: pages, duration, alpha: hasAlpha, format: format === 'jpg' ? 'jpeg' : format };
	}
	const [first] = await probeMedia(path, format);
	if (first === undefined) throw new Error(`nothing in ${path}`);
	return first;
}

/** Parts and inputs of a graph; an image that enters a video port goes through the widening, as in the engine. */
export async function planned(uses: readonly Use[], fromAnimation: Spec): Promise<Planned> {
	const parts: Part[] = [];
	const inputs: GroupInput[] = [];
	const described: AnyMetadata[] = [];
	const partOf: number[] = [];
	const add = (spec: Spec, params: Readonly<Record<string, unknown>>, refs: Part['inputs'], seen: Readonly<Record<string, AnyMetadata>>) => {
		const parsed = spec.params.parse(params) as Readonly<Record<string, unknown>>;
		const out = spec.describe(parsed, seen);
		const steps: readonly Step[] = 'lower' in spec ? spec.lower(parsed, seen) : [];
		const expected = Object.fromEntries(Object.entries(out).map(([port, metadata]) => [port, 'element' in metadata ? metadata.element : metadata]));
		parts.push({ node: `n${parts.length}`, spec: spec.id, params: parsed, steps, inputs: refs, expected });
		return out;
	};
	for (const { spec, params = {}, from = {} } of uses) {
		const refs: Record<string, Ref[]> = {};
		const seen: Record<string, AnyMetadata> = {};
		for (const [port, sources] of Object.entries(from)) {
			const metadatas: Metadata[] = [];
			for (const source of sources) {
				let metadata: Metadata;
				let ref: Ref;
				if (typeof source === 'number') {
					const part = partOf[source] ?? 0;
					const name = Object.keys(parts[part]?.expected ?? {})[0] ?? '';
					ref = { part, port: name };
					metadata = parts[part]?.expected[name] as Metadata;
				} else {
					const path = typeof source === 'string' ? fixture(source) : source.path;
					metadata = await look(path);
					const known = inputs.findIndex((input) => input.from === 'file' && input.path === path);
					ref = { input: known >= 0 ? known : inputs.push({ key: path, metadata, from: 'file', path, name: path }) - 1 };
				}
				if (metadata.kind === 'image' && portsOf(spec, params).inputs[port]?.kind === 'video') {
					const widened = add(fromAnimation, {}, { image: [ref] }, { image: metadata });
					metadata = widened.video as Metadata;
					ref = { part: parts.length - 1, port: 'video' };
				}
				refs[port] = [...(refs[port] ?? []), ref];
				metadatas.push(metadata);
			}
			const first = metadatas[0];
			if (first === undefined) continue;
			const many = spec.inputs[port]?.many === true;
			seen[port] = many ? ({ count: metadatas.length, element: first, elements: metadatas } as ManyMetadata) : first;
		}
		const out = add(spec, params, refs, seen);
		partOf.push(parts.length - 1);
		described.push(Object.values(out)[0] as AnyMetadata);
	}
	return { parts, inputs, described };
}

/** The group of a whole plan that makes the last part's output, or those of these parts. */
export function groupOf({ parts, inputs }: Planned, wanted: readonly number[] = [parts.length - 1]): Group {
	const outputs = wanted.map((part) => ({ key: `out-${part}`, part, port: Object.keys(parts[part]?.expected ?? {})[0] ?? '', keep: 'file' as const }));
	return { backend: 'video', parts, inputs, outputs };
}

export function context(folder: string, more: Partial<RunContext> = {}): RunContext {
	return { folder, signal: new AbortController().signal, progress: () => {}, memory: new Map(), threads: 2, ...more };
}

export async function runGroup(group: Group, folder: string): Promise<readonly (readonly MadeValue[])[]> {
	const made = await videoRunner.run(group, context(folder));
	return made.map((one) => ('value' in one ? [one.value] : one.values));
}

/** Every part as a group of its own, each reading what the last one wrote. */
export async function runSplit({ parts, inputs }: Planned, folder: string): Promise<MadeValue> {
	const values: MadeValue[] = [];
	for (const [i, part] of parts.entries()) {
		const own: GroupInput[] = [];
		const refs = Object.fromEntries(
			Object.entries(part.inputs).map(([port, list]) => [
				port,
				list.map((ref): Ref => {
					if ('input' in ref) return { input: own.push(inputs[ref.input] as GroupInput) - 1 };
					const value = values[ref.part];
					if (value === undefined || !('path' in value)) throw new Error('no value');
					return { input: own.push({ key: value.path, metadata: value.metadata, from: 'file', path: value.path, name: 'made' }) - 1 };
				}),
			]),
		);
		const inner = await mkdtemp(join(folder, `part-${i}-`));
		const port = Object.keys(part.expected)[0] ?? '';
		const group: Group = { backend: 'video', parts: [{ ...part, inputs: refs }], inputs: own, outputs: [{ key: 'x', part: 0, port, keep: 'file' }] };
		const [made] = await runGroup(group, inner);
		values.push(made?.[0] as MadeValue);
	}
	return values.at(-1) as MadeValue;
}

/** A folder that is gone after `use`. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), 'millwright-video-'));
	try {
		return await use(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

export function pathOf(value: MadeValue | undefined): string {
	if (value === undefined || !('path' in value)) throw new Error('no file was made');
	return value.path;
}
