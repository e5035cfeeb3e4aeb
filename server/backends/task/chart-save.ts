import { stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { FileMetadata } from '../../../nodes/define.ts';
import type { TaskContext, TaskResult } from '../../engine/group.ts';
import { writePng } from '../image/png-writer.ts';
import { chartPicture, chartSvg, type Picture, svgSize } from '../table/chart/draw.ts';
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
		const picture = await chartPicture(chart, scale);
		const { width, height } = picture;
		/* A quarter of the time that the canvas takes, and smaller. */
		await writePng(path, { width, height, channels: 3, level: 4 }, opaqueRows(picture));
		return { kind: 'image', width, height, frames: 1, duration: 0, alpha: false, format };
	}
}

const ROWS = 128;

/** The rows without their alpha, some at a time. */
async function* opaqueRows({ data, width, height }: Picture): AsyncGenerator<Buffer> {
	for (let top = 0; top < height; top += ROWS) {
		const pixels = width * Math.min(ROWS, height - top);
		const rows = Buffer.allocUnsafe(pixels * 3);
		for (let i = 0, from = top * width * 4; i < rows.length; i += 3, from += 4) {
			rows[i] = data[from] ?? 0;
			rows[i + 1] = data[from + 1] ?? 0;
			rows[i + 2] = data[from + 2] ?? 0;
		}
		yield rows;
	}
}
