/** Corners, sides, directions, and texts to be written. */
import { claimAll, type Gravity, type Side, type SlotContext } from './slot.ts';

const SIDES: Readonly<Record<string, Side>> = {
	left: 'left',
	right: 'right',
	top: 'top',
	bottom: 'bottom',
	左: 'left',
	右: 'right',
	上: 'top',
	下: 'bottom',
	顶部: 'top',
	底部: 'bottom',
	左边: 'left',
	右边: 'right',
	上面: 'top',
	下面: 'bottom',
	左侧: 'left',
	右侧: 'right',
};
const ROWS: Readonly<Record<string, string>> = { top: 'north', upper: 'north', bottom: 'south', lower: 'south', 上: 'north', 下: 'south' };
const COLUMNS: Readonly<Record<string, string>> = { left: 'west', right: 'east', 左: 'west', 右: 'east' };

export function claimPlaces(context: SlotContext): void {
	const direction = (from: string | undefined, to: string | undefined) => {
		const [one, other] = [SIDES[from ?? ''], SIDES[to ?? '']];
		return one === undefined || other === undefined ? null : ({ type: 'direction', from: one, to: other } as const);
	};
	claimAll(
		context,
		/(?:from )?(?:the )?(left|right|top|bottom)(?:(?:[ -]hand)? (?:side|edge|end))?(?: over| across| all the way)? to (?:the )?(left|right|top|bottom)(?:(?:[ -]hand)? (?:side|edge|end))?(?![a-z])/g,
		(m) => direction(m[1], m[2]),
	);
	claimAll(
		context,
		/[从由](?:最)?(左边|右边|左侧|右侧|上面|下面|顶部|底部|左|右|上|下)(?:缓缓|慢慢|缓慢|慢速)?(?:滑|扫|移|摇|平移|移动|划|走|滑动|推|拍)(?:到|往|向|至)(?:最)?(左边|右边|左侧|右侧|上面|下面|顶部|底部|左|右|上|下)/g,
		(m) => direction(m[1], m[2]),
	);
	claimAll(context, /[从由]?(左边|右边|左侧|右侧|上面|下面|顶部|底部|左|右|上|下)(?:到|往|向|至)(左边|右边|左侧|右侧|上面|下面|顶部|底部|左|右|上|下)/g, (m) =>
		direction(m[1], m[2]),
	);
	const corner = (row: string | undefined, column: string | undefined) =>
		({ type: 'side', gravity: `${ROWS[row ?? ''] ?? ''}${COLUMNS[column ?? ''] ?? ''}` as Gravity }) as const;
	claimAll(context, /(?:(?:in|at|to|into) )?(?:the )?(top|upper|bottom|lower)[ -]?(left|right)(?:[ -](?:hand )?corner)?(?![a-z])/g, (m) => corner(m[1], m[2]));
	claimAll(context, /(?:(?:in|at) )?(?:the )?(left|right)[ -](top|upper|bottom|lower)(?: corner)?(?![a-z])/g, (m) => corner(m[2], m[1]));
	claimAll(context, /(左|右)(上|下)角?|(上|下)(左|右)角/g, (m) => corner(m[2] ?? m[3], m[1] ?? m[4]));
	claimAll(
		context,
		/(?:(?:in|at|on|to|along|across|near|from) )(?:the )?(top|bottom|left|right|middle|centre|center)(?: (?:side|edge|centre|center|middle))?(?![a-z])/g,
		(m) => side(m[1] ?? ''),
	);
	claimAll(
		context,
		/(?<![a-z])(top|bottom|left|right|middle|centre|center)(?:(?: |-)(?:side|edge|centre|center|middle|half|part))?(?![a-z])|顶部|底部|居中|中间|中央|正中|左侧|右侧|左边|右边|上方|下方|上面|下面|左半|右半|上半|下半/g,
		(m) =>
			m[0] === 'left' && /(?:^|[^a-z])(?:is|are|be|remain|remains|has|have|seconds?|what's) $/.test(context.goal.text.slice(0, m.index))
				? null
				: side(m[0].replace(/[ -](?:side|edge|half|part|centre|center|middle)$/, '')),
	);
}

function side(text: string): { readonly type: 'side'; readonly gravity: Gravity } | null {
	const name = text.trim();
	if (/^(?:top|顶部|上方|上面|上半)/.test(name)) return { type: 'side', gravity: 'north' };
	if (/^(?:bottom|底部|下方|下面|下半)/.test(name)) return { type: 'side', gravity: 'south' };
	if (/^(?:left|左)/.test(name)) return { type: 'side', gravity: 'west' };
	if (/^(?:right|右)/.test(name)) return { type: 'side', gravity: 'east' };
	return { type: 'side', gravity: 'centre' };
}

const QUOTES = /"([^"]+)"|「([^」]+)」|『([^』]+)』|《([^》]+)》|`([^`]+)`|(?<=^|[\s(:,，：])'([^']+(?:'[a-z][^']*)*)'(?=$|[\s),.!?;，。])/g;

