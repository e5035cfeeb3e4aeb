/** Numbers as people write them: digits, English words, Chinese numerals. */
const WORDS: Readonly<Record<string, number>> = {
	zero: 0,
	one: 1,
	two: 2,
	three: 3,
	four: 4,
	five: 5,
	six: 6,
	seven: 7,
	eight: 8,
	nine: 9,
	ten: 10,
	eleven: 11,
	twelve: 12,
	thirteen: 13,
	fourteen: 14,
	fifteen: 15,
	sixteen: 16,
	seventeen: 17,
	eighteen: 18,
	nineteen: 19,
	twenty: 20,
	thirty: 30,
	forty: 40,
	fifty: 50,
	sixty: 60,
	seventy: 70,
	eighty: 80,
	ninety: 90,
	hundred: 100,
	thousand: 1000,
	million: 1_000_000,
	billion: 1_000_000_000,
	dozen: 12,
	half: 0.5,
	quarter: 0.25,
	couple: 2,
};
const MULTIPLES = new Set(['hundred', 'thousand', 'million', 'billion', 'dozen']);
const DIGITS = '零一二三四五六七八九';
const PLACES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 };

const word = Object.keys(WORDS)
	.filter((one) => !MULTIPLES.has(one) && one !== 'half' && one !== 'quarter' && one !== 'couple')
	.join('|');
/** A number in digits, English words or Chinese numerals; without capturing groups. */
export const NUMBER = `(?:[零〇一二两三四五六七八九十百]+点[零一二三四五六七八九]+|(?<![a-z])(?:${word}) point (?:${word})(?![a-z])|(?<![a-z])(?:${word}|an?) and (?:a half|a quarter)(?= times|x)|\\d+(?:,\\d{3})+(?:\\.\\d+)?|\\d*\\.?\\d+(?:\\s?(?:million|billion|thousand|万|亿|千)(?![a-z]))?|(?<![a-z])(?:(?:${word})(?:[ -](?:${word}|hundred|thousand|million|and))*)(?![a-z])|(?:a|one) (?:hundred|thousand|million|billion|dozen)(?![a-z])|(?<![a-z])half(?![a-z])(?: an?(?![a-z]))?|[零〇一二两三四五六七八九十百千万亿半]+)`;

/** What is left of NUMBER in a text without numbers in words. */
const NUMERALS = '(?:\\d+(?:,\\d{3})+(?:\\.\\d+)?|\\d*\\.?\\d+)';
const SPELLED = new RegExp(`(?<![a-z])(?:${Object.keys(WORDS).join('|')})|[${DIGITS}〇两${Object.keys(PLACES).join('')}半]`);

/**
 * The same pattern for this text, without what can't be in it: compiling a pattern with numbers in words takes milliseconds,
 * and some hold ten of them.
 */
export function leanFor(text: string, pattern: RegExp): RegExp {
	if (!pattern.source.includes(NUMBER) || SPELLED.test(text)) return pattern;
	return new RegExp(pattern.source.replaceAll(NUMBER, NUMERALS), pattern.flags);
}

/** The value of such a number; null where it is none. */
export function numberOf(text: string): number | null {
	const plain = text.trim().toLowerCase();
	if (/^[+-]?(?:\d[\d,]*\.?\d*|\.\d+)$/.test(plain)) return Number(plain.replaceAll(',', ''));
	const scaled = /^([\d.,]+)\s?(million|billion|thousand|k|m|万|亿|千)$/.exec(plain);
	if (scaled !== null) return Number((scaled[1] ?? '').replaceAll(',', '')) * scaleOf(scaled[2] ?? '');
	const parts = /^([零〇一二两三四五六七八九十百]+)点([零一二三四五六七八九]+)$/.exec(plain);
	if (parts !== null) return Number(`${chineseNumber(parts[1] ?? '')}.${[...(parts[2] ?? '')].map((one) => DIGITS.indexOf(one)).join('')}`);
	const point = /^([a-z]+) point ([a-z]+)$/.exec(plain);
	if (point !== null) return Number(`${englishNumber(point[1] ?? '')}.${englishNumber(point[2] ?? '')}`);
	const mixed = /^([a-z]+) and a (half|quarter)$/.exec(plain);
	if (mixed !== null) return (englishNumber(mixed[1] ?? '') ?? 1) + (mixed[2] === 'half' ? 0.5 : 0.25);
	return /^[零〇一二两三四五六七八九十百千万亿半]+$/.test(plain) ? chineseNumber(plain) : englishNumber(plain);
}

function scaleOf(name: string): number {
	return { k: 1000, m: 1_000_000, 千: 1000, 万: 10_000, 亿: 100_000_000 }[name] ?? WORDS[name] ?? 1;
}

function englishNumber(text: string): number | null {
	let total = 0;
	let current = 0;
	const words = text.split(/[\s-]+/).filter((one) => one !== 'and' && one !== 'a' && one !== 'an' && one !== 'of');
	if (words.length === 0) return text === 'a' || text === 'an' ? 1 : null;
	for (const one of words) {
		const value = WORDS[one];
		if (value === undefined) return null;
		if (!MULTIPLES.has(one)) current += value;
		else if (value > 100) {
			total += (current === 0 ? 1 : current) * value;
			current = 0;
		} else current = (current === 0 ? 1 : current) * value;
	}
	return total + current;
}

function chineseNumber(text: string): number | null {
	if (text === '半') return 0.5;
	let total = 0;
	let section = 0;
	let digit = -1;
	for (const one of text.replace('两', '二').replace('〇', '零')) {
		const place = PLACES[one];
		const value = DIGITS.indexOf(one);
		if (value >= 0) digit = digit >= 0 ? digit * 10 + value : value;
		else if (one === '半') return total + section + Math.max(digit, 0) + 0.5;
		else if (place !== undefined && place >= 10_000) {
			total = (total + section + Math.max(digit, 0)) * place;
			section = 0;
			digit = -1;
		} else if (place !== undefined) {
			section += (digit < 0 ? 1 : digit) * place;
			digit = -1;
		} else return null;
	}
	return total + section + Math.max(digit, 0);
}
