import { writeFile } from 'node:fs/promises';
import type { TaskContext, TaskResult } from '../../engine/group.ts';
import { chartSvg, svgSize } from '../table/chart/draw.ts';
import { readChart } from '../table/chart/read.ts';

/** Draws a chart as SVG. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const { chart } = await readChart(context);
	const svg = await chartSvg(chart);
	const path = `${context.folder}/chart.svg`;
	await writeFile(path, svg);
	const content = { kind: 'image', ...svgSize(svg), frames: 1, duration: 0, alpha: null, format: 'svg' } as const;
	return { file: { path, metadata: { kind: 'file', format: 'svg', bytes: Buffer.byteLength(svg), content } } };
}
