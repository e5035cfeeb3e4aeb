import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, bench, recipe } from './harness.ts';

let engine: Bench;
beforeAll(async () => {
	engine = await bench();
});
afterAll(() => engine.done());

/** A table of about 40 MB, which is known by its first rows. */
async function large(name: string, last: string, first = '7'): Promise<string> {
	const path = join(engine.folder, name);
	const file = createWriteStream(path);
	file.write('region,units,note\n');
	const row = `north,${first},${'a remark that makes the file large '.repeat(3)}\n`;
	for (let i = 0; i < 40; i++) if (!file.write(row.repeat(8500))) await once(file, 'drain');
	file.end(`south,${last},the end\n`);
	await once(file, 'finish');
	return path;
}

const listed = recipe({ table: ['io.file', { kind: 'table' }], sort: ['table.sort', { column: 'units' }] }, ['table.value > sort.table']);

describe('large tables', () => {
	it('are known by their first rows, and the rows are not counted', async () => {
		const source = await engine.engine.look(await large('even.csv', '8'));
		expect(source.readings[0]).toMatchObject({ rows: null, columns: [{ type: 'text' }, { type: 'integer' }, { type: 'text' }] });
	});

	it('are read to their end and run again where a later value is of another type', async () => {
		const source = await engine.engine.look(await large('late.csv', 'seven'));
		expect(source.readings[0]).toMatchObject({ columns: [{}, { type: 'integer' }, {}] });
		const result = await engine.engine.run({ recipe: listed, bindings: { table: [source] } });
		expect(result.state).toBe('done');
		const artifact = result.outputs[0]?.artifact;
		if (artifact === undefined) throw new Error('nothing was made');
		expect(artifact.metadata).toMatchObject({ columns: [{}, { name: 'units', type: 'text' }, {}] });
		expect(await engine.engine.rows(artifact, 1)).toMatchObject([{ units: '7' }]);
	});

	it('say what is wrong with the graph when the type that came out does not fit it', async () => {
		const source = await engine.engine.look(await large('sum.csv', 'eleven'));
		const sum = recipe(
			{ table: ['io.file', { kind: 'table' }], group: ['table.group', { by: ['region'], measures: [{ aggregate: 'sum', column: 'units', name: 'units' }] }] },
			['table.value > group.table'],
		);
		const result = await engine.engine.run({ recipe: sum, bindings: { table: [source] } });
		expect(result.state === 'failed' ? result.problems.map(({ type, node }) => ({ type, node })) : result.state).toEqual([{ type: 'graph', node: 'group' }]);
	});

	it('are read to their end at once when a column is blank as far as was looked', async () => {
		const source = await engine.engine.look(await large('blank.csv', '12', ''));
		expect(source.readings[0]).toMatchObject({ rows: 340_001, columns: [{}, { type: 'integer' }, {}] });
	});
});
