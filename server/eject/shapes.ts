/** What a script depends on: its text is planned again with other facts of the inputs, and each fact that changes it becomes a condition. */
import type { Kind, Metadata } from '../../nodes/define.ts';

export type Fact = string | number | boolean | null;

/** Conditions on a file; `even`: any even number. */
export type Fits = Readonly<Record<string, Fact | 'even'>>;

/** Other values of each fact, by kind. Lists of numbers hold odd and even ones, small and large. */
const OTHERS: { readonly [K in Kind]?: Readonly<Record<string, readonly Fact[]>> } = {
	image: {
		width: [2, 64, 1280, 3000, 4000, 1, 33, 641],
		height: [2, 64, 1280, 3000, 4000, 1, 33, 641],
		frames: [1, 2, 5],
		duration: [0, 0.2, 5.1],
		alpha: [true, false],
		format: ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'],
	},
	video: {
		width: [2, 64, 1280, 1920, 1, 33, 641],
		height: [2, 64, 1080, 720, 1, 33, 641],
		duration: [0.5, 1, 3.21, 12, 61.7],
		fps: [10, 24, 25, 29.97, 30, 60],
		audio: [true, false],
		codec: ['h264', 'hevc', 'vp9', 'av1', 'mpeg4', 'gif'],
		audioCodec: ['aac', 'mp3', 'opus', 'vorbis', null],
		format: ['mp4', 'mov', 'mkv', 'webm', 'avi', 'gif'],
	},
	audio: {
		duration: [0.5, 1, 3.21, 12, 61.7],
		sampleRate: [8000, 44_100, 48_000],
		channels: [1, 2, 6],
		codec: ['mp3', 'aac', 'flac', 'pcm_s16le', 'vorbis', 'opus'],
		format: ['mp3', 'm4a', 'wav', 'flac', 'ogg', 'mp4'],
	},
	document: { pages: [2, 3, 5] },
	table: { rows: [1, 10, 5_000_000] },
	text: { characters: [0, 5, 100_000], lines: [0, 1, 5000] },
};

/** Facts of a kind that can be told apart, with other values to try. */
export function othersOf(kind: Kind): Readonly<Record<string, readonly Fact[]>> {
	return OTHERS[kind] ?? {};
}

/** The same metadata with other facts. A document has pages of one size then, as many as are said. */
export function withFacts(metadata: Metadata, facts: Readonly<Record<string, Fact>>): Metadata {
	const changed = { ...metadata, ...facts };
	if (metadata.kind === 'document' && 'pages' in facts && metadata.sizes !== undefined) return { ...changed, sizes: metadata.sizes.slice(0, 1) } as Metadata;
	return changed as Metadata;
}

/** One source's facts as they are given to the search. */
export interface Shape {
	readonly metadata: Metadata;
	/** Files, where the source is a list. */
	readonly count: number | null;
}

export type Shapes = Readonly<Record<string, Shape>>;

/** The text of the script for inputs like these; null where there is none. `each` changes elements of lists one by one. */
export type TextFor = (shapes: Shapes, each?: (source: string, index: number) => Readonly<Record<string, Fact>>) => string | null;

export interface Found {
	/** Shapes for which the script is to be written. */
	readonly shapes: Shapes;
	readonly fits: Readonly<Record<string, Fits>>;
}

const LENGTHS = [3, 2, 5];
const SAMPLES = 16;

/**
 * The conditions under which the text stays the same. `forgiving`: facts with which there can be no result at all need no condition,
 * because what would run says so itself (sharp and tasks do; ffmpeg may make something else).
 */
