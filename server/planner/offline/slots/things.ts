/** Formats, kinds, pages and counts: what the goal calls the things at hand and the things wanted. */
import type { Kind } from '../../../../nodes/kinds.ts';
import { NUMBER, numberOf } from '../numbers.ts';
import { claimAll, type Role, type SlotContext } from './slot.ts';

/** Words → format. */
const FORMATS: Readonly<Record<string, string>> = {
	mp4: 'mp4',
	'mp 4': 'mp4',
	m4v: 'mp4',
	mov: 'mov',
	quicktime: 'mov',
	mkv: 'mkv',
	matroska: 'mkv',
	webm: 'webm',
	avi: 'avi',
	wmv: 'wmv',
	gif: 'gif',
	gifs: 'gif',
	webp: 'webp',
	avif: 'avif',
	png: 'png',
	pngs: 'png',
	jpg: 'jpeg',
	jpeg: 'jpeg',
	jpgs: 'jpeg',
	jpegs: 'jpeg',
	tiff: 'tiff',
	tif: 'tiff',
	bmp: 'bmp',
	heic: 'heic',
	ico: 'ico',
	psd: 'psd',
	svg: 'svg',
	mp3: 'mp3',
	mp3s: 'mp3',
	m4a: 'm4a',
	aac: 'm4a',
	wav: 'wav',
	flac: 'flac',
	ogg: 'ogg',
	opus: 'opus',
	midi: 'midi',
	pdf: 'pdf',
	pdfs: 'pdf',
	csv: 'csv',
	tsv: 'tsv',
	json: 'json',
	parquet: 'parquet',
	xlsx: 'xlsx',
	excel: 'xlsx',
	docx: 'docx',
	word: 'docx',
	pptx: 'pptx',
	powerpoint: 'pptx',
	epub: 'epub',
	txt: 'txt',
	html: 'html',
	markdown: 'md',
	'animated image': 'gif',
	'animated picture': 'gif',
	动图: 'gif',
	动态图: 'gif',
	表情包: 'gif',
	电子表格: 'xlsx',
};
/** Words → kind. */
const KIND_WORDS: readonly (readonly [RegExp, Kind])[] = [
	[/(?<![a-z])(?:videos?|clips?|movies?|films?|footage|recordings?|screencasts?)(?![a-z])|视频|影片|短片|录像|片段/g, 'video'],
	[
		/(?<![a-z])(?:images?|pictures?|photos?|photographs?|pics?|screenshots?|selfies?|logos?|portraits?|illustrations?|snapshots?)(?![a-z])|图片|照片|相片|图像|截图|一张图|图(?![表标])/g,
		'image',
	],
	[
		/(?<![a-z])(?:audio(?: tracks?| files?)?|sound ?(?:tracks?|files?)|songs?|music|podcasts?|tunes?|melod(?:y|ies)|voice memos?)(?![a-z])|音频|音乐|歌曲?|音轨|录音/g,
		'audio',
	],
	[/(?<![a-z])(?:documents?|docs?|papers?|reports?|scans?|handouts?|slides?)(?![a-z])|文档|论文|报告/g, 'document'],
	[/(?<![a-z])(?:tables?|spreadsheets?|data ?sets?|data|sheets?)(?![a-z])|表格|数据集?|表/g, 'table'],
	[/(?<![a-z])(?:text files?|plain text|texts?)(?![a-z])|文本文件|纯文本|文本/g, 'text'],
];

const EXCLUDED =
	/(?:^|[^a-z])(?:not|no|never|don'?t make it|don'?t save it as|don'?t use|instead of|rather than|don'?t want|do not want)(?: as)?(?: an?| the| another| any)?\s+$|(?:不要|不是|而不是|而非|别用|别存成|不用|不想要)(?:存成|保存为)?(?:什么)?\s*$/;