/** Quoted texts, web addresses, and what follows "saying". The text keeps the case that it was typed in. */
export function claimTexts(context: SlotContext): void {
	const { original, text } = context.goal;
	for (const match of text.matchAll(QUOTES)) {
		const inner = match.slice(1).find((part) => part !== undefined) ?? '';
		const start = match.index + match[0].indexOf(inner);
		context.claim(match.index, match.index + match[0].length, { type: 'text', value: original.slice(start, start + inner.length), sure: true });
	}
	for (const match of text.matchAll(
		/(?:https?:\/\/|www\.|wifi:|mailto:)[^\s，。"'）)]+[^\s，。"'）).,;:!?]|(?<![\w@.])[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|org|net|io|cn|dev|app|edu|gov|info|me|co|de|uk|fr)(?:\/[^\s，。"']*)?(?![\w.])/g,
	))
		context.claim(match.index, match.index + match[0].length, { type: 'url', value: original.slice(match.index, match.index + match[0].length) });
	for (const match of original.matchAll(
		/(?:^|[^a-zA-Z])(?:add|put|write|print|overlay|stamp|watermark(?: it)?(?: with)?|caption|title|text|words?|says?)(?: (?:the|a|an))?(?: (?:caption|title|text|words?|label|heading|watermark))?:? ((?!(?:PNG|JPG|JPEG|GIF|MP4|MP3|PDF|CSV|QR|WEBP|HD|USA)(?![A-Za-z]))[A-Z©][\w©'&.-]*(?: [A-Z0-9©&][\w©'&.-]*)*[!?]?)/g,
	)) {
		const inner = match[1] ?? '';
		const start = match.index + match[0].lastIndexOf(inner);
		const span = { start, end: start + inner.length };
		if (!context.taken(span)) context.claim(span.start, span.end, { type: 'text', value: inner, sure: false });
	}
	const said =
		/(?:(?<![a-z])(?:saying|that says|which says|that reads|reading|with the (?:text|words?|caption|title)|the (?:text|words?)|text:|caption:|says)\s*:?\s+|(?:写着|写上|内容为|内容是|文字为|文字是|文字[:：]|字样为|加上文字|加文字|水印[:：]|写)[:：]?\s*)([^\s,，。;；][^,，。;；\n]*?)(?=\s+(?:in|at|on|to|with|and|then|as|using|all over|over|for|across|everywhere|tiled|repeated|diagonally|twice)(?:\s|$)|[,，。;；\n]|\s*$|的?水印|字样|在[左右上下中]|到[左右上下中]|放在|并|然后)/g;
	for (const match of text.matchAll(said)) {
		const inner = match[1] ?? '';
		const start = match.index + match[0].lastIndexOf(inner);
		const span = { start, end: start + inner.length };
		if (!context.taken(span) && !/^(?:on|of|in|from|to|below|above)\b/.test(inner))
			context.claim(span.start, span.end, { type: 'text', value: original.slice(span.start, span.end), sure: false });
	}
}
