/** What the chart tasks share: the table opened in the database, the chart written as JSON with its values inside. */
import { writeFile } from 'node:fs/promises';
import type { Column } from '../../../../nodes/define.ts';
import { RunError } from '../../../../nodes/problems.ts';
import { columnNamed } from '../../../../nodes/table/columns.ts';
import type { TaskContext, TaskResult } from '../../../engine/group.ts';
import { type Database, databaseProblem, openDatabase } from '../database.ts';
import { openPromised, openThoroughly, prepare } from '../source.ts';
import { identifier } from '../sql/quote.ts';

/** A table to draw. */
export interface Drawn {
	readonly db: Database;
	/** To select from. */
	readonly from: string;
	readonly columns: readonly Column[];
}

/** A Vega-Lite spec, and what is known of it. */
export interface Chart {
	readonly spec: Readonly<Record<string, unknown>>;
	readonly width: number;
	readonly height: number;
	readonly mark: string;
	readonly title: string;
}

export const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

/** Draws the table at port `table` by `build`. */
export async function makeChart(context: TaskContext, build: (drawn: Drawn) => Promise<Chart>): Promise<TaskResult> {
	const [input] = context.inputs.table ?? [];
	if (input === undefined || input.metadata.kind !== 'table') throw new Error('a chart takes a table');
	const promised = input.metadata.columns;
	const prepared = await prepare(input.path, input.metadata.format, input.name, context.folder);
	const db = await openDatabase([prepared.path], context);
	try {
		const chart = await drawn(db, 'chart table', null).catch((error: unknown) => {
			const problem = databaseProblem(error, input.name);
			if (problem instanceof RunError && problem.problem.key === 'table.value') return drawn(db, 'chart table again', problem);
			throw error;
		});
		const path = `${context.folder}/chart.json`;
		await writeFile(path, JSON.stringify(chart.spec), { flag: 'wx' });
		const { width, height, mark, title } = chart;
		return { chart: { path, metadata: { kind: 'chart', width, height, mark, title } } };
	} catch (error) {
		throw databaseProblem(error, input.name);
	} finally {
		db.close();
	}

	async function drawn(opened: Database, name: string, met: RunError | null): Promise<Chart> {
		const { select, columns } = await (met === null ? openPromised(opened, prepared, promised) : openThoroughly(opened, prepared, promised, met));
		const from = identifier(name);
		await opened.query(`CREATE TEMP VIEW ${from} AS ${select}`);
		return build({ db: opened, from, columns });
	}
}

/** The column that colours the marks: the one that was asked for, else a text column with 2 to `most` different values, if `guess`. */
export async function seriesOf({ db, from, columns }: Drawn, wanted: string | undefined, not: readonly string[], guess: boolean): Promise<Column | undefined> {
	if (wanted !== undefined && wanted !== '') return columnNamed(columns, wanted, 'series');
	const texts = guess ? columns.filter((column) => column.type === 'text' && !not.includes(column.name)).slice(0, 4) : [];
	if (texts.length === 0) return undefined;
	const [row] = await db.query(`SELECT ${texts.map((column, i) => `count(DISTINCT ${identifier(column.name)}) AS n${i}`).join(', ')} FROM ${from}`);
	return texts.find((_, i) => Number(row?.[`n${i}`]) >= 2 && Number(row?.[`n${i}`]) <= MOST_SERIES);
}

/** Colours that can be told apart; further series become "other". */
export const MOST_SERIES = 8;
