/** A goal as read: slots, clauses and wishes, with every slot given to the wish that it belongs to, or made a wish of its own. */
import { specOf } from '../../../nodes/catalogue.ts';
import type { Spec } from '../../../nodes/define.ts';
import type { Kind, Metadata } from '../../../nodes/kinds.ts';
import { accepts } from './accept.ts';
import { type Mention, mentionsOf } from './mentions.ts';
import { EVERY } from './rhythm.ts';
import { withoutConflicts } from './rules/conflicts.ts';
import { familyOf } from './rules/families.ts';
import { WEAK } from './rules/words.ts';
import { slotsOf } from './slots/index.ts';
import type { Slot } from './slots/slot.ts';
import { clausesOf, type Goal, type Span } from './text.ts';
import type { Wish } from './wish.ts';
import { FILLERS } from './words.ts';

export interface Reading {
	readonly goal: Goal;
	readonly slots: readonly Slot[];
	readonly clauses: readonly Span[];
	readonly wishes: readonly Wish[];
	/** Words that are understood without being a node: hints for saving, words of the source. */
	readonly hints: readonly Span[];
	/** What the goal says not to do. */
	readonly negated: readonly { readonly span: Span; readonly text: string }[];
}

const NEGATION =
	/(?:(?:^|[^a-z])(?:don'?t|do not|never|without|no|not|avoid|instead of)(?: \w+)?\s+(?:(?:any|the|a|being)\s+)?$)|(?:不要|别|不用|无需|不必|不)(?:再|去|做|进行)?$/;

/** Reads a goal over what the sources can be read as. */
export function readAll(goal: Goal, readings: readonly (readonly Metadata[])[], main: Metadata | undefined): Reading {
	const slots = slotsOf(goal, readings);
	const blocking = slots.filter((slot) => ['text', 'url', 'cell', 'column'].includes(slot.type));
	const clauses = clausesOf(goal.text, slots);
	const clauseOf = (at: number) => {
		const found = clauses.findIndex((clause) => at < clause.end);
		return found < 0 ? Math.max(0, clauses.length - 1) : found;
	};
	const negated: { span: Span; text: string }[] = [];
	const hints: Span[] = [];
	let wishes: Wish[] = [];
	const ignored: { readonly mention: Mention; readonly makers: readonly Spec[] }[] = [];
	for (const mention of mentionsOf(goal, blocking)) {
		// "paper" is a document, no misspelt "pepper".
		if (
			mention.typo !== undefined &&
			slots.some((slot) => NAMING.includes(slot.type) && mention.covers.some((span) => slot.start < span.end && span.start < slot.end))
		)
			continue;
		const clause = clauses[clauseOf(mention.start)] ?? { start: 0, end: goal.text.length };
		const specs = mention.specs.filter((spec) => !spec.id.startsWith('table.') && !spec.id.startsWith('chart.') && !spec.id.startsWith('code.'));
		const makers = withFamily(specs.filter((spec) => spec.saves !== true));
		if (makers.length === 0) {
			if (specs.length > 0) hints.push(...mention.covers);
			continue;
		}
		if (isWeak(goal, mention) && !supported(makers, slots, clause, goal)) {
			ignored.push({ mention, makers });
			continue;
		}
		// "2x" is a value first; what it means depends on what stands beside it.
		if (
			mention.covers.every((span) =>
				slots.some((slot) => (VALUED.includes(slot.type) || (slot.type === 'unit' && slot.unit === 'dpi')) && slot.start <= span.start && span.end <= slot.end),
			)
		) {
			hints.push(...mention.covers);
			continue;
		}
		if (!isWeak(goal, mention) && onlyFillers(goal, mention)) {
			hints.push(...mention.covers);
			continue;
		}
		// A picture that loops for ever is a way of saving, not a repetition.
		if (
			makers.every((spec) => spec.id === 'video.loop') &&
			/gif|webp|动图|forever|for ever|endless/.test(goal.text) &&
			!slots.some((slot) => (slot.type === 'count' && /times|loop|repet|次|遍/.test(slot.noun)) || slot.type === 'factor')
		) {
			hints.push(...mention.covers);
			continue;
		}
		const before = goal.text.slice(clause.start, mention.start);
		if (NEGATION.test(before)) {
			const at = before.search(NEGATION);
			negated.push({
				span: { start: clause.start + Math.max(at, 0), end: mention.end },
				text: goal.original.slice(clause.start + Math.max(at, 0), mention.end).trim(),
			});
			continue;
		}
		const same = wishes.find((wish) => wish.clause === clauseOf(mention.start) && wish.candidates.some((spec) => makers.includes(spec)));
		if (same !== undefined) {
			hints.push(...mention.covers);
			const both = same.candidates.filter((spec) => makers.includes(spec));
			wishes[wishes.indexOf(same)] = { ...same, candidates: both };
			continue;
		}
		hints.push(...mention.covers);
		wishes.push({
			candidates: makers,
			words: { start: mention.start, end: mention.end },
			at: mention.start,
			clause: clauseOf(mention.start),
			slots: [],
			...(mention.typo === undefined ? {} : { typo: mention.typo }),
		});
	}
	wishes = withoutConflicts(goal, wishes, slots, readings.length, main);
	share(goal, slots, wishes, clauseOf, clauses, main);
	// "scale to 50 %": a word that is too common to be a wish of its own belongs to the wish that its value made.
	for (const { mention, makers } of ignored) if (wishes.some((wish) => wish.candidates.some((spec) => makers.includes(spec)))) hints.push(...mention.covers);
	return { goal, slots, clauses, wishes: wishes.sort((one, other) => one.at - other.at), hints, negated };
}

/** The specs and their likes in other media. */
function withFamily(specs: readonly Spec[]): Spec[] {
	const ids = new Set(specs.flatMap((spec) => familyOf(spec.id)));
	return [...ids].map((id) => specOf(id)).filter((spec) => spec !== undefined);
}

/** Function words alone ("from … to") ask for nothing; the values between them do. */
function onlyFillers(goal: Goal, mention: Mention): boolean {
	return (
		mention.specs.every((spec) => spec.id.endsWith('.trim') || spec.id.startsWith('table.')) &&
		mention.covers.every((span) => {
			const word = goal.text.slice(span.start, span.end);
			return (/^[a-z]/.test(word) && FILLERS.has(word)) || /^[从由自到至往第]+$/.test(word);
		})
	);
}

function isWeak(goal: Goal, mention: Mention): boolean {
	return mention.covers.length === 1 && WEAK.has(goal.text.slice(mention.start, mention.end));
}

const NAMING: readonly Slot['type'][] = ['kind', 'format', 'colour', 'side', 'direction'];
const VALUED: readonly Slot['type'][] = ['factor', 'px', 'ratio', 'percent', 'degrees', 'duration', 'edge', 'range', 'size', 'unit'];
const HEAVY: readonly Slot['type'][] = ['px', 'size', 'ratio', 'degrees', 'range', 'edge', 'factor', 'duration', 'text', 'colour', 'side', 'unit', 'count'];

function supported(specs: readonly Spec[], slots: readonly Slot[], clause: Span, goal: Goal): boolean {
	const near = slots.filter((slot) => HEAVY.includes(slot.type) && slot.start >= clause.start && slot.end <= clause.end + 1);
	return near.some((slot) => specs.some((spec) => accepts(spec, slot, goal.text) >= 5 || takes(spec, slot)));
}

/** Slots that the rules of a spec read, though no single field takes them. */
export function takes(spec: Spec, slot: Slot, before = ''): boolean {
	const name = spec.id.slice(spec.id.indexOf('.') + 1);
	switch (name) {
		case 'trim':
			return (
				!EVERY.test(before) && ['edge', 'range', 'duration'].includes(slot.type) && !(slot.type === 'edge' && (slot.unit === 'page' || slot.unit === 'row'))
			);
		case 'resize':
		case 'scale':
			return ['size', 'px', 'factor', 'percent'].includes(slot.type) || (slot.type === 'number' && slot.value >= 16);
		case 'qr':
			return ['px', 'size', 'text', 'url', 'colour'].includes(slot.type);
		case 'crop':
			return ['ratio', 'size', 'side', 'px'].includes(slot.type);
		case 'pad':
			return ['ratio', 'size', 'side', 'px', 'colour'].includes(slot.type);
		case 'rotate':
			return slot.type === 'degrees' || (slot.type === 'side' && (slot.gravity === 'east' || slot.gravity === 'west'));
		case 'speed':
			return ['factor', 'percent'].includes(slot.type);
		case 'volume':
			return ['factor', 'percent', 'unit'].includes(slot.type);
		case 'fade':
			return slot.type === 'duration' || (slot.type === 'edge' && slot.unit === 'second');
		case 'loop':
			return slot.type === 'factor' || slot.type === 'duration';
		case 'ken-burns':
		case 'pan':
		case 'zoom':
			return slot.type === 'direction' || slot.type === 'side';
		case 'pages':
		case 'text':
			return (
				(spec.id.startsWith('document.') && (slot.type === 'pages' || (slot.type === 'edge' && slot.unit === 'page'))) ||
				(spec.id === 'video.text' &&
					(['text', 'range', 'side', 'colour'].includes(slot.type) ||
						(slot.type === 'edge' && /(?:for|during|in|over|within|only)(?: only| just)?(?: the)?\s*$|出现在|显示在|在$/.test(before))))
			);
		case 'frames':
			return (
				(slot.type === 'duration' && EVERY.test(before)) ||
				(slot.type === 'edge' && slot.unit === 'frame') ||
				(slot.type === 'count' && /frame|still|image|picture|photo|screenshot|帧|图|张|画面/.test(slot.noun))
			);
		case 'stitch':
			return slot.type === 'direction';
		case 'thumbnail':
			return (
				(slot.type === 'duration' && !EVERY.test(before) && /(?:after|second|at|在|第)\s*$/.test(before)) ||
				slot.type === 'instant' ||
				(slot.type === 'edge' && slot.unit === 'frame') ||
				slot.type === 'side'
			);
		case 'save':
			return false;
		default:
			return false;
	}
}

/** Gives each slot to the nearest wish that takes it; what no wish takes becomes a wish of its own where the kind at hand has a node for it. */
function share(
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

function impliedBy(goal: Goal, slot: Slot, kind: Kind | null): readonly Spec[] {
	const named = (...ids: readonly string[]) => ids.map((id) => specOf(id)).filter((spec) => spec !== undefined);
	const near = goal.text.slice(Math.max(0, slot.start - 20), slot.end + 16);
	switch (slot.type) {
		case 'range':
			return named('video.trim', 'audio.trim');
		case 'edge':
			if (slot.unit === 'page') return named('document.pages');
			if (slot.unit === 'frame' && slot.count === 1 && !slot.drop) return named('video.thumbnail');
			return slot.unit === 'row' ? [] : named('video.trim', 'audio.trim');
		case 'instant':
			return kind === 'video' || kind === 'image' ? named('video.thumbnail') : [];
		case 'size':
			return named('image.resize', 'video.scale');
		case 'px':
			return named('image.resize', 'video.scale');
		case 'ratio':
			return named('image.crop', 'video.crop');
		case 'factor':
			if (/size|resolution|dimension|wide|width|height|big|large|small|scale|大小|尺寸|分辨率|宽|高|大|小/.test(near))
				return named('image.resize', 'video.scale');
			if (/volume|loud|quiet|音量|声音/.test(near)) return named('video.volume', 'audio.volume');
			return kind === 'audio' || kind === 'video'
				? named('video.speed', 'audio.speed')
				: /speed|fast|slow|快|慢|速/.test(near)
					? named('video.speed', 'audio.speed')
					: named('image.resize');
		case 'percent':
			if (/size|resolution|dimension|scale|small|big|大小|尺寸|缩|放大/.test(near)) return named('image.resize', 'video.scale');
			if (/speed|fast|slow|快|慢|速/.test(near)) return named('video.speed', 'audio.speed');
			return /volume|loud|quiet|音量/.test(near) ? named('video.volume', 'audio.volume') : [];
		case 'degrees':
			return named('image.rotate', 'video.rotate');
		case 'unit':
			return slot.unit === 'fps'
				? /grab|extract|take|capture|pull|stills?|pictures?|images?|screenshots?|截|抽|取|张/.test(near)
					? named('video.frames')
					: named('video.fps')
				: slot.unit === 'dpi'
					? named('document.pages')
					: slot.unit === 'LUFS'
						? named('audio.normalise')
						: slot.unit === 'dB'
							? named('video.volume', 'audio.volume')
							: [];
		case 'pages':
			return named('document.pages', 'document.text').slice(0, 1);
		case 'text':
			return slot.sure && (kind === 'image' || kind === 'video') && /put|add|write|with|print|place|写|加|放|印/.test(goal.text)
				? named('image.watermark-text', 'video.text')
				: [];
		case 'direction':
			return kind === 'document' || kind === 'audio' ? [] : named('video.ken-burns', 'video.pan');
		case 'side':
			return /half|半/.test(goal.text.slice(slot.start, slot.end)) ? named('image.crop', 'video.crop') : [];
		case 'duration':
			if (kind === 'video' && EVERY.test(goal.text.slice(Math.max(0, slot.start - 14), slot.start))) return named('video.frames');
			return kind === 'video' || kind === 'audio' ? named('video.trim', 'audio.trim') : [];
		default:
			return [];
	}
}
