/** Sizes, shapes, factors, angles, rates: numbers with a unit. */
import { COLOUR, colourOf } from '../colours.ts';
import { NUMBER, numberOf } from '../numbers.ts';
import { claimAll, type Gravity, type SlotContext } from './slot.ts';

const NAMED_SIZES: Readonly<Record<string, readonly [number, number]>> = {
	'full hd': [1920, 1080],
	fullhd: [1920, 1080],
	'4k': [3840, 2160],
	uhd: [3840, 2160],
	'2k': [2560, 1440],
};
const NAMED_RATIOS: Readonly<Record<string, readonly [number, number]>> = {
	square: [1, 1],
	正方形: [1, 1],
	方形: [1, 1],
	方图: [1, 1],
	方的: [1, 1],
	widescreen: [16, 9],
	宽屏: [16, 9],
	vertical: [9, 16],
	portrait: [9, 16],
	竖屏: [9, 16],
	横屏: [16, 9],
};

/** Sizes that places on the web ask for. */
const PLACES: readonly (readonly [RegExp, number, number])[] = [
	[
		/(?<![a-z])(?:(?:for |as )?(?:an? )?(?:instagram|facebook|whatsapp) (?:story|stories|reels?|status)|tiktok(?: video)?|youtube shorts?)(?![a-z])|抖音尺寸|竖屏短视频尺寸/g,
		1080,
		1920,
	],
	[/(?<![a-z])(?:for |as )?(?:an? )?instagram (?:post|square|feed)(?![a-z])/g, 1080, 1080],
	[/(?<![a-z])(?:for |as )?(?:an? )?youtube thumbnail(?![a-z])/g, 1280, 720],
	[/(?<![a-z])(?:for |as )?(?:an? )?(?:twitter|x) header(?![a-z])/g, 1500, 500],
	[/(?<![a-z])(?:an? )?favicon(?![a-z])|网站图标/g, 32, 32],
];

