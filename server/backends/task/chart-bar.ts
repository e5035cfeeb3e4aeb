import { z } from 'zod';
import type { TaskContext, TaskResult } from '../../engine/group.ts';
import { bars } from '../table/chart/bar.ts';
import { makeChart } from '../table/chart/make.ts';
import { AGGREGATE, LOOKS, series, x, y } from '../table/chart/params.ts';

const paramsSchema = z.object({
	x,
	y,
	series,
	aggregate: AGGREGATE,
	stack: z.enum(['stacked', 'grouped', 'share']),
	direction: z.enum(['auto', 'vertical', 'horizontal']),
	sort: z.enum(['auto', 'descending', 'ascending', 'label']),
	limit: z.number(),
	...LOOKS,
});

/** Draws bars. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const params = paramsSchema.parse(context.params);
	return makeChart(context, (drawn) => bars(drawn, params));
}
