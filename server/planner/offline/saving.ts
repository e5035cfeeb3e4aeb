/** Which node saves a value, and in which format, when a format, a kind or nothing was said. */
import { SPECS } from '../../../nodes/catalogue.ts';
import { fieldsOf, type Spec } from '../../../nodes/define.ts';
import type { Kind, Metadata } from '../../../nodes/kinds.ts';
import { costTo } from '../gaps.ts';
import { mainPort, type Value } from './chain.ts';

export interface Target {
	readonly format: string | null;
	readonly kind: Kind | null;
}

const DEFAULTS: Readonly<Partial<Record<Kind, string>>> = { image: 'png', video: 'mp4', audio: 'mp3', table: 'csv', text: 'txt', chart: 'png' };

/** Formats that the specs which save this kind offer. */
export function formatsOf(spec: Spec): readonly string[] {
	return (
		fieldsOf(spec.params)
			.find((field) => field.name === 'format')
			?.choices?.map((choice) => choice.value) ?? []
	);
}

export function savers(): readonly Spec[] {
	return SPECS.filter((spec) => spec.saves === true && spec.hidden !== true);
}

/** The kinds that can be saved in this format. */
export function kindsFor(format: string): readonly Kind[] {
	return savers().flatMap((spec) => (formatsOf(spec).includes(format) ? [mainPort(spec)?.kind ?? 'file'] : []));
}

export interface Saving {
	readonly spec: Spec;
	readonly format: string;
	/** What it costs to get the value there. */
	readonly cost: number;
	/** Nobody named the format. */
	readonly chosen: boolean;
}

/** How a value is saved for a target; null: there is no way. */
export function savingOf(value: Value, target: Target, source: Metadata | undefined): Saving | null {
	let best: Saving | null = null;
	for (const spec of savers()) {
		const kind = mainPort(spec)?.kind;
		if (kind === undefined || (target.kind !== null && kind !== target.kind && !(target.kind === 'video' && target.format === 'gif'))) continue;
		const formats = formatsOf(spec);
		if (target.format !== null && !formats.includes(target.format)) continue;
		const cost = costTo(value.metadata, kind);
		if (cost === null || cost > 6.5) continue;
		const own =
			source !== undefined && 'format' in source && source.kind === kind && source.format !== null && formats.includes(source.format) ? source.format : null;
		// An animation that was only changed stays one, in its own format.
		const animated =
			target.kind !== 'video' &&
			kind === 'video' &&
			source?.kind === 'image' &&
			(source.frames ?? 1) > 1 &&
			source.format !== null &&
			formats.includes(source.format)
				? source.format
				: null;
		const format =
			target.format ??
			own ??
			animated ??
			(kind === 'image' && source?.kind === 'image' && source.alpha === false ? 'jpeg' : (DEFAULTS[kind] ?? formats[0] ?? ''));
		const rank = cost + (kind === value.kind ? 0 : 0.5);
		if (best === null || rank < best.cost) best = { spec, format, cost: rank, chosen: target.format === null && own === null && animated === null };
	}
	return best;
}
