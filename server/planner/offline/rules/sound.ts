/** Sound: loudness, fades. */

import { variantsOf } from '../accept.ts';
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
	const into = /fad(?:e|es|ed|ing)(?: it| the \w+)? in|fade-in|in and out|淡入|渐入|渐强|渐显/.test(filling.text);
	const out = /fad(?:e|es|ed|ing)(?: it| the \w+)? out|fade-out|in and out|fade (?:away|to)|at the end|淡出|渐出|渐弱|渐隐/.test(filling.text);
	filling.cover(/in and out|fade[- ](?:in|out)|fad(?:e|es|ing)|淡入|淡出|at the (?:start|end|beginning)|at both ends|black/g);
	const fields = variantsOf(filling.spec).flatMap((variant) => variant.fields);
	const lengths = ofType(filling.slots, 'duration');
	for (const edge of ofType(filling.slots, 'edge')) filling.use(edge);
	const seconds = lengths[0]?.seconds ?? ofType(filling.slots, 'edge')[0]?.count ?? 1;
	for (const length of lengths.slice(0, 2)) filling.use(length);
	if (lengths.length === 0) filling.assume('fade', seconds);
	const both = into === out;
	const params: Record<string, unknown> = {};
	if (fields.some((field) => field.name === 'in')) params.in = into || both ? seconds : 0;
	if (fields.some((field) => field.name === 'out')) params.out = out || both ? (lengths[1]?.seconds ?? seconds) : 0;
	return params;
};

export const SOUND: Readonly<Record<string, Rule>> = { 'video.volume': volume, 'audio.volume': volume, 'video.fade': fade, 'audio.fade': fade };