export function conditions(given: Shapes, textFor: TextFor, forgiving: boolean): Found {
	const shapes: Record<string, Shape> = { ...given };
	const fits: Record<string, Record<string, Fact | 'even'>> = {};
	const free: Record<string, Record<string, readonly Fact[]>> = {};
	const put = (source: string, shape: Shape) => ({ ...shapes, [source]: shape });
	for (const [source, shape] of Object.entries(given)) {
		fits[source] = {};
		free[source] = {};
		if (shape.count === null) continue;
		const texts = LENGTHS.map((count) => textFor(put(source, { ...shape, count })));
		if (texts[0] !== null && texts.every((text) => text === texts[0])) shapes[source] = { ...shape, count: LENGTHS[0] ?? 3 };
		else fits[source].count = shape.count;
	}
	for (const source of Object.keys(given)) {
		const now = () => shapes[source] ?? { metadata: given[source]?.metadata ?? { kind: 'page', title: null }, count: null };
		for (const [fact, others] of Object.entries(othersOf(now().metadata.kind))) {
			const own = factOf(now().metadata, fact);
			const text = (value: Fact) => textFor(put(source, { ...now(), metadata: withFacts(now().metadata, { [fact]: value }) }));
			const base = textFor(shapes);
			const texts = others.map(text);
			const [first] = texts;
			const told = forgiving ? texts.filter((one) => one !== null) : texts;
			if (base !== null && told.length >= Math.min(2, others.length) && told.every((one) => one === base)) free[source] = { ...free[source], [fact]: others };
			else if (fact === 'pages' && first !== null && texts.every((one) => one === first)) {
				/* One page looks like no list: written for several, the loop does for one, too. */
				shapes[source] = { ...now(), metadata: withFacts(now().metadata, { pages: 3 }) };
				free[source] = { ...free[source], [fact]: others };
			} else if (evenOnly(own, others, texts, base)) {
				fits[source] = { ...fits[source], [fact]: 'even' };
				free[source] = { ...free[source], [fact]: others.filter((one) => typeof one === 'number' && one % 2 === 0) };
			} else fits[source] = { ...fits[source], [fact]: own };
		}
		const { metadata } = now();
		if (metadata.kind === 'document' && !sizesAreFree(metadata, source, textFor, put, now()))
			fits[source] = { ...fits[source], sizes: sizesOf(metadata), pages: metadata.pages };
	}
	return holds(shapes, free, textFor, forgiving) ? { shapes, fits } : { shapes: given, fits: everything(given) };
}

function factOf(metadata: Metadata, fact: string): Fact {
	const value: unknown = Object.entries(metadata).find(([name]) => name === fact)?.[1];
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function evenOnly(own: Fact, others: readonly Fact[], texts: readonly (string | null)[], base: string | null): boolean {
	if (typeof own !== 'number' || own % 2 !== 0 || base === null) return false;
	const even = others.flatMap((value, i) => (typeof value === 'number' && Number.isInteger(value) && value % 2 === 0 ? [texts[i]] : []));
	return even.length >= 3 && even.every((text) => text === base);
}

const SIZES: readonly (readonly [number, number])[] = [
	[612, 792],
	[300, 400.5],
	[842, 595],
];

function sizesAreFree(
	metadata: Extract<Metadata, { kind: 'document' }>,
	source: string,
	textFor: TextFor,
	put: (source: string, shape: Shape) => Shapes,
	shape: Shape,
): boolean {
	const base = textFor(put(source, shape));
	const other = [{ sizes: [SIZES[1] ?? [1, 1]] }, { sizes: SIZES, pages: 3 }].map((change) =>
		textFor(put(source, { ...shape, metadata: { ...metadata, ...change } })),
	);
	return base !== null && other.every((text) => text === base);
}

function sizesOf({ sizes }: Extract<Metadata, { kind: 'document' }>): string {
	return JSON.stringify(sizes ?? []);
}

/** Whether the text stays the same when all facts that seem free change together, also from file to file of a list. */
function holds(shapes: Shapes, free: Readonly<Record<string, Readonly<Record<string, readonly Fact[]>>>>, textFor: TextFor, forgiving: boolean): boolean {
	const base = textFor(shapes);
	let state = 7;
	const random = (below: number) => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
		return Math.floor((state / 0x80000000) * below);
	};
	for (let sample = 0; sample < SAMPLES; sample++) {
		const text = textFor(shapes, (source) =>
			Object.fromEntries(Object.entries(free[source] ?? {}).map(([fact, others]) => [fact, others[random(others.length)] ?? null])),
		);
		if (text !== base && !(forgiving && text === null)) return false;
	}
	return true;
}

function everything(given: Shapes): Readonly<Record<string, Fits>> {
	return Object.fromEntries(
		Object.entries(given).map(([source, { metadata, count }]) => {
			const facts = Object.fromEntries(
				Object.keys(othersOf(metadata.kind))
					.filter((fact) => fact !== 'rows')
					.map((fact) => [fact, factOf(metadata, fact)]),
			);
			return [source, { ...facts, ...(count === null ? {} : { count }), ...(metadata.kind === 'document' ? { sizes: sizesOf(metadata) } : {}) }];
		}),
	);
}
