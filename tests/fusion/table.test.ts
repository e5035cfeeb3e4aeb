import { mkdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { SPECS } from '../../nodes/catalogue.ts';
import type { Params, Spec } from '../../nodes/define.ts';
import { tablePlanner } from '../../server/backends/table/plan.ts';
import { rowsOf } from '../../server/backends/table/rows.ts';
import type { Ref } from '../../server/engine/group.ts';
import { type FileValue, fixtureValue, groupOf, inFolder, runGroup, type Use } from '../backends/table/harness.ts';

/** Parameters that fit a table of region, product, units, price and date, and mostly still fit what another node made of it. */
const CASES: Readonly<Record<string, Params>> = {
	'table.filter': { where: 'units > 5' },
	'table.sort': { column: 'units', order: 'descending' },
	'table.group': {
		by: ['region'],
		measures: [
			{ aggregate: 'sum', column: 'units', name: 'units' },
			{ aggregate: 'first', column: 'units', name: 'price' },
			{ aggregate: 'last', column: 'units', name: 'last' },
		],
	},
	'table.distinct': { columns: ['region'] },
	'table.select': { columns: ['units', 'region'] },
	'table.compute': { name: 'units', formula: "if(units > 10 and region != 'West', units * 2, units) + 1" },
	'table.limit': { count: 7, from: 'end' },
	'table.sample': { count: 5, seed: 3 },
	'table.join': { on: ['region'], how: 'full' },
	'table.union': {},
	'table.drop-blanks': { columns: ['units'] },
	'table.fill-blanks': { columns: ['units'], with: 'mean' },
	'table.proxy': {},
};
const NODES = SPECS.filter((spec) => spec.medium === 'table' && spec.saves !== true);

function use(spec: Spec, main: Ref): Use {
	const params = CASES[spec.id] ?? {};
	if (spec.id === 'table.join') return { spec, params, inputs: { right: [{ input: 0 }], left: [main] } };
	if (spec.id === 'table.union') return { spec, params, inputs: { tables: [main, { input: 0 }] } };
	return { spec, params, inputs: { table: [main] } };
}

async function value(file: FileValue | undefined): Promise<unknown> {
	if (file?.metadata.kind !== 'table') throw new Error('a table');
	return { metadata: file.metadata, rows: await rowsOf(file.path, file.metadata.format, 10_000) };
}

describe('fusion of table nodes', () => {
	it('has a case for every node', () => {
		expect(NODES.map((spec) => spec.id).filter((id) => !(id in CASES))).toEqual([]);
	});

	for (const first of NODES) {
		it(`gives the same rows in the same order as unfused: ${first.id} before each other`, async () => {
			await inFolder(async (folder) => {
				const sales = await fixtureValue('sales');
				const folderOf = async (name: string) => {
					await mkdir(`${folder}/${name}`);
					return `${folder}/${name}`;
				};
				const [alone] = await runGroup(groupOf([sales], [use(first, { input: 0 })], [0]), await folderOf('first'));
				if (alone === undefined) throw new Error('made nothing');
				for (const second of NODES) {
					const fused = groupOf([sales], [use(first, { input: 0 }), use(second, { part: 0, port: 'table' })], [1]);
					const [part] = fused.parts.slice(1);
					if (part !== undefined) expect(tablePlanner.canJoin(fused.parts.slice(0, 1), part)).toBe(true);
					const [together] = await runGroup(fused, await folderOf(`f-${second.id}`));
					const [apart] = await runGroup(groupOf([sales, alone], [use(second, { input: 1 })], [0]), await folderOf(`u-${second.id}`));
					expect(await value(together), second.id).toEqual(await value(apart));
				}
			});
		});
	}

	it('makes a value with several readers once, and keeps its order', async () => {
		await inFolder(async (folder) => {
			const sales = await fixtureValue('sales');
			const sort = use(spec('table.sort'), { input: 0 });
			const uses = [sort, use(spec('table.limit'), { part: 0, port: 'table' }), use(spec('table.filter'), { part: 0, port: 'table' })];
			const group = groupOf([sales], uses, [0, 1, 2]);
			expect(tablePlanner.explain(group).filter((sql) => sql.startsWith('CREATE TEMP TABLE'))).toHaveLength(1);
			const made = await runGroup(group, folder);
			const rows = await Promise.all(made.map((file) => rowsOf(file.path, null, 100)));
			expect(rows[1]).toEqual(rows[0]?.slice(-7));
			expect(rows[2]).toEqual(rows[0]?.filter((row) => Number(row.units) > 5));
		});
	});
});

function spec(id: string): Spec {
	const found = NODES.find((one) => one.id === id);
	if (found === undefined) throw new Error(id);
	return found;
}
