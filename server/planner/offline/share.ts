/** Values given to the wishes that they belong to. */
import type { Spec } from '../../../nodes/define.ts';
import type { Metadata } from '../../../nodes/kinds.ts';
import { accepts } from './accept.ts';
import { impliedBy } from './implied-by.ts';
import type { Slot } from './slots/slot.ts';
import { takes } from './takes.ts';
import type { Goal, Span } from './text.ts';
import type { Wish } from './wish.ts';

/** Gives each slot to the nearest wish that takes it; what no wish takes becomes a wish of its own where the kind at hand has a node for it. */
export function share(
	goal: Goal,
	slots: readonly Slot[],
	wishes: Wish[],
	clauseOf: (at: number) => number,
	clauses: readonly Span[],
	main: Metadata | undefined,
): void {
	const implied: Wish[] = [];
	// A text to be written makes its node first, so that colours and corners find it.
	const first = (slot: Slot) => slot.type === 'text' || slot.type === 'direction';
	const ordered = [...slots.filter(first), ...slots.filter((slot) => !first(slot))];
	for (const slot of ordered) {
		if (slot.type === 'format' || slot.type === 'kind') continue;
		// "slow the last 3 seconds down" changes a part, which no node does: it must not become a cut.
		if ((slot.type === 'edge' || slot.type === 'range') && changesPart(goal, slot)) continue;
		const clause = clauseOf(slot.start);
		const ranked = wishes
			.map((wish) => ({ wish, score: claimScore(goal, wish, slot, clause, clauses) }))
			.filter((one) => one.score > 0)
			.sort((one, other) => other.score - one.score);
		const nearest = ranked[0];
		if (nearest !== undefined) {
			nearest.wish.slots.push(slot);
			continue;
		}
		const specs = impliedBy(goal, slot, main?.kind ?? null);
		if (specs.length === 0) continue;
		// "slow motion, half speed": the value of a wish that stands beside it, not a second wish.
		const beside = wishes.find((wish) => wish.words !== null && Math.abs(wish.clause - clause) <= 1 && belongs(wish, slot, specs));
		if (beside !== undefined) {
			beside.slots.push(slot);
			continue;
		}
		const same = [...wishes, ...implied].find(
			(wish) =>
				wish.candidates[0] === specs[0] &&
				(specs[0]?.id.startsWith('document.') || (implied.includes(wish) && ['edge', 'px', 'ratio'].includes(slot.type) && wish.slots[0]?.type === slot.type)),
		);
		if (first(slot)) wishes.push({ candidates: specs, words: null, at: slot.start, clause, slots: [slot] });
		else if (same !== undefined) same.slots.push(slot);
		else implied.push({ candidates: specs, words: null, at: slot.start, clause, slots: [slot] });
	}
	wishes.push(...implied);
}

function belongs(wish: Wish, slot: Slot, specs: readonly Spec[]): boolean {
	const is = (...ids: readonly string[]) => wish.candidates.some((spec) => ids.includes(spec.id));
	if (slot.type === 'ratio' && is('image.pad', 'video.pad')) return !wish.slots.some((one) => one.type === 'px' || one.type === 'size');
	// "shrink it, 600 px wide"
	if ((slot.type === 'px' || slot.type === 'size') && is('image.resize', 'video.scale'))
		return !wish.slots.some((one) => ['px', 'size', 'factor', 'percent', 'number'].includes(one.type));
	if (slot.type !== 'factor' && slot.type !== 'degrees' && slot.type !== 'ratio') return false;
	if (slot.type !== 'ratio' && wish.slots.some((one) => one.type === slot.type || one.type === 'percent')) return false;
	return wish.candidates.some((spec) => specs.includes(spec)) && !wish.slots.some((one) => one.type === 'px' || one.type === 'size');
}

const PART_EN =
	/(?:slow|speed|blur|mut|silenc|revers|loop|bright|dark|rotat|flip|grey|gray|zoom|repeat|accelerat)\w*(?: up| down| in| out)? (?:only |just )?(?:the )?$/;
const PART_ZH = /^(?:的?(?:视频|部分|片段|画面|内容))?(?:放慢|变慢|减速|加速|快进|倒放|静音|模糊|变暗|变亮|调亮|调暗|翻转|旋转|循环|变成黑白|转成黑白)/;

function changesPart(goal: Goal, slot: Slot): boolean {
	return (
		PART_EN.test(goal.text.slice(Math.max(0, slot.start - 28), slot.start)) ||
		(/[把将让给]$/.test(goal.text.slice(0, slot.start)) && PART_ZH.test(goal.text.slice(slot.end)))
	);
}

function claimScore(goal: Goal, wish: Wish, slot: Slot, clause: number, clauses: readonly Span[]): number {
	// A size that a place on the web asks for is reached by resizing.
	if (slot.type === 'size' && !/\d/.test(goal.text.slice(slot.start, slot.end)) && !wish.candidates.some((spec) => spec.id === 'image.resize')) return 0;
	const zone = clauses[clause];
	const text = zone === undefined ? goal.text : goal.text.slice(0, zone.end);
	const score = Math.max(
		...wish.candidates.map((spec) => Math.max(accepts(spec, slot, text), takes(spec, slot, goal.text.slice(Math.max(0, slot.start - 14), slot.start)) ? 7 : 0)),
	);
	if (score === 0) return 0;
	const distance = Math.abs(wish.clause - clause);
	// A length beside the word is the fade's, in whichever clause the wish was first said.
	if (
		wish.candidates.some((spec) => spec.id.endsWith('.fade')) &&
		(slot.type === 'duration' || slot.type === 'edge') &&
		FADED.test(text.slice(zone?.start ?? 0))
	)
		return 20;
	// A value that would make sense as a step of its own stays in its clause; a length of time may come from anywhere.
	const generator = wish.candidates.every((spec) => Object.values(spec.inputs).every((port) => port.optional === true));
	if (generator) return distance > 3 ? 0 : score + 4 - distance * 0.5;
	const shown =
		slot.type === 'edge' &&
		wish.candidates.some((spec) => takes(spec, slot, goal.text.slice(Math.max(0, slot.start - 14), slot.start)) && spec.id === 'video.text');
	if (distance > 0 && OWN.includes(slot.type) && !(shown && distance <= 2)) return 0;
	if (shown) return 8;
	if (
		distance > 0 &&
		slot.type === 'duration' &&
		!wish.candidates.some(
			(spec) =>
				/ken-burns|zoom|pan$/.test(spec.id) || (spec.id.endsWith('.fade') && distance === 1 && !/long|length|时长/.test(text.slice(slot.start, slot.end + 8))),
		)
	)
		return 0;
	if (distance > 2) return 0;
	const gap = Math.min(Math.abs(slot.start - wish.at), Math.abs(slot.start - (wish.words?.end ?? wish.at)));
	return score + 1 - distance * 2.5 - Math.min(gap, 60) / 15 > 0 ? Math.max(0.1, score + 4 - distance * 2.5 - Math.min(gap, 60) / 15) : 0;
}

const FADED = /(?:^|[^a-z])fad(?:e|es|ed|ing)(?![a-z])|淡[入出]|渐[入出强弱显隐]/;
const OWN: readonly Slot['type'][] = ['range', 'edge', 'size', 'px', 'ratio', 'factor', 'degrees', 'pages', 'instant'];
