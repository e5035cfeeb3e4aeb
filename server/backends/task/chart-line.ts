import { z } from 'zod';
import type { TaskContext, TaskResult } from '../../engine/group.ts';
import { lines } from '../table/chart/line.ts';
import { makeChart } from '../table/chart/make.ts';
import { AGGREGATE, LOOKS, series, x, y } from '../table/chart/params.ts';

const paramsSchema = z.object({ x, y, series, aggregate: AGGREGATE, area: z.boolean(), ...LOOKS });

/** Draws lines. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const params = paramsSchema.parse(context.params);
	return makeChart(context, (drawn) => lines(drawn, params));
}
