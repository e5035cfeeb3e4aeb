/** Artifacts by content hash, as the page asks for them. */
import { open, stat } from 'node:fs/promises';
import type { Artifact, Engine } from '../engine/engine.ts';
import type { InputSet } from './input-set.ts';
import { Refusal } from './problems.ts';

const HASH = /^[0-9a-f]{64}$/;
const REMEMBERED = 5000;
const HEAD = 16_384;

export class ResultSet {
	readonly #artifactPath: (content: string) => string;
	readonly #engine: Engine;
	readonly #inputs: InputSet;
	readonly #seen = new Map<string, Artifact>();

	constructor({ artifactPath, engine }: { readonly artifactPath: (content: string) => string; readonly engine: Engine }, inputs: InputSet) {
		this.#artifactPath = artifactPath;
		this.#engine = engine;
		this.#inputs = inputs;
	}

	/** Remembers what a run or preview showed, so that its metadata needn't be found out again. */
	remember(artifact: Artifact): void {
		this.#seen.set(artifact.content, artifact);
		if (this.#seen.size > REMEMBERED) this.#seen.delete(this.#seen.keys().next().value ?? '');
	}

	/** Where the bytes are: in the store, or (for a value that is an untouched input) in the input's place. */
	async path(content: string): Promise<string> {
		if (!HASH.test(content)) throw new Refusal(404, 'artifact.unknown');
		const stored = this.#artifactPath(content);
		if (await isFile(stored)) return stored;
		const seen = this.#seen.get(content)?.path;
		if (seen !== undefined && (await isFile(seen))) return seen;
		const input = this.#inputs.folder.withContent(content);
		if (input === null) throw new Refusal(404, 'artifact.unknown');
		return (await this.#inputs.source(input.id)).path;
	}

	/** The table with this hash. */
	async table(content: string): Promise<Artifact> {
		const path = await this.path(content);
		const seen = this.#seen.get(content);
		if (seen !== undefined && tableIn(seen) !== null) return { ...seen, path, metadata: tableIn(seen) ?? seen.metadata };
		const { bytes, format, readings } = await this.#engine.look(path);
		const table = readings.find((reading) => reading.kind === 'table');
		if (table === undefined) throw new Refusal(422, 'artifact.no-table');
		return { content, path, bytes, metadata: { ...table, format } };
	}
}

/** A table, or what a saved file says of the table in it. */
function tableIn({ metadata }: Artifact): Artifact['metadata'] | null {
	if (metadata.kind === 'table') return metadata;
	if (metadata.kind === 'file' && metadata.content?.kind === 'table') return { ...metadata.content, format: metadata.format };
	return null;
}

/** The beginning of a file, as bytes. */
export async function headOf(path: string, length = HEAD): Promise<Uint8Array> {
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}

async function isFile(path: string): Promise<boolean> {
	return (await stat(path).catch(() => null))?.isFile() === true;
}
