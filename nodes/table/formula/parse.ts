/**
 * Reads a formula: `price * quantity > 100 and city contains 'York'`. Nothing is ever evaluated here; the result is plain data.
 *
 * From loose to tight: or · and · not · comparisons (`= != < <= > >=`, contains, in, between, is blank) · `+ -` · `* / %` · sign · `^`.
 * Texts stand in single quotes; columns stand bare or in backticks; double quotes mean a column if there is one of that name, else a text.
 * `contains`, `starts with` and `ends with` don't mind case; `=` does.
 */
import type { Column } from '../../define.ts';
import { GraphError } from '../../define.ts';
import type { Expression, FunctionName, Literal } from '../../steps/table.ts';
import { findColumn } from '../columns.ts';
import { CALLS, SIGNATURES } from './functions.ts';
import { syntaxError, type Token, tokensOf } from './tokens.ts';

const DEEPEST = 100;
const LONGEST = 600;
const WORDS: Readonly<Record<string, string>> = {
	且: 'and',
	并且: 'and',
	或: 'or',
	或者: 'or',
	非: 'not',
	不是: '!=',
	等于: '=',
	不等于: '!=',
	大于: '>',
	小于: '<',
};
const LITERALS: ReadonlyMap<string, Literal> = new Map<string, Literal>([
	['true', true],
	['false', false],
	['null', null],
	['blank', null],
	['真', true],
	['假', false],
	['空', null],
]);

/**
 * The expression that a formula means. With `columns` null any name is taken for a column.
 * @throws GraphError that names the position, or the unknown column and the columns there are.
 */
export function parseFormula(formula: string, columns: readonly Column[] | null): Expression {
	const parser = new Parser(formula, columns);
	return parser.whole();
}

class Parser {
	readonly formula: string;
	readonly columns: readonly Column[] | null;
	readonly tokens: readonly Token[];
	at = 0;
	depth = 0;

	constructor(formula: string, columns: readonly Column[] | null) {
		this.formula = formula;
		this.columns = columns;
		this.tokens = tokensOf(formula, columns?.map((column) => column.name) ?? []);
		if (this.tokens.length > LONGEST) throw new GraphError('table.formula.deep');
	}

	whole(): Expression {
		const expression = this.or();
		if (this.token.is !== 'end') throw this.unexpected('an operator or the end');
		return expression;
	}

	get token(): Token {
		return this.tokens[this.at] ?? { is: 'end', at: this.formula.length, text: '' };
	}

	/** The operator or keyword that stands here, in its one spelling. */
	get word(): string {
		const { is, text } = this.token;
		if (is === 'sign') return text;
		if (is !== 'name') return '';
		const lower = text.toLowerCase();
		return Object.hasOwn(WORDS, lower) ? (WORDS[lower] ?? '') : lower;
	}

	take(...words: readonly string[]): string | undefined {
		const { word } = this;
		if (word === '' || !words.includes(word)) return undefined;
		this.at++;
		return word;
	}

	need(word: string): void {
		if (this.take(word) === undefined) throw this.unexpected(`"${word}"`);
	}

	unexpected(expected: string): GraphError {
		return syntaxError(this.formula, this.token.at, expected);
	}

	or(): Expression {
		if (++this.depth > DEEPEST) throw new GraphError('table.formula.deep');
		const all = [this.and()];
		while (this.take('or') !== undefined) all.push(this.and());
		this.depth--;
		return joined('or', all);
	}

	and(): Expression {
		const all = [this.not()];
		while (this.take('and') !== undefined) all.push(this.not());
		return joined('and', all);
	}

	not(): Expression {
		let negated = false;
		while (this.take('not') !== undefined) negated = !negated;
		const expression = this.comparison();
		return negated ? call('not', expression) : expression;
	}

	comparison(): Expression {
		const left = this.sum();
		const sign = this.take('=', '!=', '<', '<=', '>', '>=') as FunctionName | undefined;
		if (sign !== undefined) return this.compare(sign, left, this.sum());
		if (this.take('is') !== undefined) {
			const negated = this.take('not') !== undefined;
			if (this.take('blank', 'null', 'empty') === undefined) throw this.unexpected('"blank"');
			return maybeNot(negated, call('is-blank', left));
		}
		if (this.take('为空') !== undefined) return call('is-blank', left);
		if (this.take('不为空') !== undefined) return call('not', call('is-blank', left));
		const negated = this.word === 'not' && this.take('not') !== undefined;
		if (this.take('contains', '包含') !== undefined) return maybeNot(negated, call('contains', left, this.sum()));
		if (this.take('starts') !== undefined) {
			this.need('with');
			return maybeNot(negated, call('starts-with', left, this.sum()));
		}
		if (this.take('ends') !== undefined) {
			this.need('with');
			return maybeNot(negated, call('ends-with', left, this.sum()));
		}
		if (this.take('between') !== undefined) {
			const low = this.sum();
			this.need('and');
			return maybeNot(negated, call('and', call('>=', left, low), call('<=', left, this.sum())));
		}
		if (this.take('in') !== undefined) {
			this.need('(');
			return maybeNot(
				negated,
				joined(
					'or',
					this.values().map((value) => call('=', left, value)),
				),
			);
		}
		if (negated) throw this.unexpected('contains, in or between');
		return left;
	}

