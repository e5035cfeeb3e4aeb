/** Which source a goal is about, how it is read, and whether several files go in together or one by one. */
import type { Spec } from '../../../nodes/define.ts';
import type { Kind, Metadata } from '../../../nodes/kinds.ts';
import { unknownOf } from '../../../nodes/kinds.ts';
import type { Source } from '../../engine/engine.ts';
import { mainPort } from './chain.ts';
import type { Reading } from './reading.ts';

export interface MainSource {
	readonly kind: Kind;
	readonly metadata: Metadata;
	readonly files: readonly number[];
	readonly many: boolean;
}

/** Kinds in the order in which they are the main thing when several are given. */
const WEIGHT: readonly Kind[] = ['video', 'document', 'table', 'image', 'audio', 'chart', 'text', 'page', 'file'];

/** The main source; undefined when none is given. */
export function mainSource(reading: Reading, sources: readonly Source[]): MainSource | undefined {
	const heads = sources.map((source) => source.readings[0]?.kind);
	const joins = reading.wishes.some((wish) => wish.candidates.some((spec) => mainPort(spec)?.many === true));
	const kinds = [...new Set(heads.filter((kind) => kind !== undefined))].sort((one, other) => WEIGHT.indexOf(one) - WEIGHT.indexOf(other));
	const second = reading.wishes.flatMap((wish) => wish.candidates.flatMap((spec) => secondPort(spec)?.kind ?? []));
	let kind = kinds[0];
	if (kind === undefined) return undefined;
	let files = heads.flatMap((one, index) => (one === kind ? [index] : []));
	if (kinds.length === 1 && files.length === 2 && second.includes(kind)) {
		const mark = files.find((index) => /logo|mark|badge|stamp|sign|overlay|水印|标志/i.test(sources[index]?.name ?? ''));
		files = files.filter((index) => index !== (mark ?? files[1]));
	}
	const first = sources[files[0] ?? 0];
	const wanted = only(reading, first, kind);
	kind = wanted ?? kind;
	const metadata = first?.readings.find((one) => one.kind === kind) ?? unknownOf(kind);
	return { kind, metadata, files, many: joins && files.length > 1 };
}

/** Another reading of the file, where only that one serves the first wish. */
function only(reading: Reading, source: Source | undefined, kind: Kind): Kind | undefined {
	const wish = reading.wishes[0];
	// A film's sound is taken out by a node, so that nobody loses the picture by the way.
	if (wish === undefined || source === undefined || source.readings.length < 2 || kind === 'video') return undefined;
	const ports = wish.candidates.map((spec) => mainPort(spec)?.kind);
	if (ports.includes(kind)) return undefined;
	return source.readings.map((one) => one.kind).find((one) => ports.includes(one));
}

/** The second port that has to be fed. */
export function secondPort(spec: Spec) {
	return Object.values(spec.inputs).filter((port) => port.optional !== true)[1];
}

/** The file for a second input: of the right kind, and not the main one. */
export function otherFile(sources: readonly Source[], main: MainSource, kind: Kind): number | undefined {
	return sources.findIndex((source, index) => !main.files.includes(index) && source.readings.some((one) => one.kind === kind)) >= 0
		? sources.findIndex((source, index) => !main.files.includes(index) && source.readings.some((one) => one.kind === kind))
		: undefined;
}
