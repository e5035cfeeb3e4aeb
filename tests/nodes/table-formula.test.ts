import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Column, GraphError } from '../../nodes/define.ts';
import { inferType } from '../../nodes/table/formula/infer.ts';
import { parseFormula } from '../../nodes/table/formula/parse.ts';
import { expressionSql } from '../../server/backends/table/sql/expression.ts';

const COLUMNS: readonly Column[] = [
	{ name: 'price', type: 'number' },
	{ name: 'units', type: 'integer' },
	{ name: 'City Name', type: 'text' },
	{ name: '人口（万）', type: 'integer' },
	{ name: 'date', type: 'date' },
	{ name: 'ok', type: 'boolean' },
	{ name: 'constructor', type: 'text' },
];
const sql = (formula: string) => expressionSql(parseFormula(formula, COLUMNS), COLUMNS);
const problem = (formula: string) => {
	try {
		inferType(parseFormula(formula, COLUMNS), COLUMNS);
		return undefined;
	} catch (error) {
		if (!(error instanceof GraphError)) throw error;
		return error.problem;
	}
};

describe('formulas', () => {
	it('bind as everybody expects', () => {
		expect(parseFormula('1 + 2 * 3 ^ 2', [])).toEqual(parseFormula('1 + (2 * (3 ^ 2))', []));
		expect(parseFormula('not ok or ok and units = 1', COLUMNS)).toEqual(parseFormula('(not ok) or (ok and (units = 1))', COLUMNS));
		expect(parseFormula('-units ^ 2', COLUMNS)).toEqual(parseFormula('-(units ^ 2)', COLUMNS));
		expect(parseFormula('10 - 3 - 2', [])).toEqual(parseFormula('(10 - 3) - 2', []));
	});

	it('take column names bare, in backticks and in double quotes, in any case', () => {
		for (const formula of ['City Name', '`City Name`', '"City Name"', '“City Name”', '`city name`'])
			expect(parseFormula(formula, COLUMNS)).toEqual({ is: 'column', name: 'City Name' });
		expect(parseFormula('人口（万） ÷ 2', COLUMNS)).toEqual(parseFormula('`人口（万）` / 2', COLUMNS));
		expect(parseFormula('"somewhere else"', COLUMNS)).toEqual({ is: 'literal', value: 'somewhere else' });
	});

	it('speak Chinese', () => {
		expect(parseFormula('units 大于 3 并且 `City Name` 包含 “京”', COLUMNS)).toEqual(parseFormula("units > 3 and `City Name` contains '京'", COLUMNS));
	});

	it('know between, in, is blank', () => {
		expect(parseFormula('units between 1 and 3', COLUMNS)).toEqual(parseFormula('units >= 1 and units <= 3', COLUMNS));
		expect(parseFormula('units in (1, 2)', COLUMNS)).toEqual(parseFormula('units = 1 or units = 2', COLUMNS));
		expect(parseFormula('units is not blank', COLUMNS)).toEqual(parseFormula('units != blank', COLUMNS));
	});

	it('name the position, and the columns there are', () => {
		expect(problem('units > ')).toMatchObject({ key: 'table.formula.syntax', values: { position: 9 } });
		expect(problem('unitz > 3')).toMatchObject({
			key: 'table.formula.column',
			values: { value: 'unitz', position: 1, choices: COLUMNS.map((column) => column.name) },
		});
		expect(problem('frob(units)')).toMatchObject({ key: 'table.formula.function' });
		expect(problem("units > 'a'")).toMatchObject({ key: 'table.formula.type' });
		expect(problem("date >= '2024-01-31'")).toBeUndefined();
		expect(problem("date >= 'soon'")).toMatchObject({ key: 'table.formula.type' });
		expect(problem('round()')).toMatchObject({ key: 'table.formula.arguments' });
		expect(problem('('.repeat(5000))).toMatchObject({ type: 'graph' });
		expect(problem(`1${'+1'.repeat(4000)}`)).toMatchObject({ key: 'table.formula.deep' });
		for (const name of ['__proto__', 'toString', 'hasOwnProperty', '__proto__(1)', 'constructor(1)']) expect(problem(name)).toMatchObject({ type: 'graph' });
	});

	it('keep texts texts, whatever is in them', () => {
		expect(sql(`\`City Name\` = '''; DROP TABLE x; --'`)).toContain(`'''; DROP TABLE x; --'`);
		expect(sql('constructor = "__proto__"')).toContain(`"constructor" = '__proto__'`);
	});

	it('never throw anything but a GraphError, whatever is written', () => {
		const pieces = fc.oneof(
			fc.string({ unit: 'grapheme' }),
			fc.constantFrom(
				'price',
				'units',
				'`',
				'"',
				"'",
				'(',
				')',
				',',
				'+',
				'-',
				'and',
				'or',
				'not',
				'is',
				'blank',
				'between',
				'in',
				'if',
				'round(',
				'1e999',
				'\\',
				'\u0000',
				'；',
				'__proto__',
				'人口（万）',
				' ',
			),
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 14 }), (all) => {
				const formula = all.join(' ');
				try {
					const written = expressionSql(parseFormula(formula, COLUMNS), COLUMNS);
					/* Outside quotes nothing stands but what the parser knows. */
					expect(written.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, '')).not.toMatch(/['"`;\\]/);
				} catch (error) {
					if (!(error instanceof GraphError)) throw error;
				}
			}),
			{ numRuns: 3000, seed: 7 },
		);
	});
});
