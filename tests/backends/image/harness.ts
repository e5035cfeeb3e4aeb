/** Builds image groups by hand, as the engine would: describe → lower → parts → runner. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { afterAll } from 'vitest';
import { specOf } from '../../../nodes/catalogue.ts';
import type { ImageMetadata, ImageSpec, Metadata, Params, Words } from '../../../nodes/define.ts';
import { withDefaultVariant } from '../../../nodes/fields.ts';
import { imagePlanner } from '../../../server/backends/image/plan.ts';
import { probeImage } from '../../../server/backends/image/probe.ts';
import { imageRunner } from '../../../server/backends/image/run.ts';
import type { Group, GroupInput, MadeValue, Part, Pixels, Ref, RunContext } from '../../../server/engine/group.ts';

export interface Use {
	readonly spec: string;
	readonly params: Params;
	/** A second picture, for nodes that lay one over the other. */
	readonly mark?: string;
}

const folders: string[] = [];
afterAll(async () => {
	for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** A private folder that is gone after the test file. */
export async function folder(): Promise<string> {
	const made = await mkdtemp(join(tmpdir(), 'millwright-image-'));
	folders.push(made);
	return made;
}

export async function context(memory: ReadonlyMap<string, Pixels> = new Map()): Promise<RunContext> {
	return { folder: await folder(), signal: new AbortController().signal, progress: () => {}, memory, threads: 1 };
}

export function imageSpec(id: string): ImageSpec {
	const spec = specOf(id);
	if (spec?.medium !== 'image') throw new Error(`${id} is no image node`);
	return spec;
}

export async function input(path: string, metadata?: Metadata): Promise<GroupInput> {
	const format =
		(
			await sharp(path.endsWith('.svg') ? path : path)
				.metadata()
				.catch(() => ({ format: 'png' }))
		).format ?? 'png';
	return { key: path, from: 'file', path, name: basename(path), metadata: metadata ?? (await probeImage(path, format, basename(path))) };
}

/** A chain of nodes over a file, as parts and inputs, with what each is described to give. */
export async function chain(path: string, uses: readonly Use[], metadata?: Metadata): Promise<{ parts: Part[]; inputs: GroupInput[] }> {
	const inputs = [await input(path, metadata)];
	const parts: Part[] = [];
	let seen = inputs[0]?.metadata;
	for (const [index, use] of uses.entries()) {
		const spec = imageSpec(use.spec);
		const params: Params = spec.params.parse(withDefaultVariant(spec.params, use.params)) as Params;
		const refs: Record<string, Ref[]> = { image: [index === 0 ? { input: 0 } : { part: index - 1, port: 'image' }] };
		const metadata: Record<string, Metadata | undefined> = { image: seen };
		if (use.mark !== undefined) {
			const mark = await input(use.mark);
			refs.mark = [{ input: inputs.push(mark) - 1 }];
			metadata.mark = mark.metadata;
		}
		const expected = spec.describe(params, metadata) as Record<string, Metadata>;
		parts.push({ node: `n${index}`, spec: spec.id, params, steps: spec.lower(params, metadata), inputs: refs, expected });
		seen = expected.image;
	}
	return { parts, inputs };
}

/** The whole chain as one group; its last value. */
export async function runFused(path: string, uses: readonly Use[], metadata?: Metadata): Promise<{ made: MadeValue; group: Group }> {
	const { parts, inputs } = await chain(path, uses, metadata);
	const port = Object.keys(parts.at(-1)?.expected ?? {})[0] ?? 'image';
	const group: Group = { backend: 'image', parts, inputs, outputs: [{ key: 'out', part: parts.length - 1, port, keep: 'file' }] };
	const [made] = await imageRunner.run(group, await context());
	if (made === undefined || !('value' in made)) throw new Error('the group made nothing');
	return { made: made.value, group };
}

/** Each node as a group of its own, with files between them. */
export async function runUnfused(path: string, uses: readonly Use[]): Promise<MadeValue> {
	let from = path;
	let metadata: Metadata | undefined;
	let made: MadeValue | undefined;
	for (const use of uses) {
		made = (await runFused(from, [use], metadata)).made;
		from = pathOf(made);
		metadata = made.metadata;
	}
	if (made === undefined) throw new Error('nothing to run');
	return made;
}

/** Whether the second node would join the first. */
export async function joins(path: string, uses: readonly Use[]): Promise<true | Words> {
	const { parts } = await chain(path, uses);
	const last = parts.at(-1);
	return last === undefined ? true : imagePlanner.canJoin(parts.slice(0, -1), last);
}

export function pathOf(made: MadeValue): string {
	if (!('path' in made)) throw new Error('kept in memory');
	return made.path;
}

export function imageOf(metadata: Metadata | undefined): ImageMetadata {
	const image = metadata?.kind === 'file' ? metadata.content : metadata;
	if (image?.kind !== 'image') throw new Error('no picture');
	return image;
}

/** All frames as RGBA bytes, with premultiplied colours, so that what can't be seen doesn't count. */
export async function seen(path: string): Promise<{ data: Buffer; width: number; height: number }> {
	const { data, info } = await sharp(path, { animated: true }).toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	for (let at = 0; at < data.length; at += 4) for (let c = 0; c < 3; c++) data[at + c] = Math.round(((data[at + c] ?? 0) * (data[at + 3] ?? 0)) / 255);
	return { data, width: info.width, height: info.height };
}

/** Mean and large difference of two pictures, on 0…255. `most` leaves out the worst 0.5 % of values. */
export async function difference(one: string, other: string): Promise<{ mean: number; most: number }> {
	const [a, b] = [await seen(one), await seen(other)];
	if (a.width !== b.width || a.height !== b.height) throw new Error(`${a.width}×${a.height} against ${b.width}×${b.height}`);
	const counts = new Uint32Array(256);
	let sum = 0;
	for (let at = 0; at < a.data.length; at++) {
		const off = Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0));
		sum += off;
		counts[off] = (counts[off] ?? 0) + 1;
	}
	let most = 255;
	for (let left = a.data.length * 0.005; most > 0 && left >= (counts[most] ?? 0); most--) left -= counts[most] ?? 0;
	return { mean: sum / a.data.length, most };
}