const REFERENCE_EN =
	/(?:^|[^a-z])(?:this|that|these|those|my|our|your|of|from|each|every|all|both|the given|attached|uploaded|original|it's|whole|entire|between|out of|on|behind|inside|within|for)(?:\s+(?:the|my|this|these|of|a|an|all|short|long|little|animated|first|second|whole|given|attached|uploaded|original|two|three|four|\d+|[a-z]+(?:er|ed|ing|y|al)))*\s+$/;
const TARGET_EN =
	/(?:^|[^a-z])(?:to|into|as|a|an|make|save|export|get|produce|become|format|one|single|want|need|give me|output|render|in)(?:\s+(?:a|an|me|it|the|as|one|single|in|normal|ordinary|regular|standard|plain|short|looping|looped|animated|small|smaller|tiny|silent|muted|square|proper|real|nice|high|low|quality|resolution|plays|anywhere|[\w:.-]*\d[\w:.-]*|px|pixels?|seconds?|second|sec|s|wide|tall|long|slow|slow-motion|black|and|white|grey|gray|color|colour|transparent|separate|individual|new|few|set|of|series|still|good|great|shareable|vertical|horizontal|greyscale|grayscale|reversed|compressed|lossless|valid|,|usable|web|friendly|tiny|modern|playable|clean|sorted|filtered|[a-z]+ed|[a-z]+er|[a-z]+est))*\s*$/;
const REFERENCE_ZH = /(?:这|该|此|那|把|将|从|给|对|我的?|原|每|所有|全部|里面?)[一个张段首份些幅页只条的两三几\d小短长整老]{0,5}$/;
const TARGET_ZH =
	/(?:成|为|存|出|作|转|换|要|做|变|制|生成|得到|导出|输出|一[个张段幅份首]|格式)[了一个张段首份幅为成普通的循环短小无声静音慢长竖横彩黑白新动态高清标准可以能在里播放零二两三四五六七八九十百半钟左右\dx×秒,， ]{0,14}$/;

/** Whether the words before say that this is the thing at hand or the thing wanted. */
export function roleOf(text: string, at: number, isSource: boolean): Role {
	const before = text.slice(Math.max(0, at - 70), at);
	// "the sound", "the video": what is at hand, unless it is to be taken out or arrived at.
	if (
		/(?:^|[^a-z])the (?:whole |entire )?$/.test(before) &&
		!/(?:to|into|as|extract\w*|sav(?:e|ing)|export\w*|keep|get|only|just|rip|pull\w*|want|need) (?:just |only )?the (?:whole |entire )?$/.test(before)
	)
		return 'reference';
	const part = before.split(/[,;，。；]/).at(-1) ?? '';
	const [reference, target] = [lastMatch(REFERENCE_EN, part) ?? lastMatch(REFERENCE_ZH, part), lastMatch(TARGET_EN, before) ?? lastMatch(TARGET_ZH, before)];
	if (reference !== null && (target === null || reference > target - (before.length - part.length)))
		return isSource ? 'reference' : /(?:of|from|out of|between|从|里面?)\W*$/.test(part) ? 'reference' : 'target';
	if (target !== null) return 'target';
	return isSource ? 'reference' : 'target';
}

function lastMatch(pattern: RegExp, text: string): number | null {
	const match = pattern.exec(text);
	return match === null ? null : match.index;
}

export function claimFormats(context: SlotContext): void {
	const names = Object.keys(FORMATS).sort((one, other) => other.length - one.length);
	const latin = names.filter((name) => /^[a-z]/.test(name)).join('|');
	const han = names.filter((name) => !/^[a-z]/.test(name)).join('|');
	const own = new Set(context.readings.flat().flatMap((reading) => ('format' in reading && reading.format !== null ? [reading.format] : [])));
	const pattern = new RegExp(`(?<![a-z\\d])\\.?(${latin})(?![a-z\\d])(?: (?:format|files?|images?|video|animation))?|(${han})`, 'g');
	claimAll(context, pattern, (match) => {
		const format = FORMATS[match[1] ?? match[2] ?? ''];
		if (format === undefined || (match[1] === 'word' && !/(?:\.|to|as|in|ms|microsoft) ?$/.test(context.goal.text.slice(0, match.index)))) return null;
		const before = context.goal.text.slice(0, match.index);
		if (EXCLUDED.test(before)) return { type: 'format', format, role: 'excluded' };
		// "for PowerPoint" is a purpose, not a format.
		if (
			/^(?:pptx|xlsx|docx)$/.test(format) &&
			/(?:^|[^a-z])(?:for|in|inside|用于|给)\s+(?:an? |my |the |our |ms |microsoft )*$|(?:用于|给|放进|放到|插入)\s*$/.test(before)
		)
			return { type: 'format', format, role: 'reference' };
		return { type: 'format', format, role: roleOf(context.goal.text, match.index, own.has(format)) };
	});
}

export function claimKinds(context: SlotContext): void {
	const kinds = new Set(context.readings.flat().map((reading) => reading.kind));
	for (const [pattern, named] of KIND_WORDS)
		claimAll(context, pattern, (match) => {
			const kind = named === 'video' && kinds.has('audio') && !kinds.has('video') && /^(?:recording|clip|footage|片段)/.test(match[0]) ? 'audio' : named;
			const plural = /s$/.test(match[0]) && !/s{2}$/.test(match[0]);
			const own =
				kinds.has(kind) || (kind === 'video' && kinds.has('image') && context.readings.flat().some((one) => one.kind === 'image' && (one.frames ?? 1) > 1));
			const before = context.goal.text.slice(0, match.index);
			const after = context.goal.text.slice(match.index + match[0].length);
			// "it slides to the right": a verb.
			if (
				match[0] === 'slides' &&
				(/(?:it|that|which|camera|slowly|gently|picture|image|photo|still) $/.test(before) || /^ (?:to|from|across|in|out|slowly|left|right)/.test(after))
			)
				return null;
			if (EXCLUDED.test(before)) return { type: 'kind', kind, plural, role: 'excluded' };
			if (kind === 'document' && own) return { type: 'kind', kind, plural, role: 'reference' };
			// An animation in hand and "video" said: the film is what is wanted, unless it is pointed at.
			if (
				kind === 'video' &&
				own &&
				!kinds.has('video') &&
				/^(?:video|movie|film|视频|影片|短片)/.test(match[0]) &&
				!/(?:this|that|the|my|your|these|这|那|该|此)(?: \w+)?[一个段条]{0,2}\s*$/.test(before)
			)
				return { type: 'kind', kind, plural, role: 'target' };
			return { type: 'kind', kind, plural, role: roleOf(context.goal.text, match.index, own) };
		});
}

export function claimPages(context: SlotContext): void {
	const pages = (from: number, to: number | null, text: string) => ({ type: 'pages', from, to, text }) as const;
	claimAll(
		context,
		/(?<![a-z])pages? (\d+)\s?(?:-|to|through|until)\s?(\d+)|第\s*(\d+|[一二三四五六七八九十]+)\s*页?(?:到|至|-)第?\s*(\d+|[一二三四五六七八九十]+)\s*页/g,
		(m) => {
			const [from, to] = [numberOf(m[1] ?? m[3] ?? ''), numberOf(m[2] ?? m[4] ?? '')];
			return from === null || to === null ? null : pages(from, to, `${from}-${to}`);
		},
	);
	claimAll(context, /(?<![a-z])pages? (\d+(?:\s?(?:,|and|&)\s?\d+)+)/g, (m) => {
		const list = (m[1] ?? '').match(/\d+/g)?.map(Number) ?? [];
		return pages(Math.min(...list), Math.max(...list), list.join(','));
	});
	claimAll(
		context,
		new RegExp(`(?<![a-z])page (?:number |no\\.? ?)?(${NUMBER})|第\\s*(${NUMBER})\\s*页|(?:the )?(second|third|fourth|fifth) page`, 'g'),
		(m) => {
			const page = numberOf(m[1] ?? m[2] ?? '') ?? ['second', 'third', 'fourth', 'fifth'].indexOf(m[3] ?? '') + 2;
			return page < 1 ? null : pages(page, page, String(page));
		},
	);
}

const NOUNS =
	'(?:main |dominant |most important |important |most common |key |different |separate |equal |random |evenly spaced )*(colou?rs?|columns?|cols?|rows?|frames?|stills?|times|images?|pictures?|photos?|repetitions?|loops?|per row|across|swatches|pages?|records?|entries|samples?|countries|items|lines|characters|copies|parts|thumbnails?)';
const NOUNS_ZH = '\\s*(?:个|种|张|条|列|行|帧|次|遍|份|幅)?(?:主要)?(颜色|主色|色|列|行|帧|次|遍|图片|图|记录|数据|样本|页|份|截图|画面)?';

export function claimCounts(context: SlotContext): void {
	claimAll(context, new RegExp(`(${NUMBER})[ -]${NOUNS}(?![a-z])`, 'g'), (m) =>
		// "pdf 2 images": a way to write "to".
		m[1] === '2' && /(?:pdf|gif|mp4|video|clip|png|jpe?g|webp|mov) $/.test(context.goal.text.slice(0, m.index)) ? null : counted(m[1], m[2]),
	);
	claimAll(context, new RegExp(`(?<!第)(${NUMBER})(?=\\s*(?:个|种|张|条|列|行|帧|次|遍|份|幅|颜色))${NOUNS_ZH}|每行\\s*(${NUMBER})\\s*[张个]?`, 'g'), (m) =>
		counted(m[1] ?? m[3], m[2] ?? m[0].replace(/[\d\s零一二两三四五六七八九十]/g, '')),
	);
	claimAll(context, /(?<![\w.])-?\d+(?:\.\d+)?(?![\w])/g, (m) => ({ type: 'number', value: Number(m[0]) }));
}

function counted(number: string | undefined, noun: string | undefined) {
	const value = numberOf(number ?? '');
	// 一张, 一个: an article, no number.
	if (number?.trim() === '一' && /^[张个幅份]$/.test(noun ?? '')) return null;
	return value === null ? null : ({ type: 'count', value, noun: noun ?? '' } as const);
}
