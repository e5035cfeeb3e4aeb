/** Splits a formula into tokens. Column names that are known may stand bare, whatever they contain: `GDP（亿元） / 2`. */
import { GraphError } from '../../define.ts';

export type Token = { readonly at: number; readonly text: string } & (
	| { readonly is: 'number'; readonly value: number }
	| { readonly is: 'string' }
	/** In double quotes: a column if there is one of that name, else a text. */
	| { readonly is: 'quoted' }
	| { readonly is: 'column' }
	| { readonly is: 'name' }
	| { readonly is: 'sign' }
	| { readonly is: 'end' }
);

const SIGNS = ['<=', '>=', '!=', '<>', '==', '&&', '||', '≤', '≥', '≠', '<', '>', '=', '+', '-', '*', '/', '%', '^', '(', ')', ',', '!'];
const SAME: Readonly<Record<string, string>> = {
	'<>': '!=',
	'≠': '!=',
	'==': '=',
	'≤': '<=',
	'≥': '>=',
	'&&': 'and',
	'||': 'or',
	'!': 'not',
	'（': '(',
	'）': ')',
	'，': ',',
	'、': ',',
	'＝': '=',
	'＞': '>',
	'＜': '<',
	'×': '*',
	'÷': '/',
	'−': '-',
	'＋': '+',
};
const WIDE = Object.keys(SAME).filter((sign) => sign.length === 1 && !SIGNS.includes(sign));
const QUOTES: Readonly<Record<string, { readonly close: string; readonly is: 'string' | 'quoted' | 'column' }>> = {
	"'": { close: "'", is: 'string' },
	'‘': { close: '’', is: 'string' },
	'"': { close: '"', is: 'quoted' },
	'“': { close: '”', is: 'quoted' },
	'「': { close: '」', is: 'quoted' },
	'`': { close: '`', is: 'column' },
};
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy;
const NAME = /[\p{L}_][\p{L}\p{N}\p{M}_]*/uy;
const LETTER = /[\p{L}\p{N}_]/u;

/**
 * The tokens of a formula; the last one is `end`. `columns` are the names that may stand bare.
 * @throws GraphError `table.formula.syntax`.
 */
export function tokensOf(formula: string, columns: readonly string[]): readonly Token[] {
	const bare = columns.filter((name) => !/^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u.test(name) && /^[\p{L}_]/u.test(name)).sort((a, b) => b.length - a.length);
	const tokens: Token[] = [];
	let at = 0;
	while (at < formula.length) {
		const rest = formula.slice(at, at + 1);
		if (/\s/.test(rest)) {
			at++;
			continue;
		}
		const token = quoted(formula, at) ?? known(formula, at, bare) ?? number(formula, at) ?? name(formula, at) ?? sign(formula, at);
		if (token === undefined) throw syntaxError(formula, at, 'a column, a number, a text in quotes or an operator');
		tokens.push(token.token);
		at = token.next;
	}
	tokens.push({ is: 'end', at: formula.length, text: '' });
	return tokens;
}

type Found = { readonly token: Token; readonly next: number } | undefined;

function quoted(formula: string, at: number): Found {
	const quote = QUOTES[formula.charAt(at)];
	if (quote === undefined) return undefined;
	let text = '';
	for (let i = at + 1; i < formula.length; i++) {
		if (formula.charAt(i) !== quote.close) text += formula.charAt(i);
		else if (formula.charAt(i + 1) === quote.close) {
			text += quote.close;
			i++;
		} else return { token: { is: quote.is, at, text }, next: i + 1 };
	}
	throw syntaxError(formula, at, `a closing ${quote.close}`);
}

function known(formula: string, at: number, names: readonly string[]): Found {
	const text = names.find((name) => formula.startsWith(name, at) && !LETTER.test(formula.charAt(at + name.length)));
	return text === undefined ? undefined : { token: { is: 'column', at, text }, next: at + text.length };
}

function number(formula: string, at: number): Found {
	NUMBER.lastIndex = at;
	const text = NUMBER.exec(formula)?.[0];
	if (text === undefined || !Number.isFinite(Number(text))) return undefined;
	return { token: { is: 'number', at, text, value: Number(text) }, next: at + text.length };
}

function name(formula: string, at: number): Found {
	NAME.lastIndex = at;
	const text = NAME.exec(formula)?.[0];
	return text === undefined ? undefined : { token: { is: 'name', at, text }, next: at + text.length };
}

function sign(formula: string, at: number): Found {
	const text = SIGNS.find((one) => formula.startsWith(one, at)) ?? WIDE.find((one) => formula.startsWith(one, at));
	return text === undefined ? undefined : { token: { is: 'sign', at, text: SAME[text] ?? text }, next: at + text.length };
}

/** The error of a formula that can't be read at this place; positions count from 1. */
export function syntaxError(formula: string, at: number, expected: string): GraphError {
	return new GraphError('table.formula.syntax', { position: at + 1, near: formula.slice(at, at + 20) || 'the end', expected });
}
