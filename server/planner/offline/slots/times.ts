/** Times: ranges, first and last parts, moments, durations. */
import { NUMBER, numberOf } from '../numbers.ts';
import { claimAll, type SlotContext } from './slot.ts';

const CLOCK = '\\d{1,2}:\\d{2}(?::\\d{2})?(?:\\.\\d+)?';
const UNIT = '(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|hours?|hrs?)(?![a-z])';
const UNIT_ZH = '(?:毫秒|秒钟|秒|分钟|分(?![贝之辨享开别成组布割页])|小时)';
const ENGLISH = `${NUMBER}[\\s-]*${UNIT}(?:\\s+and\\s+a\\s+half)?(?:\\s*(?:and\\s+)?\\d+\\s*(?:seconds?|secs?|s)(?![a-z]))?`;
const ONE_AND_HALF = `${NUMBER} and a half ${UNIT}|a (?:second|minute)(?: and a half)?(?![a-z])|half a (?:second|minute)|a couple of (?:seconds|secs)|(?<=(?:first|last|opening|final|initial) )couple of (?:seconds|secs)`;
const CHINESE = `${NUMBER}\\s*个?${UNIT_ZH}半?(?:${NUMBER}\\s*秒)?`;
const TIME = `(?:${CLOCK}|${ONE_AND_HALF}|${ENGLISH}|${CHINESE})`;

const SECONDS: readonly (readonly [RegExp, number])[] = [
	[/^(?:milliseconds?|ms|毫秒)/, 0.001],
	[/^(?:minutes?|mins?|分)/, 60],
	[/^(?:hours?|hrs?|小时)/, 3600],
	[/^(?:seconds?|secs?|s|秒)/, 1],
];

/** Seconds of a time as written: `1:30`, `5 s`, `one and a half minutes`, 一分半; null where it is none. */
export function secondsOf(raw: string): number | null {
	const text = raw.trim().replace(/-/g, ' ');
	if (/^\d{1,2}:\d{2}/.test(text)) return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
	if (/^(?:a|half a) (?:second|minute)/.test(text))
		return (text.startsWith('half') ? 0.5 : text.endsWith('half') ? 1.5 : 1) * (text.includes('minute') ? 60 : 1);
	if (/couple of sec/.test(text)) return 2;
	let total = 0;
	let found = false;
	const half = /and a half/.test(text);
	const pattern = new RegExp(`(${NUMBER})(?: and a half)?\\s*个?\\s*(${UNIT}|${UNIT_ZH})(半?)`, 'g');
	for (const match of text.matchAll(pattern)) {
		const number = numberOf(match[1] ?? '');
		const unit = SECONDS.find(([name]) => name.test(match[2] ?? ''))?.[1] ?? 1;
		if (number === null) continue;
		total += (number + (half && !found ? 0.5 : 0) + (match[3] === '半' ? 0.5 : 0)) * unit;
		found = true;
	}
	return found ? total : null;
}

const DROP =
	/(?:drop|remov\w*|cut(?:ting)? (?:off|out|away)|cut|delet\w*|skip\w*|trim(?:ming)? (?:off|away)|trim|without|lose|minus|los(?:e|ing)|chop(?: off)?|discard|get rid of|take (?:off|away|out)|leave out|except)(?:\s+(?:off|out|away))?\s+(?:all but\s+)?(?:the\s+)?$|(?:去掉|删掉|删除|跳过|剪掉|除去|去除|切掉|不要|裁掉|砍掉|删|去)(?:视频|音频|片段|它|开头|结尾|的)*$/;
const KEEP_AFTER = /all but (?:the )?$|everything (?:but|except) (?:the )?$|除了$|除$/;

export function claimTimes(context: SlotContext): void {
	claimRanges(context);
	claimEdges(context);
	claimAll(
		context,
		new RegExp(
			`(?:(?<![a-z])(?:at|@) (?:the )?)(${TIME})(?: mark)?|第\\s*(${NUMBER})\\s*秒(?:处|时|的时候)?|(?:在)(${TIME})(?:处|时|的时候)|the (${NUMBER})[ -]second mark`,
			'g',
		),
		(match) => {
			const seconds = secondsOf(match[1] ?? match[3] ?? '') ?? numberOf(match[2] ?? match[4] ?? '');
			return seconds === null ? null : { type: 'instant', seconds };
		},
	);
	claimAll(context, new RegExp(`(?<![\\d.:])${TIME}`, 'g'), (match) => {
		const seconds = secondsOf(match[0]);
		return seconds === null ? null : { type: 'duration', seconds };
	});
}

