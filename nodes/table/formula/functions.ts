/** The functions of formulas: how people write them, how many values they take, and of which types. */
import type { ColumnType } from '../../define.ts';
import type { FunctionName } from '../../steps/table.ts';

type Wanted = 'number' | 'text' | 'boolean' | 'date' | 'any';

export interface Signature {
	/** Types of the values; the last one repeats up to `most`. */
	readonly takes: readonly Wanted[];
	readonly least: number;
	readonly most: number;
	/** `same`: the common type of the values. */
	readonly gives: ColumnType | 'same' | 'arithmetic';
}

const MANY = 50;
const math: Signature = { takes: ['number'], least: 1, most: 1, gives: 'number' };
const whole: Signature = { takes: ['number'], least: 1, most: 1, gives: 'integer' };
const arithmetic: Signature = { takes: ['number'], least: 2, most: 2, gives: 'arithmetic' };
const comparison: Signature = { takes: ['any'], least: 2, most: 2, gives: 'boolean' };
const textTest: Signature = { takes: ['text'], least: 2, most: 2, gives: 'boolean' };
const textual: Signature = { takes: ['text'], least: 1, most: 1, gives: 'text' };
const ofDate: Signature = { takes: ['date'], least: 1, most: 1, gives: 'integer' };

export const SIGNATURES: { readonly [F in FunctionName]: Signature } = {
	'+': arithmetic,
	'-': arithmetic,
	'*': arithmetic,
	'/': { ...arithmetic, gives: 'number' },
	'%': arithmetic,
	'^': { ...arithmetic, gives: 'number' },
	negate: { takes: ['number'], least: 1, most: 1, gives: 'arithmetic' },
	'=': comparison,
	'!=': comparison,
	'<': comparison,
	'<=': comparison,
	'>': comparison,
	'>=': comparison,
	and: { takes: ['boolean'], least: 2, most: MANY, gives: 'boolean' },
	or: { takes: ['boolean'], least: 2, most: MANY, gives: 'boolean' },
	not: { takes: ['boolean'], least: 1, most: 1, gives: 'boolean' },
	'is-blank': { takes: ['any'], least: 1, most: 1, gives: 'boolean' },
	contains: textTest,
	'starts-with': textTest,
	'ends-with': textTest,
	lower: textual,
	upper: textual,
	trim: textual,
	length: { takes: ['text'], least: 1, most: 1, gives: 'integer' },
	concat: { takes: ['any'], least: 1, most: MANY, gives: 'text' },
	replace: { takes: ['text'], least: 3, most: 3, gives: 'text' },
	substring: { takes: ['text', 'number'], least: 2, most: 3, gives: 'text' },
	round: { takes: ['number'], least: 1, most: 2, gives: 'number' },
	floor: whole,
	ceil: whole,
	abs: { takes: ['number'], least: 1, most: 1, gives: 'arithmetic' },
	sqrt: math,
	ln: math,
	log10: math,
	exp: math,
	min: { takes: ['any'], least: 1, most: MANY, gives: 'same' },
	max: { takes: ['any'], least: 1, most: MANY, gives: 'same' },
	year: ofDate,
	month: ofDate,
	day: ofDate,
	weekday: ofDate,
	hour: ofDate,
	if: { takes: ['boolean', 'any'], least: 3, most: 3, gives: 'same' },
	coalesce: { takes: ['any'], least: 1, most: MANY, gives: 'same' },
	number: { takes: ['any'], least: 1, most: 1, gives: 'number' },
	text: { takes: ['any'], least: 1, most: 1, gives: 'text' },
	date: { takes: ['any'], least: 1, most: 1, gives: 'date' },
};

/** Functions as people write them, with a few other names that people know. */
export const CALLS: ReadonlyMap<string, FunctionName> = new Map<string, FunctionName>([
	...(Object.keys(SIGNATURES) as FunctionName[]).filter((name) => /^[a-z]/.test(name)).map((name) => [name.replace('-', '_'), name] as const),
	['isblank', 'is-blank'],
	['isnull', 'is-blank'],
	['为空', 'is-blank'],
	['startswith', 'starts-with'],
	['endswith', 'ends-with'],
	['log', 'ln'],
	['len', 'length'],
	['ceiling', 'ceil'],
	['substr', 'substring'],
	['mid', 'substring'],
	['ifnull', 'coalesce'],
	['iff', 'if'],
	['least', 'min'],
	['greatest', 'max'],
	['pow', '^'],
	['mod', '%'],
	['四舍五入', 'round'],
	['绝对值', 'abs'],
	['长度', 'length'],
	['年', 'year'],
	['月', 'month'],
	['日', 'day'],
	['如果', 'if'],
	['包含', 'contains'],
	['大写', 'upper'],
	['小写', 'lower'],
	['数字', 'number'],
	['文本', 'text'],
	['日期', 'date'],
]);
