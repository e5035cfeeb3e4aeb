import { mkdir } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column, Metadata } from '../../nodes/define.ts';
import type { TableStep } from '../../nodes/steps/table.ts';
import { tablePlanner } from '../../server/backends/table/plan.ts';
import { rowsOf } from '../../server/backends/table/rows.ts';
import { TABLE_RULES } from '../../server/backends/table/rules/index.ts';
import type { Group, Part } from '../../server/engine/group.ts';
import { optimise } from '../../server/engine/optimise.ts';
import { type FileValue, fixtureValue, inFolder, runGroup } from '../backends/table/harness.ts';

const sort = (column: string, descending = false): TableStep => ({ op: 'sort', by: [{ column, descending }] });
const limit = (count: number, from: 'start' | 'end' = 'start'): TableStep => ({ op: 'limit', count, from });
const distinct = (...columns: readonly string[]): TableStep => ({ op: 'distinct', columns });
const many: TableStep = {
	op: 'filter',
	where: {
		is: 'call',
		name: '>',
		of: [
			{ is: 'column', name: 'units' },
			{ is: 'literal', value: 9 },
		],
	},
};
const whole: TableStep = { op: 'drop-blanks', columns: ['units', 'region'] };
const group = (by: readonly string[], aggregate: 'sum' | 'mean' | 'first' | 'count' | 'median' = 'sum'): TableStep => ({
	op: 'group',
	by,
	measures: [{ name: 'units', aggregate, column: 'units' }],
});

const EXAMPLES: readonly (readonly [chain: readonly TableStep[], rules: readonly string[], left: readonly string[]])[] = [
	[[sort('units'), sort('region', true)], ['table.merge-sorts'], ['sort']],
	[[sort('region'), sort('product'), sort('region', true)], ['table.merge-sorts'], ['sort']],
	[[sort('units'), group(['region'], 'mean')], ['table.drop-sorts'], ['group']],
	[[sort('price', true), many, whole], ['table.filter-first'], ['filter', 'drop-blanks', 'sort']],
	[
		[sort('price'), many, group(['product'], 'median')],
		['table.drop-sorts', 'table.filter-first'],
		['filter', 'group'],
	],
	[[distinct('region'), distinct('region', 'product')], ['table.merge-distinct'], ['distinct']],
	[[distinct(), distinct('product')], ['table.merge-distinct'], ['distinct']],
	[[distinct('product', 'region'), distinct('region')], ['table.merge-distinct'], ['distinct']],
	[[group(['region', 'product']), distinct()], ['table.merge-distinct'], ['group']],
	[[limit(9), limit(4)], ['table.merge-limits'], ['limit']],
	[[limit(3, 'end'), limit(8, 'end')], ['table.merge-limits'], ['limit']],
];

async function groupOf(value: FileValue, steps: readonly TableStep[]): Promise<Group> {
	const parts = steps.map((step, i): Part => {
		const from = i === 0 ? ({ input: 0 } as const) : ({ part: i - 1, port: 'table' } as const);
		const known: Metadata = { kind: 'table', columns: null, rows: null, format: null };
		return { node: `n${i}`, spec: `test.${step.op}`, params: {}, steps: [step], inputs: { table: [from] }, expected: { table: known } };
	});
	const inputs = [{ key: 'in', from: 'file' as const, path: value.path, name: value.name, metadata: value.metadata }];
	return { backend: 'table', parts, inputs, outputs: [{ key: 'out', part: parts.length - 1, port: 'table', keep: 'file' }] };
}

const better = (plain: Group) => {
	const { group: quick, applied } = optimise(plain, tablePlanner);
	return { quick, rules: [...new Set(applied.map(({ rule }) => rule.name))], left: quick.parts.flatMap((part) => part.steps.map((step) => step.op)) };
};

async function rows(made: Group, folder: string, name: string): Promise<{ columns: readonly Column[] | null; rows: unknown }> {
	await mkdir(`${folder}/${name}`);
	const [file] = await runGroup(made, `${folder}/${name}`);
	if (file?.metadata.kind !== 'table') throw new Error('a table');
	return { columns: file.metadata.columns, rows: await rowsOf(file.path, null, 10_000) };
}

describe('rules for tables', () => {
	for (const [chain, rules, left] of EXAMPLES)
		it(`${chain.map((step) => step.op).join(', ')} → ${left.join(', ')}`, () =>
			inFolder(async (folder) => {
				const plain = await groupOf(await fixtureValue('sales'), chain);
				const found = better(plain);
				expect(found.rules.toSorted()).toEqual(rules.toSorted());
				expect(found.left).toEqual(left);
				expect(await rows(found.quick, folder, 'quick')).toEqual(await rows(plain, folder, 'plain'));
			}));

	it('leave what depends on the order of rows', async () => {
		for (const chain of [
			[sort('units'), group(['region'], 'first')],
			[sort('units'), limit(3)],
			[sort('units'), distinct('region')],
			[limit(5), limit(3, 'end')],
			[limit(5), many],
			[distinct('region'), distinct('product')],
			[distinct('region'), many],
			[sort('units'), { op: 'sample', count: 4, seed: 1 }],
			[group(['region', 'product']), distinct('region')],
		] as const satisfies readonly (readonly TableStep[])[])
			expect(better(await groupOf(await fixtureValue('sales'), chain)).rules, JSON.stringify(chain)).toEqual([]);
	});

	it('random chains give the same rows in the same order', () =>
		inFolder(async (folder) => {
			const sales = await fixtureValue('sales');
			const step = fc.constantFrom<TableStep>(
				...['region', 'product', 'units', 'price', 'date'].flatMap((column, i) => [sort(column, i % 2 === 0), distinct(column)]),
				distinct(),
				distinct('region', 'product'),
				limit(20),
				limit(12),
				limit(15, 'end'),
				limit(9, 'end'),
				many,
				whole,
				{ op: 'sample', count: 14, seed: 5 },
			);
			const end = fc.constantFrom<TableStep | null>(
				null,
				group(['region']),
				group(['product', 'region'], 'count'),
				group(['region'], 'first'),
				group([], 'mean'),
			);
			const fired = new Set<string>();
			let ran = 0;
			await fc.assert(
				fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 7 }), end, async (steps, last) => {
					const plain = await groupOf(sales, last === null ? steps : [...steps, last, sort('units'), distinct()]);
					const { quick, rules } = better(plain);
					if (rules.length === 0) return;
					for (const rule of rules) fired.add(rule);
					ran++;
					expect(await rows(quick, folder, `quick-${ran}`)).toEqual(await rows(plain, folder, `plain-${ran}`));
				}),
				{ seed: Number(process.env.RANDOM_SEED ?? 2026), numRuns: Number(process.env.RANDOM_CHAINS ?? 60), endOnFailure: true },
			);
			expect(fired.size).toBe(TABLE_RULES.length);
		}));

	it('each has a name of its own, words, and an example that makes it fire', () => {
		expect(new Set(TABLE_RULES.map((rule) => rule.name)).size).toBe(TABLE_RULES.length);
		for (const { name, summary } of TABLE_RULES) {
			expect(name).toMatch(/^table\.[a-z-]+$/);
			expect(summary.en).toMatch(/^[A-Z].*\.$/);
			expect(summary.zh).toMatch(/。$/);
			expect(
				EXAMPLES.some(([, rules]) => rules.includes(name)),
				name,
			).toBe(true);
		}
	});
});
