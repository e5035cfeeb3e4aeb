import { stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { FileMetadata } from '../../../nodes/define.ts';
import type { TaskContext, TaskResult } from '../../engine/group.ts';
import { chartPng, chartSvg, svgSize } from '../table/chart/draw.ts';
import { chartPage } from '../table/chart/page.ts';
import { readChart } from '../table/chart/read.ts';

const paramsSchema = z.object({ format: z.enum(['png', 'svg', 'html']), scale: z.number() });

/** Writes a chart as PNG, SVG or HTML. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const { format, scale } = paramsSchema.parse(context.params);
	const { chart, title } = await readChart(context);
	const path = `${context.folder}/chart.${format}`;
	const content = await write();
	const { size } = await stat(path);
	return { file: { path, metadata: { kind: 'file', format, bytes: size, content } } };

	async function write(): Promise<FileMetadata['content']> {
		if (format === 'html') {
			await writeFile(path, await chartPage(chart, title));
			const known = context.inputs.chart?.[0]?.metadata;
			return { kind: 'page', title: known?.kind === 'chart' ? known.title : null };
		}
		if (format === 'svg') {
			const svg = await chartSvg(chart);
			await writeFile(path, svg);
			return { kind: 'image', ...svgSize(svg), frames: 1, duration: 0, alpha: null, format };
		}
		const png = await chartPng(chart, scale);
		await writeFile(path, png);
		return { kind: 'image', width: png.readUInt32BE(16), height: png.readUInt32BE(20), frames: 1, duration: 0, alpha: false, format };
	}
}