function claimRanges(context: SlotContext): void {
	const loose = `(?:${TIME}|${NUMBER})`;
	const join = '\\s*(?:to|-|~|until|till|through|and|up to|到|至)\\s*(?:the )?(?:第)?';
	const english = new RegExp(
		`(?:(?<![a-z])(?:from|between|seconds?)\\s+(?:second |the )?)?(${CLOCK})${join}(${CLOCK})|(?<![a-z])(?:from|between)\\s+(?:second |the )?(${loose})${join}(?:second )?(${TIME})|(?<![a-z])(?:from )?seconds? (${NUMBER})${join}(${NUMBER})|(${ENGLISH})${join}(${ENGLISH})|(?<![a-z\\d])(\\d+(?:\\.\\d+)?)\\s?-\\s?(\\d+(?:\\.\\d+)?)\\s?(?:s|sec|secs|seconds)(?![a-z])`,
		'g',
	);
	const chinese = new RegExp(
		`从?(?:第)?\\s*(${CLOCK}|${NUMBER})\\s*秒?\\s*(?:剪|截|裁|切|放|播放?)?(?:到|至|-|~)\\s*(?:第)?\\s*(${CLOCK}|${NUMBER})\\s*秒(?:之间)?|从?\\s*(${CLOCK})\\s*(?:到|至|-|~)\\s*(${CLOCK})`,
		'g',
	);
	// "cut everything after 2 seconds" keeps what is before.
	claimAll(
		context,
		new RegExp(
			`(?<![a-z])(?:cut|remove|delete|drop|trim|lose|discard|chop|get rid of|throw away|erase)(?: off| out| away)? (?:everything|anything|all|the rest|whatever|what)(?: that)?(?:'s| is| comes)? (after|before|past|beyond) (?:the )?(?:first )?(${TIME})(?: mark)?|(${TIME})(?:以后|之后|往后|以前|之前)的?(?:都|全部?|部分|内容|统统|视频)*(?:剪掉|删掉|去掉|不要|删除|切掉|剪了|砍掉)`,
			'g',
		),
		(match) => {
			const at = secondsOf(match[2] ?? match[3] ?? '');
			if (at === null) return null;
			return /before|以前|之前/.test(match[1] ?? match[0]) ? { type: 'range', from: at, to: null } : { type: 'range', from: null, to: at };
		},
	);
	for (const pattern of [english, chinese])
		claimAll(context, pattern, (match) => {
			const ends = match.slice(1).filter((part) => part !== undefined);
			const from = either(ends[0]);
			const to = either(ends[1]);
			return from === null || to === null || to <= from ? null : { type: 'range', from, to };
		});
	claimAll(
		context,
		new RegExp(
			`(?<![a-z])(?:from|starting (?:at|from)|start(?:s|ing)? at|beginning at|after) (?:second |the )?(${TIME})(?: (?:on|onwards?|to the end|until the end|mark))?|从第?\\s*(${TIME}|${NUMBER}\\s*秒)\\s*(?:开始|起|往后|到最后|到结尾)`,
			'g',
		),
		(match) => {
			const from = either(match[1] ?? match[2]?.replace('秒', '秒'));
			return from === null ? null : { type: 'range', from, to: null };
		},
	);
	claimAll(
		context,
		new RegExp(
			`(?<![a-z])(?:until|up to|up until|till|stop(?:ping)? at|end(?:ing|s)? at) (?:second |the )?(${TIME})(?: mark)?|到第?\\s*(${TIME})\\s*(?:为止|结束)`,
			'g',
		),
		(match) => {
			const to = either(match[1] ?? match[2]);
			return to === null ? null : { type: 'range', from: null, to };
		},
	);
}

