/** Which encoding a text is in, by its bytes. */
declare class TextDecoder {
	constructor(label: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
	decode(bytes: Uint8Array, options?: { stream?: boolean }): string;
}

/** As `TextDecoder` names them. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5' | 'shift_jis' | 'windows-1252';

/**
 * The encoding of a text, or null where the bytes are no text. Between the encodings of East Asia, which share most of their bytes,
 * the one in which the most frequent characters occur wins.
 */
export function encodingOf(bytes: Uint8Array): Encoding | null {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	const wide = withoutMark(bytes);
	if (wide !== null) return wide;
	if (controls(bytes) > 0) return null;
	if (decoded(bytes, 'utf-8') !== null) return 'utf-8';
	const scores = (['gb18030', 'big5', 'shift_jis'] as const).map((encoding) => ({ encoding, score: plausibility(bytes, encoding) }));
	const best = scores.reduce((one, other) => (other.score > one.score ? other : one));
	if (best.score > 0.04) return best.encoding;
	// Western text has most of its bytes below 128; noise doesn't.
	const high = bytes.reduce((count, value) => count + (value >= 128 ? 1 : 0), 0);
	return high / bytes.length < 0.3 ? 'windows-1252' : null;
}

/** The text of these bytes, without a byte order mark; what can't be read becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, encoding: Encoding = encodingOf(bytes) ?? 'utf-8'): string {
	return new TextDecoder(encoding).decode(bytes);
}

/** UTF-16 without a mark: the high byte of Latin letters, digits and spaces is 0. */
function withoutMark(bytes: Uint8Array): Encoding | null {
	const length = Math.min(bytes.length, 4096) & ~1;
	if (length < 8) return null;
	let even = 0;
	let odd = 0;
	for (let i = 0; i < length; i += 2) {
		if (bytes[i] === 0) even += 1;
		if (bytes[i + 1] === 0) odd += 1;
	}
	const pairs = length / 2;
	if (odd > pairs * 0.2 && even === 0 && isReadable(bytes, 'utf-16le')) return 'utf-16le';
	return even > pairs * 0.2 && odd === 0 && isReadable(bytes, 'utf-16be') ? 'utf-16be' : null;
}

function isReadable(bytes: Uint8Array, encoding: Encoding): boolean {
	const text = decoded(bytes, encoding);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what tells noise from text
	return text !== null && !/[\x00-\x08\x0e-\x1a]/.test(text);
}

/** Control characters that no text has. Tab, line ends, form feed and escape may occur. */
function controls(bytes: Uint8Array): number {
	return bytes.reduce((count, value) => count + (value < 9 || (value > 13 && value < 32 && value !== 27) || value === 127 ? 1 : 0), 0);
}

/** The text, or null where the bytes break the encoding's rules. The last character may be cut. */
function decoded(bytes: Uint8Array, encoding: Encoding): string | null {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
	} catch {
		return null;
	}
}

const FREQUENT =
	'的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运這個們來為國說時對會過發後裡動見開關點業將兩間問電數報結總從實軍無與長機學經還進種樣當現產內話給門東聲員論處義認條係氣題變麼沒體應戰頭價資號區訂單數量金額日期姓名城市产品销售订单编号地址电话备注价格数据省市县区类型';
const COMMON: ReadonlySet<string> = new Set(FREQUENT);

/** Share of frequent characters (in Japanese: kana) among those beyond ASCII; 0 where the bytes break the rules. */
function plausibility(bytes: Uint8Array, encoding: Encoding): number {
	const text = decoded(bytes, encoding);
	if (text === null) return 0;
	let wide = 0;
	let common = 0;
	let odd = 0;
	for (const char of text) {
		if (char.charCodeAt(0) < 128) continue;
		wide += 1;
		if (COMMON.has(char) || (encoding === 'shift_jis' && /[\u3041-\u3096\u30a1-\u30fc]/.test(char))) common += 1;
		else if (/[\u3000-\u303f\uff01-\uff5e]/.test(char)) common += 0.5;
		else if (!/[\u4e00-\u9fff]/.test(char)) odd += 1;
	}
	return wide === 0 ? 0 : (common - odd) / wide;
}