export function claimMeasures(context: SlotContext): void {
	const n = (text: string | undefined) => numberOf(text ?? '') ?? Number.NaN;
	claimAll(context, /(\d{2,5})\s*(?:px|pixels?|像素)?\s*(?:x|×|\*|by|乘以?)\s*(\d{2,5})(?:\s*(?:px|pixels?|像素))?(?![a-z\d])/g, (m) => ({
		type: 'size',
		width: n(m[1]),
		height: n(m[2]),
	}));
	for (const [pattern, width, height] of PLACES) claimAll(context, pattern, () => ({ type: 'size', width, height }));
	claimAll(context, /(?<![a-z])(?:full ?hd|4k|uhd|2k)(?![a-z])/g, (m) => {
		const size = NAMED_SIZES[m[0]];
		return size === undefined ? null : { type: 'px', value: size[1], axis: 'height' };
	});
	claimAll(context, /(?<!\d)(240|360|480|540|720|1080|1440|2160)p(?![a-z])/g, (m) => ({ type: 'px', value: n(m[1]), axis: 'height' }));
	claimAll(context, /(?<![\d:])(\d{1,2})\s?[:：]\s?(\d{1,2})(?![\d:])(?!\s?[ap]m)|(?<![\d])(\d{1,2}) by (\d{1,2})(?!\d)|(\d{1,2})\s?比\s?(\d{1,2})/g, (m) => ({
		type: 'ratio',
		width: n(m[1] ?? m[3] ?? m[5]),
		height: n(m[2] ?? m[4] ?? m[6]),
	}));
	claimAll(context, /(?<![a-z])(?:square|widescreen)(?![a-z])|正方形|方形|方图|宽屏|竖屏|横屏/g, (m) => {
		const ratio = NAMED_RATIOS[m[0]];
		return ratio === undefined ? null : { type: 'ratio', width: ratio[0], height: ratio[1] };
	});
	claimAll(
		context,
		new RegExp(
			`(${NUMBER})\\s*(?:fps|frames? (?:per|a) second|frames?/s|hz(?= video)|帧每秒|帧/秒|帧率)|(?:fps|frame ?rate|帧率)\\s*(?:of|to|at|为|改成|改为|设为|设成|:|=)?\\s*(${NUMBER})|每秒\\s*(${NUMBER})\\s*帧`,
			'g',
		),
		(m) => ({ type: 'unit', unit: 'fps', value: n(m[1] ?? m[2] ?? m[3]) }),
	);
	claimAll(
		context,
		new RegExp(
			`(?:(?:分辨率|清晰度)(?:为|是)?\\s*)?(${NUMBER})\\s*(dpi|ppi|点每英寸|dots (?:per|an) inch|pixels (?:per|an) inch|lufs|db|decibels?|分贝|khz|hz)(?![a-z])|(-\\d+(?:\\.\\d+)?)\\s*(lufs|db|分贝)`,
			'g',
		),
		(m) => {
			const value = m[3] === undefined ? n(m[1]) * (context.goal.text[m.index - 1] === '-' ? -1 : 1) : Number(m[3]);
			const unit = m[2] ?? m[4] ?? '';
			if (/lufs/.test(unit)) return { type: 'unit', unit: 'LUFS', value };
			if (/db|decibel|分贝/.test(unit)) return { type: 'unit', unit: 'dB', value };
			return unit === 'khz' ? { type: 'unit', unit: 'Hz', value: value * 1000 } : { type: 'unit', unit: unit === 'hz' ? 'Hz' : 'dpi', value };
		},
	);
	if (context.readings.flat().some((reading) => reading.kind === 'document'))
		claimAll(
			context,
			new RegExp(`(?:分辨率|清晰度|resolution)\\s*(?:of|to|at|为|是|设为|:)?\\s*(${NUMBER})(?![\\d.]*\\s*(?:px|x|×|p(?![a-z])|像素|\\*|:|%|by))`, 'g'),
			(m) => ({
				type: 'unit',
				unit: 'dpi',
				value: n(m[1]),
			}),
		);
	claimAll(context, new RegExp(`(${NUMBER})\\s*(kb|kib|mb|mib|gb|megabytes?|kilobytes?|兆|千字节)(?![a-z])`, 'g'), (m) => {
		const scale = /^(?:k|千)/.test(m[2] ?? '') ? 1000 : /^g/.test(m[2] ?? '') ? 1_000_000_000 : 1_000_000;
		return { type: 'bytes', bytes: n(m[1]) * scale };
	});
	claimAll(context, new RegExp(`(-?\\d+(?:\\.\\d+)?|${NUMBER})\\s*(?:%|percent|per cent)|百分之\\s*(${NUMBER})|(${NUMBER})成(?!功|为)`, 'g'), (m) => {
		const value = m[3] === undefined ? Number(m[1] === undefined ? n(m[2]) : (numberOf(m[1]) ?? m[1])) : n(m[3]) * 10;
		return Number.isFinite(value) ? { type: 'percent', value } : null;
	});
	claimAll(
		context,
		/(?:the )?(left|right|top|bottom|upper|lower)(?:-hand)? (?:half|part|side)(?![a-z])(?! to)|(左|右|上|下)(?:面|边|部|方)?的?一?半(?:边|部分|张|侧)?/g,
		(m) => {
			const gravity = {
				left: 'west',
				right: 'east',
				top: 'north',
				upper: 'north',
				bottom: 'south',
				lower: 'south',
				左: 'west',
				右: 'east',
				上: 'north',
				下: 'south',
			}[m[1] ?? m[2] ?? ''];
			return gravity === undefined || !/half|半/.test(m[0]) ? null : { type: 'side', gravity: gravity as Gravity };
		},
	);
	claimDegrees(context);
	claimPixels(context);
	claimFactors(context);
	claimAll(context, COLOUR, (m) => {
		if (
			/(?:^|[^a-z])(?:black ?(?:and|&|n|'n') ?white|b ?& ?w)/.test(context.goal.text.slice(Math.max(0, m.index - 10), m.index + 16)) &&
			/^(?:black|white)$/.test(m[0])
		)
			return null;
		const value = colourOf(m[0]);
		return value === null ? null : { type: 'colour', value, name: m[0] };
	});
}

function claimDegrees(context: SlotContext): void {
	const turn = (text: string): 'left' | 'right' | null => (/counter|anti|left|逆|左/.test(text) ? 'left' : /clockwise|right|顺|右/.test(text) ? 'right' : null);
	const around = '(?:\\s*(?:counter-?|anti-?)?clockwise|\\s*(?:to the )?(?:left|right)(?![a-z]))?';
	claimAll(
		context,
		new RegExp(
			`(?:(?:逆时针|顺时针|向左|向右|往左|往右)(?:旋转|转)?\\s*)?(-?\\d+(?:\\.\\d+)?|${NUMBER})\\s*(?:°|degrees?(?![a-z])|degs?(?![a-z])|度)${around}`,
			'g',
		),
		(m) => {
			const value = Number(numberOf(m[1] ?? '') ?? m[1]);
			return Number.isFinite(value) ? { type: 'degrees', value, turn: turn(m[0]) } : null;
		},
	);
}

