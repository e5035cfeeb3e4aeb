/** Source files as values: which kind each is read as, and what is known of it. */
import type { Kind, Metadata, Seen } from '../../nodes/kinds.ts';
import type { Source } from '../engine/engine.ts';

/** Everything that these sources can be read as, most natural first. */
export function kindsOf(source: Source): readonly Kind[] {
	return source.readings.map((reading) => reading.kind);
}

/** The reading of a source as this kind; an animated picture can stand in for a video. */
export function readingOf(source: Source, kind: Kind): Metadata | undefined {
	return source.readings.find((reading) => reading.kind === kind);
}

/** What is known of a source node's value. Several files for one node: its list. */
export function seenOfSources(sources: readonly Source[], kind: Kind, many: boolean): Seen | undefined {
	const readings = sources.map((source) => readingOf(source, kind)).filter((reading) => reading !== undefined);
	const first = readings[0];
	if (first === undefined) return undefined;
	return many ? { many: true, count: readings.length, element: first, elements: readings } : { many: false, metadata: first };
}
