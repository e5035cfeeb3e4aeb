import { z } from 'zod';
import type { TaskContext, TaskResult } from '../../engine/group.ts';
import { makeChart } from '../table/chart/make.ts';
import { LOOKS, series, x, y } from '../table/chart/params.ts';
import { points } from '../table/chart/scatter.ts';

const paramsSchema = z.object({ x, y, series, size: x, label: x, trend: z.boolean(), ...LOOKS });

/** Draws points. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const params = paramsSchema.parse(context.params);
	return makeChart(context, (drawn) => points(drawn, params));
}
