/** Trimming: one set of parameters and one arithmetic for video and sound. */
import { field, GraphError, oneOf } from '../define.ts';
import type { VideoStep } from '../steps/video.ts';
import { readable, seconds } from './ports.ts';

const LONGEST = 86_400;
const SECONDS = { unit: 's', min: 0, max: LONGEST, step: 0.1 } as const;
const COUNT = { en: 'Seconds', zh: '秒数' };

export const trimParams = oneOf(
	'keep',
	{ en: 'Keep', zh: '保留' },
	{
		first: {
			title: { en: 'The first seconds', zh: '开头几秒' },
			fields: { seconds: field.number({ ...SECONDS, min: 0.01, title: COUNT, default: 5 }) },
		},
		range: {
			title: { en: 'From … to', zh: '从…到…' },
			fields: {
				from: field.number({ ...SECONDS, title: { en: 'From', zh: '开始' }, default: 0 }),
				to: field.number({ ...SECONDS, title: { en: 'To', zh: '结束' }, hint: { en: 'Empty: to the end', zh: '留空：到结尾' }, optional: true }),
			},
		},
		last: {
			title: { en: 'The last seconds', zh: '最后几秒' },
			fields: { seconds: field.number({ ...SECONDS, min: 0.01, title: COUNT, default: 5 }) },
		},
		'drop-first': {
			title: { en: 'All but the first seconds', zh: '去掉开头几秒' },
			fields: { seconds: field.number({ ...SECONDS, title: COUNT, default: 1 }) },
		},
		'drop-last': {
			title: { en: 'All but the last seconds', zh: '去掉最后几秒' },
			fields: { seconds: field.number({ ...SECONDS, title: COUNT, default: 1 }) },
		},
	},
);

export type Trim =
	| { readonly keep: 'range'; readonly from: number; readonly to?: number | undefined }
	| { readonly keep: 'first' | 'last' | 'drop-first' | 'drop-last'; readonly seconds: number };

interface Span {
	readonly start: number | null;
	readonly end: number | null;
}

/* A container rounds its duration to its clock; asking for 2 s of 1.998 s is no mistake. */
const SLACK = 0.05;

/**
 * Start and end in seconds; null where the duration has to be known first.
 * @throws GraphError where the piece lies outside.
 */
export function spanOf(trim: Trim, duration: number | null): Span {
	if (trim.keep === 'range') return range(trim.from, trim.to, duration);
	const { keep, seconds: count } = trim;
	if (keep === 'first' || keep === 'last') {
		if (duration !== null && count > duration + SLACK)
			throw new GraphError('video.trim-too-long', { value: count, duration: readable(duration) }, { param: 'seconds' });
		if (keep === 'first') return { start: 0, end: duration === null ? count : Math.min(count, duration) };
		return duration === null ? { start: null, end: null } : { start: Math.max(0, seconds(duration - count)), end: duration };
	}
	if (duration !== null && count >= duration)
		throw new GraphError('video.trim-nothing-left', { value: count, duration: readable(duration) }, { param: 'seconds' });
	if (keep === 'drop-first') return { start: count, end: duration };
	return { start: 0, end: duration === null ? null : seconds(duration - count) };
}

function range(from: number, to: number | undefined, duration: number | null): Span {
	if (to !== undefined && to <= from) throw new GraphError('video.trim-order', { from, to }, { param: 'to' });
	if (duration === null) return { start: from, end: to ?? null };
	if (from >= duration) throw new GraphError('video.trim-past-end', { value: from, duration: readable(duration) }, { param: 'from' });
	if (to !== undefined && to > duration + SLACK) throw new GraphError('video.trim-past-end', { value: to, duration: readable(duration) }, { param: 'to' });
	return { start: from, end: Math.min(to ?? duration, duration) };
}

/** Seconds that are kept, where that can be known. */
export function trimmedDuration(trim: Trim, duration: number | null): number | null {
	const { start, end } = spanOf(trim, duration);
	if (duration === null && trim.keep === 'last') return null;
	if (duration === null) return null;
	return start === null || end === null ? null : seconds(end - start);
}

/** The step, or none where everything is kept. */
export function trimSteps(trim: Trim, duration: number): readonly VideoStep[] {
	const { start, end } = spanOf(trim, duration);
	const whole = (start ?? 0) <= 0 && (end === null || end >= duration);
	return whole ? [] : [{ op: 'trim', start: start ?? 0, end: end === null || end >= duration ? null : end }];
}