function claimPixels(context: SlotContext): void {
	const n = (text: string | undefined) => numberOf(text ?? '') ?? Number.NaN;
	const axisOf = (text: string): 'width' | 'height' | 'long' | 'short' | null =>
		/long|larg|长边|最长/.test(text)
			? 'long'
			: /short|small|短边/.test(text)
				? 'short'
				: /wid|across|宽/.test(text)
					? 'width'
					: /tall|high|heigh|高/.test(text)
						? 'height'
						: null;
	const pixels = '\\s*(?:px|pixels?|个?像素|p(?![a-z]))?';
	const named = '(?:width|height|wide|(?:longe(?:st|r)|shorte(?:st|r)|largest|smallest|long|short) (?:side|edge|dimension)|宽度?|高度?|长边|短边|最长边)';
	claimAll(
		context,
		new RegExp(`(${named})\\s*(?:of|to|is|be|at|=|:|为|是|改为|改成|设为|设成|调到|缩到|缩放到|变成|到|不超过|at most|max)*\\s*(\\d{1,5})${pixels}`, 'g'),
		(m) => ({ type: 'px', value: n(m[2]), axis: axisOf(m[1] ?? '') }),
	);
	claimAll(
		context,
		new RegExp(
			`(\\d{1,5})${pixels}\\s*(?:in |on (?:its|the) |at (?:its|the) )?(wide|width|across|tall|high|height|widest|longe(?:st|r) (?:side|edge)|shorte(?:st|r) (?:side|edge)|long edge|宽|高)(?![a-z])`,
			'g',
		),
		(m) => ({ type: 'px', value: n(m[1]), axis: axisOf(m[2] ?? '') }),
	);
	claimAll(context, new RegExp(`(${NUMBER})[\\s-]*(?:px|pixels?|个?像素)(?![a-z])`, 'g'), (m) => ({ type: 'px', value: n(m[1]), axis: null }));
}

const FACTORS: readonly (readonly [RegExp, number])[] = [
	[/(?<![a-z])(?:double|twice|two times|doubled|doubling)(?![a-z])|加倍|翻倍|两倍|二倍/g, 2],
	[/(?<![a-z])(?:triple|three times|thrice|tripled)(?![a-z])/g, 3],
	[/(?<![a-z])(?:quadruple|four times)(?![a-z])/g, 4],
	[/(?<![a-z])(?:half|halve|halved|halving)(?![a-z])(?! an?(?![a-z]))|一半|减半|二分之一/g, 0.5],
	[/(?<![a-z])(?:one|a) third(?![a-z])|三分之一/g, 1 / 3],
	[/(?<![a-z])(?:one|a) quarter(?![a-z])(?! turn)|(?<![a-z])quarter(?= (?:the )?(?:speed|size|of))|四分之一/g, 0.25],
];

function claimFactors(context: SlotContext): void {
	claimAll(context, /(?<![\w#.])(\d+(?:\.\d+)?|\.\d+)\s?(?:x|×|times)(?![a-z\d])|(?<![\w])x\s?(\d+(?:\.\d+)?)(?![\w])/g, (m) => ({
		type: 'factor',
		value: Number(m[1] ?? m[2]),
	}));
	claimAll(context, new RegExp(`(${NUMBER})\\s*倍`, 'g'), (m) => {
		const value = numberOf(m[1] ?? '');
		const before = context.goal.text.slice(Math.max(0, m.index - 5), m.index);
		// 加速一倍 is twice as fast; 缩小一倍 is half the size.
		if (value === 1 && !/^速/.test(context.goal.text.slice(m.index + m[0].length)))
			return /慢|缩|小|减|降|短/.test(before)
				? { type: 'factor', value: 0.5 }
				: /快|加|提|增|大|放|扩|高|宽|长/.test(before)
					? { type: 'factor', value: 2 }
					: null;
		return value === null ? null : { type: 'factor', value };
	});
	claimAll(context, new RegExp(`(${NUMBER}) times(?= (?:as |the )?(?:fast|slow|quick|speed|big|large|size|small|loud|its|bright|wide|tall))`, 'g'), (m) => {
		const value = numberOf(m[1] ?? '');
		return value === null ? null : { type: 'factor', value };
	});
	for (const [pattern, value] of FACTORS) claimAll(context, pattern, () => ({ type: 'factor', value }));
}
