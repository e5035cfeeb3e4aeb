/** Light, colour, blur, text and watermarks. */
import { type Filling, ofType, type Rule } from '../wish.ts';

interface Tone {
	readonly param: string;
	readonly up: RegExp;
	readonly down: RegExp;
}

const TONES: readonly Tone[] = [
	{ param: 'brightness', up: /bright|lighter|lighten|too dark|expos|亮|太暗/, down: /dark(?:er|en)|dim|too bright|less bright|暗|太亮/ },
	{ param: 'contrast', up: /contrast|对比/, down: /(?:less|lower|reduce|decrease) (?:the )?contrast|(?:降低|减少|减小)对比/ },
	{
		param: 'saturation',
		up: /satur|colou?rful|vivid|vibrant|punch|鲜艳|饱和/,
		down: /desaturat|(?:less|lower|reduce|decrease|mut\w*) (?:the )?(?:satur|colou?r)|washed|(?:降低|减少)饱和/,
	},
];

const adjust: Rule = (filling) => {
	const params: Record<string, unknown> = {};
	const percent = ofType(filling.slots, 'percent');
	const spoken = TONES.filter((tone) => tone.up.test(filling.text) || tone.down.test(filling.text));
	for (const [i, tone] of spoken.entries()) {
		const down = tone.down.test(filling.text) && !(tone.param === 'brightness' && /too dark|太暗/.test(filling.text));
		const slot = percent[i] ?? (spoken.length > 1 && percent.length === 1 ? percent[0] : undefined);
		if (slot !== undefined) filling.use(slot);
		const amount = slot === undefined ? strength(filling) : Math.abs(slot.value);
		params[tone.param] = scaled(filling, tone.param, down ? -amount : amount);
		if (slot === undefined) filling.assume(tone.param, params[tone.param]);
	}
	filling.cover(
		/bright\w*|light(?:er|en)|dark\w*|contrast|satur\w*|colou?rful|vivid|vibrant|increase|decrease|raise|lower|reduce|boost|强|高|增加|提高|降低|增强/g,
	);
	return params;
};

function strength(filling: Filling): number {
	if (/(?:a )?(?:bit|little|slight|touch)|一点|稍|略/.test(filling.text)) return 15;
	return /much|very|lot|strong|很多|非常|大幅/.test(filling.text) ? 50 : 25;
}

/** Percent as the field of this spec counts it: −100…300, or −1…1 and factors around 1. */
function scaled(filling: Filling, param: string, percent: number): number {
	if (filling.spec.id === 'image.adjust') return percent;
	const range = filling.spec.describe === undefined ? null : rangeOf(filling, param);
	if (range === null || range.min < 0) return percent;
	return Math.max(range.min, 100 + percent);
}

function rangeOf(filling: Filling, param: string): { readonly min: number; readonly max: number } | null {
	const field = filling.spec.medium === 'source' ? undefined : fieldNamed(filling, param);
	return field === undefined ? null : { min: field.min ?? 0, max: field.max ?? 0 };
}

import { variantsOf } from '../accept.ts';

function fieldNamed(filling: Filling, param: string) {
	return variantsOf(filling.spec)
		.flatMap((variant) => variant.fields)
		.find((field) => field.name === param);
}

const soften: Rule = (filling) => {
	const field = fieldNamed(filling, 'radius') ?? fieldNamed(filling, 'sigma') ?? fieldNamed(filling, 'strength') ?? fieldNamed(filling, 'amount');
	if (
		field === undefined ||
		typeof field.default !== 'number' ||
		filling.slots.some((slot) => slot.type === 'px' || slot.type === 'percent' || slot.type === 'number')
	)
		return {};
	const clamp = (value: number) => Math.min(field.max ?? value, Math.max(field.min ?? value, value));
	if (/(?:a )?(?:bit|little|slight\w*|touch|gently|soft\w*|subtle)|一点|稍|轻/.test(filling.text)) {
		filling.cover(/slight\w*|touch|gently|soft\w*|subtl\w*|轻微?|稍微?/g);
		return { [field.name]: clamp(Math.round((field.default / 2) * 10) / 10) };
	}
	if (/strong|heav|lot|very|much|强|重|很/.test(filling.text)) {
		filling.cover(/strong\w*|heav\w*|强烈?|重度?/g);
		return { [field.name]: clamp(field.default * 2.5) };
	}
	return {};
};

