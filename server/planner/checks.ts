/** Checks: what the goal's own words promise of the result, as data. */

import { checkGraph } from '../../nodes/check.ts';
import type { Check, Graph } from '../../nodes/graph.ts';
import { endpoint } from '../../nodes/graph.ts';
import type { Metadata, Seen } from '../../nodes/kinds.ts';
import { type Language, type MessageKey, say } from '../../nodes/messages/index.ts';

/** What a goal said of its results, gathered from its slots. Absent: it didn't say. */
export interface Promised {
	readonly format?: string;
	/** Seconds. */
	readonly duration?: number;
	readonly width?: number;
	readonly height?: number;
	readonly fps?: number;
	/** At most so many bytes. */
	readonly bytes?: number;
	readonly muted?: boolean;
	readonly loops?: boolean;
	/** The text that a code decodes to. */
	readonly decodesTo?: string;
	/** H.264 in yuv420p, so that it plays anywhere. */
	readonly playsAnywhere?: boolean;
	readonly count?: number;
	readonly rows?: number;
	/** Width and height are limits. */
	readonly atMost?: boolean;
}

/** The checks of one saved output. */
export function checksOf(node: string, promised: Promised): Check[] {
	const checks: Check[] = [];
	const add = (property: Check['property'], value: Check['value'], compare: Check['compare'] = '=', tolerance?: number) =>
		checks.push({ node, property, compare, value, ...(tolerance === undefined ? {} : { tolerance }) });
	if (promised.format !== undefined) add('format', promised.format);
	if (promised.playsAnywhere === true) {
		add('codec', 'h264');
		add('pixel-format', 'yuv420p');
	}
	if (promised.duration !== undefined) add('duration', promised.duration, '=', 0.1);
	if (promised.width !== undefined) add('width', promised.width, promised.atMost === true ? '<=' : '=', 1);
	if (promised.height !== undefined) add('height', promised.height, promised.atMost === true ? '<=' : '=', 1);
	if (promised.fps !== undefined) add('fps', promised.fps, '=', 0.1);
	if (promised.muted === true) add('audio', false);
	if (promised.loops === true) add('loops', true);
	if (promised.bytes !== undefined) add('bytes', promised.bytes, '<=');
	if (promised.decodesTo !== undefined) add('decodes-to', promised.decodesTo);
	if (promised.count !== undefined) add('count', promised.count);
	if (promised.rows !== undefined) add('rows', promised.rows);
	return checks;
}

/** What is known, without running, of the content that a save node writes; for a list, of one element. */
export function foreseen(
	graph: Graph,
	known: Readonly<Record<string, Seen>>,
	node: string,
): { readonly content: Metadata; readonly count: number | null } | undefined {
	const { seen } = checkGraph(graph, known);
	const entry = Object.entries(seen).find(([end]) => endpoint(end).node === node);
	if (entry === undefined) return undefined;
	const element = entry[1].many ? entry[1].element : entry[1].metadata;
	const content = element.kind === 'file' ? element.content : element;
	return content === null ? undefined : { content, count: entry[1].many ? entry[1].count : 1 };
}

/** A check as people read it: "duration is 5 s". */
export function checkText(check: Check, language: Language): string {
	const property = say(language, PROPERTIES[check.property] ?? 'check.other', { property: check.property });
	const value = valueText(check, language);
	if (check.property === 'audio') return say(language, check.value === true ? 'check.with-sound' : 'check.without-sound');
	if (check.property === 'loops') return say(language, check.value === false ? 'check.plays-once' : 'check.loops-forever');
	const key = check.compare === '=' ? 'check.is' : check.compare === '<=' ? 'check.at-most' : 'check.at-least';
	return say(language, key, { property, value });
}

const PROPERTIES: Readonly<Partial<Record<Check['property'], MessageKey>>> = {
	format: 'check.format',
	codec: 'check.codec',
	'pixel-format': 'check.pixel-format',
	bytes: 'check.bytes',
	width: 'check.width',
	height: 'check.height',
	duration: 'check.duration',
	fps: 'check.fps',
	frames: 'check.frames',
	pages: 'check.pages',
	count: 'check.count',
	rows: 'check.rows',
	columns: 'check.columns',
	'has-column': 'check.has-column',
	blanks: 'check.blanks',
	characters: 'check.characters',
	'decodes-to': 'check.decodes-to',
	'contains-text': 'check.contains-text',
	colours: 'check.colours',
};

function valueText(check: Check, language: Language): string {
	const { value, property } = check;
	if (typeof value !== 'number') return property === 'format' ? String(value).toUpperCase() : String(value);
	if (property === 'bytes') return value >= 1_000_000 ? `${round(value / 1_000_000)} MB` : `${round(value / 1000)} kB`;
	if (property === 'duration') return say(language, 'check.seconds', { value: round(value) });
	if (property === 'width' || property === 'height') return say(language, 'check.pixels', { value });
	return String(round(value));
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