	/** `= blank` asks whether there is a value, as people mean it. */
	compare(sign: FunctionName, left: Expression, right: Expression): Expression {
		const blank = right.is === 'literal' && right.value === null;
		if (blank && (sign === '=' || sign === '!=')) return maybeNot(sign === '!=', call('is-blank', left));
		return call(sign, left, right);
	}

	sum(): Expression {
		let left = this.product();
		for (let sign = this.take('+', '-'); sign !== undefined; sign = this.take('+', '-')) left = call(sign as FunctionName, left, this.product());
		return left;
	}

	product(): Expression {
		let left = this.signed();
		for (let sign = this.take('*', '/', '%'); sign !== undefined; sign = this.take('*', '/', '%')) left = call(sign as FunctionName, left, this.signed());
		return left;
	}

	signed(): Expression {
		let negative = false;
		for (let sign = this.take('-', '+'); sign !== undefined; sign = this.take('-', '+')) if (sign === '-') negative = !negative;
		const value = this.power();
		if (!negative) return value;
		return value.is === 'literal' && typeof value.value === 'number' ? { is: 'literal', value: -value.value } : call('negate', value);
	}

	power(): Expression {
		const base = this.value();
		if (this.take('^') === undefined) return base;
		if (++this.depth > DEEPEST) throw new GraphError('table.formula.deep');
		const exponent = this.signed();
		this.depth--;
		return call('^', base, exponent);
	}

	value(): Expression {
		const { token } = this;
		if (this.take('(') !== undefined) {
			const inner = this.or();
			this.need(')');
			return inner;
		}
		if (token.is === 'end' || token.is === 'sign') throw this.unexpected('a column, a number or a text in quotes');
		this.at++;
		if (token.is === 'number') return { is: 'literal', value: token.value };
		if (token.is === 'string') return { is: 'literal', value: token.text };
		if (token.is === 'name' && this.word === '(') return this.called(token);
		const column = this.columns === null ? undefined : findColumn(this.columns, token.text);
		if (column !== undefined) return { is: 'column', name: column.name };
		if (token.is === 'quoted') return this.columns === null ? { is: 'literal', value: null } : { is: 'literal', value: token.text };
		const literal = token.is === 'name' ? LITERALS.get(token.text.toLowerCase()) : undefined;
		if (literal !== undefined) return { is: 'literal', value: literal };
		if (this.columns === null) return { is: 'column', name: token.text };
		throw new GraphError('table.formula.column', { value: token.text, position: token.at + 1, choices: this.columns.map((one) => one.name) });
	}

	called(token: Token): Expression {
		const name = CALLS.get(token.text.toLowerCase());
		if (name === undefined) throw new GraphError('table.formula.function', { value: token.text, position: token.at + 1, choices: [...CALLS.keys()] });
		this.need('(');
		const of = this.values();
		const { least, most } = SIGNATURES[name];
		if (of.length < least || of.length > most) {
			throw new GraphError('table.formula.arguments', { name: token.text, expected: least === most ? least : `${least}–${most}`, got: of.length });
		}
		return { is: 'call', name, of };
	}

	/** Values between commas, up to the closing parenthesis. */
	values(): readonly Expression[] {
		if (this.take(')') !== undefined) return [];
		const values = [this.or()];
		while (this.take(',') !== undefined) values.push(this.or());
		this.need(')');
		return values;
	}
}

function call(name: FunctionName, ...of: readonly Expression[]): Expression {
	return { is: 'call', name, of };
}

function maybeNot(negated: boolean, expression: Expression): Expression {
	return negated ? call('not', expression) : expression;
}

function joined(name: 'and' | 'or', all: readonly Expression[]): Expression {
	const [only] = all;
	return all.length === 1 && only !== undefined ? only : { is: 'call', name, of: all };
}