const write: Rule = (filling) => {
	const text = ofType(filling.slots, 'text')[0] ?? ofType(filling.slots, 'url')[0];
	const params: Record<string, unknown> = {};
	filling.cover(/letters?|font|words?|text|caption|title|write|put|字体|字样|文字/g);
	if (text !== undefined) {
		filling.use(text);
		params.text = text.value;
	} else if (/copyright|版权/.test(filling.words)) {
		params.text = '©';
		filling.assume('text', '©');
	} else if (/confidential|draft/.test(filling.words)) params.text = /draft/.test(filling.words) ? 'DRAFT' : 'CONFIDENTIAL';
	if (/all over|tiled?|repeat|diagonal|everywhere|平铺|铺满|满屏/.test(filling.text) && fieldNamed(filling, 'tile') !== undefined) {
		params.tile = true;
		filling.cover(/all over|tiled?|repeat\w*|平铺|铺满|满屏/g);
	}
	const edge = ofType(filling.slots, 'edge').find((slot) => slot.unit === 'second');
	const length = filling.input?.kind === 'video' ? filling.input.duration : null;
	if (edge !== undefined && fieldNamed(filling, 'from') !== undefined && (edge.which === 'first' || length !== null)) {
		filling.use(edge);
		if (edge.which === 'first') params.to = edge.count;
		else params.from = Math.max(0, (length ?? 0) - edge.count);
	}
	const range = ofType(filling.slots, 'range')[0];
	if (range !== undefined && fieldNamed(filling, 'from') !== undefined) {
		filling.use(range);
		if (range.from !== null) params.from = range.from;
		if (range.to !== null) params.to = range.to;
	}
	if (/big|large|huge|大(?!小)/.test(filling.text)) {
		const size = fieldNamed(filling, 'size');
		if (size !== undefined && typeof size.default === 'number') params.size = Math.min(size.max ?? 100, size.default * 2);
		filling.cover(/big|large|huge|大字/g);
	}
	if (/small|tiny|小(?!时)/.test(filling.text) && params.size === undefined) {
		const size = fieldNamed(filling, 'size');
		if (size !== undefined && typeof size.default === 'number') params.size = Math.max(size.min ?? 1, Math.round(size.default / 2));
		filling.cover(/small|tiny|小字/g);
	}
	return params;
};

const qr: Rule = (filling) => {
	filling.cover(/codes?|link|url|链接|网址|扫码|scan\w*/g);
	const params: Record<string, unknown> = {};
	const size = ofType(filling.slots, 'px')[0] ?? ofType(filling.slots, 'size')[0];
	if (size !== undefined) {
		filling.use(size);
		params.size = size.type === 'px' ? size.value : size.width;
	}
	const wifi = /wi-?fi|无线/.test(filling.goal.text);
	const quoted = [...ofType(filling.slots, 'url'), ...ofType(filling.slots, 'text')];
	if (wifi) {
		filling.cover(/wi-?fi|network|password|passphrase|ssid|called|named|无线|网络|密码|名称/g);
		const said = (pattern: RegExp) => pattern.exec(filling.goal.original)?.[1];
		const network = said(/(?:network|ssid|called|named|网络(?:名称?)?|名称)[ :：为是]+["“'「]?([^\s"”'」,，;；]+)/i) ?? quoted[0]?.value;
		const password =
			said(/(?:password|passphrase|密码)[ :：为是]+(?:is )?["“'「]?([^\s"”'」,，;；]+)/i) ??
			(network === quoted[0]?.value ? quoted[1]?.value : quoted[0]?.value);
		for (const slot of quoted) filling.use(slot);
		for (const word of [network, password]) if (word !== undefined) filling.cover(new RegExp(word.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g'));
		return { ...params, content: 'wifi', ...(network === undefined ? {} : { network }), ...(password === undefined ? {} : { password }) };
	}
	const text = quoted[0];
	if (text === undefined) return params;
	filling.use(text);
	const colour = ofType(filling.slots, 'colour')[0];
	if (colour !== undefined && !/background|背景|底/.test(filling.goal.text)) {
		filling.use(colour);
		params.dark = colour.value;
	}
	return { ...params, content: 'text', text: text.value };
};

const tint: Rule = (filling) => {
	const colour = ofType(filling.slots, 'colour')[0];
	if (colour === undefined) return { tone: 'sepia' };
	filling.use(colour);
	return { tone: 'colour', colour: colour.value };
};

const sharpen: Rule = (filling) => {
	const percent = ofType(filling.slots, 'percent')[0];
	if (percent !== undefined) return {};
	if (/(?:a )?(?:bit|little|slight\w*|touch)|一点|稍|轻/.test(filling.text)) return { amount: 60 };
	return /strong|heav|lot|very|much|强|很/.test(filling.text) ? { amount: 200 } : {};
};

const overlay: Rule = (filling) => {
	const field = fieldNamed(filling, 'opacity');
	if (field === undefined || filling.slots.some((slot) => slot.type === 'percent')) return {};
	if (!/semi-?transparent|translucent|half[- ]transparent|see-through|半透明/.test(filling.goal.text)) return {};
	filling.cover(/semi-?transparent|translucent|half[- ]transparent|see-through|半透明/g);
	return { opacity: (field.max ?? 100) <= 1 ? 0.5 : 50 };
};

export const LOOKS: Readonly<Record<string, Rule>> = {
	'image.adjust': adjust,
	'video.adjust': adjust,
	'image.blur': soften,
	'video.blur': soften,
	'image.sharpen': sharpen,
	'image.watermark-text': write,
	'video.text': write,
	'image.qr': qr,
	'video.overlay': overlay,
	'image.watermark-image': overlay,
	'image.tint': tint,
};
