/** Sound: loudness, fades. */

import { variantsOf } from '../accept.ts';
import type { Span } from '../text.ts';
import { ofType, type Rule } from '../wish.ts';

const DOWN = /quiet|soft(?:er)?|lower|turn(?: it| the \w+)? down|reduce|decrease|less loud|小声|降低|减小|调小|调低|轻/;

const volume: Rule = (filling) => {
	const down = DOWN.test(filling.text);
	filling.cover(/loud\w*|quiet\w*|volume|soft(?:er)?|up|down|raise|lower|increase|decrease|reduce|boost|调大|调小|调高|调低|提高|降低|音量/g);
	const fields = variantsOf(filling.spec).flatMap((variant) => variant.fields);
	const decibels = fields.find((field) => field.unit === 'dB');
	const factor = fields.find((field) => field.unit === '×' || field.unit === '%');
	const said = ofType(filling.slots, 'unit').find((slot) => slot.unit === 'dB');
	if (said !== undefined && decibels !== undefined) {
		filling.use(said);
		return { [decibels.name]: down ? -Math.abs(said.value) : said.value };
	}
	const share = ofType(filling.slots, 'factor')[0] ?? ofType(filling.slots, 'percent')[0];
	if (share !== undefined) {
		filling.use(share);
		const relative = share.type === 'percent' && /(?:^|[^a-z])by \d|\d+\s*% (?:louder|quieter|softer)/.test(filling.text);
		const plain =
			share.type === 'percent'
				? relative
					? 1 + ((down ? -1 : 1) * share.value) / 100
					: share.value / 100
				: down && share.value > 1
					? 1 / share.value
					: share.value;
		if (decibels !== undefined) return { [decibels.name]: Math.round(20 * Math.log10(Math.max(0.001, plain)) * 10) / 10 };
		if (factor !== undefined) return { [factor.name]: factor.unit === '%' ? Math.round(plain * 100) : plain };
	}
	if (decibels !== undefined) {
		const value = down ? -6 : 6;
		filling.assume(decibels.name, value);
		return { [decibels.name]: value };
	}
	return {};
};

const fade: Rule = (filling) => {
	const into = /fad(?:e|es|ed|ing)(?: it| the \w+)? in(?![a-z])|fade-in|in and out|淡入|渐入|渐强|渐显/.test(filling.goal.text);
	const out = /fad(?:e|es|ed|ing)(?: it| the \w+)? out|fade-out|in and out|fade (?:away|to)|at the end|淡出|渐出|渐弱|渐隐/.test(filling.goal.text);
	filling.cover(/in and out|fade[- ](?:in|out)|fad(?:e|es|ing)|淡入|淡出|at the (?:start|end|beginning)|at both ends|black/g);
	const fields = variantsOf(filling.spec).flatMap((variant) => variant.fields);
	const slots = filling.slots.filter((slot) => slot.type === 'duration' || (slot.type === 'edge' && slot.unit === 'second'));
	for (const slot of ofType(filling.slots, 'edge')) filling.use(slot);
	for (const slot of slots) filling.use(slot);
	filling.cover(/开头|结尾|末尾|最后|片头|片尾/g);
	if (slots.length === 0) filling.assume('fade', 1);
	const text = filling.goal.text;
	const seconds = (slot: (typeof slots)[number]) => (slot.type === 'duration' ? slot.seconds : slot.type === 'edge' ? slot.count : 1);
	const both = into === out;
	const length: { in?: number; out?: number } = {};
	for (const slot of slots) {
		const toIn = slot.type === 'edge' && slot.which === 'last' ? Number.POSITIVE_INFINITY : gap(text, slot, IN);
		const toOut = slot.type === 'edge' && slot.which === 'first' ? Number.POSITIVE_INFINITY : gap(text, slot, OUT);
		const side = toOut < toIn ? 'out' : 'in';
		length[length[side] === undefined ? side : side === 'in' ? 'out' : 'in'] = seconds(slot);
	}
	const any = length.in ?? length.out ?? 1;
	const params: Record<string, unknown> = {};
	if (fields.some((field) => field.name === 'in')) params.in = into || both ? (length.in ?? any) : 0;
	if (fields.some((field) => field.name === 'out')) params.out = out || both ? (length.out ?? any) : 0;
	return params;
};

const IN = /fad(?:e|es|ed|ing)(?: it| the \w+)?[ -]in(?! and)|淡入|渐入|渐强|渐显/g;
const OUT = /(?:fad(?:e|es|ed|ing)(?: it| the \w+)?[ -])?(?<![a-z])out(?![a-z])|fade (?:away|to)|淡出|渐出|渐弱|渐隐/g;

/** How far words are from a slot; words before it and in its clause are nearer. */
function gap(text: string, slot: Span, words: RegExp): number {
	let best = Number.POSITIVE_INFINITY;
	for (const match of text.matchAll(words)) {
		const end = match.index + match[0].length;
		const between = end <= slot.start ? text.slice(end, slot.start) : text.slice(slot.end, match.index);
		best = Math.min(best, between.length + (end <= slot.start ? 0 : 0.5) + (/[,;，；。、]|(?<![a-z])and(?![a-z])/.test(between) ? 20 : 0));
	}
	return best;
}

export const SOUND: Readonly<Record<string, Rule>> = { 'video.volume': volume, 'audio.volume': volume, 'video.fade': fade, 'audio.fade': fade };
