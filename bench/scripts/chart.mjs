/** The hand-written chart: DuckDB groups, Vega draws, nothing else. */
import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { createCanvas } from '@napi-rs/canvas';
import * as vega from 'vega';
import { compile } from 'vega-lite';

const [from, to] = process.argv.slice(2);
const database = await DuckDBInstance.create(':memory:');
const connection = await database.connect();
const reader = await connection.runAndReadAll(`SELECT region, sum(units)::DOUBLE AS units FROM read_csv('${from}') GROUP BY region ORDER BY units DESC`);
const values = reader.getRowObjectsJson();
const { spec } = compile({
	width: 800,
	height: 450,
	autosize: { type: 'fit', contains: 'padding' },
	data: { values },
	mark: 'bar',
	encoding: { x: { field: 'region', type: 'nominal', sort: '-y' }, y: { field: 'units', type: 'quantitative' } },
});
const view = new vega.View(vega.parse(spec), { renderer: 'none' });
await view.runAsync();
const canvas = createCanvas(1600, 900);
const context = canvas.getContext('2d');
context.fillStyle = '#ffffff';
context.fillRect(0, 0, 1600, 900);
await view.toCanvas(2, { externalContext: context });
writeFileSync(to, await canvas.encode('png'));
