/** Reads a chart's JSON. */
import { readFile } from 'node:fs/promises';
import { RunError } from '../../../../nodes/problems.ts';
import type { TaskContext } from '../../../engine/group.ts';

export interface ReadChart {
	readonly chart: Readonly<Record<string, unknown>>;
	readonly title: string;
}

/** The chart at the port `chart`. */
export async function readChart(context: TaskContext): Promise<ReadChart> {
	const [input] = context.inputs.chart ?? [];
	if (input === undefined) throw new Error('the port chart has a value');
	const text = await readFile(input.path, 'utf8');
	try {
		const chart: unknown = JSON.parse(text);
		if (typeof chart !== 'object' || chart === null || Array.isArray(chart)) throw new Error('it is not an object');
		const title = input.metadata.kind === 'chart' ? input.metadata.title : null;
		return { chart: Object.fromEntries(Object.entries(chart)), title: title ?? input.name };
	} catch (error) {
		throw new RunError('input.broken', { name: input.name, format: 'chart', reason: error instanceof Error ? error.message : String(error) }, {}, error);
	}
}
