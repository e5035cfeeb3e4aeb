/** Coverage: the content words of the goal that nothing accounts for. They are shown, never dropped. */
import { type Goal, type Span, stem } from './text.ts';
import { FILLERS, inFiller, restOfHan } from './words.ts';

const STEMS: ReadonlySet<string> = new Set([...FILLERS].map((word) => stem(word)));

/** Runs of words that are neither covered nor without content, as they were typed. */
export function uncovered(goal: Goal, covered: readonly Span[]): Span[] {
	const free = (start: number, end: number) => !covered.some((span) => span.start < end && start < span.end);
	const words = goal.words.filter((word) => free(word.start, word.end) && !FILLERS.has(word.text) && !STEMS.has(word.stem) && !/^\d$/.test(word.text));
	const spans: Span[] = words.map(({ start, end }) => ({ start, end }));
	for (const match of goal.text.matchAll(/[\u3400-\u9fff]+/g)) {
		let run = '';
		let from = match.index;
		const flush = (end: number) => {
			for (const rest of restOfHan(run)) {
				const start = goal.text.indexOf(rest, from);
				// Half of 提取 or 文件夹, whose other half a phrase took.
				if (rest.length === 1 && inFiller(goal.text, start)) continue;
				spans.push({ start, end: start + rest.length });
			}
			run = '';
			from = end + 1;
		};
		for (let i = match.index; i < match.index + match[0].length; i++) {
			if (free(i, i + 1)) {
				if (run === '') from = i;
				run += goal.text.charAt(i);
			} else flush(i);
		}
		flush(match.index + match[0].length);
	}
	return joined(
		goal,
		spans.sort((one, other) => one.start - other.start),
	);
}

/** Neighbouring words become one part. */
function joined(goal: Goal, spans: readonly Span[]): Span[] {
	const parts: Span[] = [];
	for (const span of spans) {
		const last = parts.at(-1);
		if (last !== undefined && /^[\s-]*$/.test(goal.text.slice(last.end, span.start))) parts[parts.length - 1] = { start: last.start, end: span.end };
		else parts.push(span);
	}
	return parts;
}
