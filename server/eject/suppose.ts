/** What is supposed of values that only a run could tell: three different guesses. A script is written only where they make no difference. */
import type { Metadata, MetadataOf } from '../../nodes/define.ts';
import { unknownOf } from '../../nodes/kinds.ts';
import type { Supposing } from '../engine/program.ts';

const LENGTHS = [3, 2, 5];

type Guesses = { readonly [K in Metadata['kind']]: readonly MetadataOf<K>[] };

const sizes = [
	{ width: 640, height: 480 },
	{ width: 33, height: 1001 },
	{ width: 3000, height: 2 },
];
const GUESSES: Guesses = {
	image: sizes.map((size, i) => ({ kind: 'image', ...size, frames: 1, duration: 0, alpha: i === 1, format: null })),
	video: sizes.map((size, i) => ({
		kind: 'video',
		...size,
		duration: 3 + i * 7.3,
		fps: [25, 30, 12][i] ?? 25,
		audio: i === 1,
		codec: null,
		audioCodec: null,
		format: null,
	})),
	audio: [1, 2, 3].map((i) => ({ kind: 'audio', duration: i * 7.3, sampleRate: 16_000 * i, channels: i, codec: null, format: null })),
	document: [1, 2, 5].map((pages) => ({ kind: 'document', pages, width: 500 + pages, height: 700, encrypted: false, format: 'pdf' })),
	table: ['a', 'b', 'c'].map((name) => ({ kind: 'table', columns: [{ name, type: 'text' }], rows: null, format: null })),
	text: [1, 2, 3].map((lines) => ({ kind: 'text', characters: lines * 100, lines })),
	chart: [100, 200, 301].map((side) => ({ kind: 'chart', width: side, height: side, mark: 'bar', title: null })),
	page: [unknownOf('page')],
	file: [unknownOf('file')],
};

/** The guess of this number, 0…2. Facts that are known stay as they are. */
export function suppositions(number: number): Supposing {
	return {
		length: LENGTHS[number] ?? 3,
		metadata: ({ metadata }) => {
			const guesses: readonly Metadata[] = GUESSES[metadata.kind];
			const guess = guesses[number % guesses.length];
			const known = Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null));
			return { ...guess, ...known } as Metadata;
		},
	};
}
