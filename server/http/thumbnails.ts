/** Small pictures of inputs. They are made like everything else: a tiny recipe, run by the engine in a worker, kept in the store. */
import { readFile } from 'node:fs/promises';
import { specOf } from '../../nodes/catalogue.ts';
import { RECIPE_FORMAT, type Recipe } from '../../nodes/graph.ts';
import type { Engine, Source } from '../engine/engine.ts';
import { formatOf, mediaType } from './formats.ts';

const SIDE = 192;
/** An answer doesn't wait longer for its picture; the next one has it. */
const PATIENCE = 1500;
const LARGEST = 200_000;

export class Thumbnails {
	readonly #engine: Engine;
	readonly #made = new Map<string, Promise<string | null>>();

	constructor(engine: Engine) {
		this.#engine = engine;
	}

	/** `data:` for an `<img>`; null where there is none (yet). */
	async of(source: Source): Promise<string | null> {
		const recipe = recipeFor(source);
		if (recipe === null) return null;
		const making = this.#made.get(source.content) ?? this.#make(recipe, source).catch(() => null);
		this.#made.set(source.content, making);
		if (this.#made.size > 500) this.#made.delete(this.#made.keys().next().value ?? '');
		let timer: NodeJS.Timeout | undefined;
		const late = new Promise<null>((resolve) => {
			timer = setTimeout(() => resolve(null), PATIENCE);
		});
		return Promise.race([making, late]).finally(() => clearTimeout(timer));
	}

	async #make(recipe: Recipe, source: Source): Promise<string | null> {
		const result = await this.#engine.run({ recipe, bindings: { in: [source] }, observe: ['small'], quality: 'preview', timeout: 20 });
		const artifact = result.outputs[0]?.artifact;
		if (artifact === undefined || artifact.bytes > LARGEST) return null;
		const type = mediaType(formatOf(artifact.metadata));
		if (type === null || !type.startsWith('image/')) return null;
		return `data:${type};base64,${(await readFile(artifact.path)).toString('base64')}`;
	}
}

/** Pictures are resized; of a film one frame is. */
function recipeFor(source: Source): Recipe | null {
	const kind = source.readings[0]?.kind;
	const small = { spec: 'image.resize', version: specOf('image.resize')?.version ?? 1, params: { width: SIDE, height: SIDE } };
	const reading = (as: string) => ({ spec: 'io.file', version: specOf('io.file')?.version ?? 1, params: { kind: as } });
	const base = { millwright: RECIPE_FORMAT, name: 'thumbnail' } as const;
	if (kind === 'image') return { ...base, graph: { nodes: { in: reading('image'), small }, edges: [{ from: 'in.value', to: 'small.image' }] } };
	const frame = specOf('video.frame');
	const [input] = Object.keys(frame?.inputs ?? {});
	const [output] = Object.keys(frame?.outputs ?? {});
	if (kind !== 'video' || frame === undefined || input === undefined || output === undefined) return null;
	const edges = [
		{ from: 'in.value', to: `frame.${input}` },
		{ from: `frame.${output}`, to: 'small.image' },
	];
	return { ...base, graph: { nodes: { in: reading('video'), frame: { spec: frame.id, version: frame.version, params: {} }, small }, edges } };
}
