/** Runs the groups of a piece one after the other and takes what they made into the store. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metadata } from '../../nodes/define.ts';
import { type Problem, problemOf, RunError } from '../../nodes/problems.ts';
import type { Group, GroupInput, Hash, Made, MadeValue, Pixels, RunContext } from '../engine/group.ts';
import type { Result, Stored } from '../engine/stores.ts';
import type { PieceReply, PieceRequest } from '../engine/workers.ts';
import { ArtifactFolder } from '../stores/artifacts.ts';
import { readAs } from './read-as.ts';
import { runnerOf } from './runners.ts';

interface Options {
	readonly threads: number;
	/** Bytes. */
	readonly memory: number;
	readonly signal: AbortSignal;
	readonly progress: (group: number, share: number) => void;
}

export class PieceWorker {
	readonly #artifacts: ArtifactFolder;

	constructor(artifacts: string, temporary: string) {
		this.#artifacts = new ArtifactFolder(artifacts, temporary);
	}

	/** What is finished stays finished, also when a later group fails. */
	async run({ groups }: PieceRequest, { threads, memory: limit, signal, progress }: Options): Promise<PieceReply> {
		const memory = new Map<Hash, Pixels>();
		const files = new Map<Hash, MadeValue & { path: string }>();
		const made: { key: Hash; result: Result }[] = [];
		const seconds: number[] = [];
		const folder = await this.#artifacts.temporary();
		try {
			for (const [index, group] of groups.entries()) {
				const startedAt = performance.now();
				const own = join(folder, String(index));
				await mkdir(own);
				try {
					const context: RunContext = { folder: own, signal, progress: (share) => progress(index, share), memory, threads, limit };
					const results = await (await runnerOf(group.backend)).run(handedOver(group, memory, files), context);
					for (const one of results) made.push(...(await this.#keep(one, group, { memory, files, folder: own })));
				} catch (error) {
					return { made, seconds, failed: { group: index, problem: ofDisk(problemOf(error)) } };
				}
				seconds.push((performance.now() - startedAt) / 1000);
			}
			return { made, seconds, failed: null };
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}

	async #keep(
		one: Made,
		group: Group,
		{ memory, files, folder }: { memory: Map<Hash, Pixels>; files: Map<Hash, MadeValue & { path: string }>; folder: string },
	): Promise<{ key: Hash; result: Result }[]> {
		const output = group.outputs.find(({ key }) => key === one.key);
		if (output === undefined) return [];
		if (output.keep === 'memory' && 'value' in one) {
			if ('pixels' in one.value) memory.set(one.key, one.value.pixels);
			else files.set(one.key, one.value);
			return [];
		}
		if ('value' in one) return [{ key: one.key, result: { value: await this.#store(one.value, folder) } }];
		const values: Stored[] = [];
		for (const value of one.values) values.push(await this.#store(value, folder));
		return [{ key: one.key, result: { values } }];
	}

	async #store(value: MadeValue, folder: string): Promise<Stored> {
		const file = 'path' in value ? value : await written(value, folder);
		const metadata = await completed(file);
		return { ...(await this.#artifacts.adopt(file.path)), metadata };
	}
}

/** Libraries say in their own words that the disk is full. */
function ofDisk(problem: Problem): Problem {
	const said = `${problem.values.reason ?? ''} ${problem.detail ?? ''}`;
	if (problem.resource === true || !/No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/i.test(said)) return problem;
	return new RunError('run.disk-full', {}, { detail: said.trim(), resource: true }).problem;
}

/** An image that the group before left as a file instead of pixels is read from there. */
function handedOver(group: Group, memory: ReadonlyMap<Hash, Pixels>, files: ReadonlyMap<Hash, MadeValue & { path: string }>): Group {
	const inputs = group.inputs.map((input): GroupInput => {
		const file = input.from === 'memory' && !memory.has(input.key) ? files.get(input.key) : undefined;
		return file === undefined ? input : { key: input.key, metadata: file.metadata, from: 'file', path: file.path, name: '' };
	});
	return { ...group, inputs };
}

async function written({ pixels }: Extract<MadeValue, { pixels: Pixels }>, folder: string): Promise<MadeValue & { path: string }> {
	const [{ sharpOf }, { writeBetween }] = await Promise.all([import('../backends/image/pixels.ts'), import('../backends/image/write.ts')]);
	const timing = { frames: pixels.frames, delays: pixels.delays ?? [], loop: pixels.loop ?? 0 };
	const value = await writeBetween(sharpOf(pixels), join(folder, `pixels-${randomUUID()}`), timing, pixels.depth === 'ushort');
	if (!('path' in value)) throw new Error('an image file has a path');
	return value;
}

const MAY_BE_NULL = new Set(['format', 'codec', 'audioCodec', 'content', 'title', 'mark']);

/** A task may not know what it has made (a script); the backend that reads such a file does. */
async function completed({ path, metadata }: MadeValue & { path: string }): Promise<Metadata> {
	const complete = Object.entries(metadata).every(([field, value]) => value !== null || MAY_BE_NULL.has(field));
	if (complete || metadata.kind === 'file') return metadata;
	const { readingOf } = await import('./look.ts');
	const { format, readings } = await readingOf(path, '');
	const found = readings.find((one) => one.kind === metadata.kind) ?? (await readAs(path, format, metadata.kind, ''))[0];
	return found ?? metadata;
}
