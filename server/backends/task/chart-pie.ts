import { z } from 'zod';
import type { TaskContext, TaskResult } from '../../engine/group.ts';
import { makeChart } from '../table/chart/make.ts';
import { AGGREGATE, LOOKS, x, y } from '../table/chart/params.ts';
import { slices } from '../table/chart/pie.ts';

const paramsSchema = z.object({ x, y, aggregate: AGGREGATE, hole: z.boolean(), limit: z.number(), ...LOOKS });

/** Draws slices. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const params = paramsSchema.parse(context.params);
	return makeChart(context, (drawn) => slices(drawn, params));
}