function either(text: string | undefined): number | null {
	return text === undefined ? null : (secondsOf(text) ?? numberOf(text));
}

type EdgeUnit = 'second' | 'frame' | 'page' | 'row' | 'half';

function claimEdges(context: SlotContext): void {
	const text = context.goal.text;
	let last = false;
	const dropped = (at: number) => {
		const before = text.slice(0, at);
		if (last && /(?:,|and|&|和|与|、|以及)\s*(?:the )?(?:also )?$/.test(before)) return true;
		return DROP.test(before) && !KEEP_AFTER.test(before);
	};
	const flip = (at: number, which: 'first' | 'last') => {
		// "all but the last two seconds" drops them.
		last = KEEP_AFTER.test(text.slice(0, at)) || dropped(at);
		return { which, drop: last };
	};
	const english = new RegExp(
		`(?<![a-z])(?:the )?(?:very )?(first|last|initial|opening|final|closing|leading|trailing|top)\\s+(?:(couple of sec(?:ond)?s|${ONE_AND_HALF}|${ENGLISH})|(${NUMBER})?\\s*(frames?|pages?|rows?|lines?|records?|entries|seconds?|secs?|half)(?![a-z]))(?: of)?`,
		'g',
	);
	// "first and last page": two ends.
	for (const match of text.matchAll(/(?<![a-z])(first) and (?:the )?(last) (page|frame)s?(?![a-z])/g)) {
		const unit = match[3] === 'page' ? 'page' : 'frame';
		const drop = dropped(match.index);
		const middle = match.index + 5;
		context.claim(match.index, middle, { type: 'edge', which: 'first', drop, count: 1, unit });
		context.claim(middle, match.index + match[0].length, { type: 'edge', which: 'last', drop, count: 1, unit });
	}
	claimAll(context, english, (match) => {
		if (match[1] === 'top' && !/^(?:row|line|record|entr)/.test(match[4] ?? '')) return null;
		const which = /^(?:last|final|closing|trailing)$/.test(match[1] ?? '') ? 'last' : 'first';
		const edge = flip(match.index, which);
		if (match[2] !== undefined) return { type: 'edge', ...edge, count: secondsOf(match[2]) ?? 1, unit: 'second' };
		return { type: 'edge', ...edge, count: match[3] === undefined ? 1 : (numberOf(match[3]) ?? 1), unit: unitOf(match[4] ?? '') };
	});
	claimAll(context, new RegExp(`(${ENGLISH}|${ONE_AND_HALF}) (?:(off|from) )?(?:at |of )?the (start|beginning|front|end)(?![a-z])`, 'g'), (match) => {
		const which = match[3] === 'end' ? 'last' : 'first';
		const seconds = secondsOf(match[1] ?? '');
		return seconds === null ? null : { type: 'edge', which, drop: match[2] === 'off' || dropped(match.index), count: seconds, unit: 'second' };
	});
	const chinese = new RegExp(
		`(前面?|最前面?|开头的?|最开始的?|起始|首|最后的?|末尾的?|结尾的?|后面?|尾部|第一|末)\\s*(${NUMBER})?\\s*(分钟|秒钟|秒|帧|页|行|条|半段|半)`,
		'g',
	);
	claimAll(context, chinese, (match) => {
		const which = /^(?:最后|末|结尾|后|尾)/.test(match[1] ?? '') ? 'last' : 'first';
		const count = match[2] === undefined ? 1 : (numberOf(match[2]) ?? 1);
		if (match[2] === undefined && (match[1] === '后' || match[1] === '前') && !/半/.test(match[3] ?? '')) return null;
		const unit = match[3] ?? '';
		return { type: 'edge', ...flip(match.index, which), count: unit === '分钟' ? count * 60 : count, unit: unitOf(unit) };
	});
}

function unitOf(text: string): EdgeUnit {
	if (/^(?:frame|帧)/.test(text)) return 'frame';
	if (/^(?:page|页)/.test(text)) return 'page';
	if (/^(?:row|line|record|entr|行|条)/.test(text)) return 'row';
	return /^(?:half|半)/.test(text) ? 'half' : 'second';
}
