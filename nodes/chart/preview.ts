import { task, z } from '../define.ts';
import { chartFile } from './save.ts';

/** How a chart is shown on the canvas. */
export default task({
	id: 'chart.preview',
	version: 1,
	revision: 3,
	title: { en: 'Chart preview', zh: '图表预览' },
	summary: { en: 'Draw a chart as SVG for the canvas.', zh: '把图表绘制成 SVG 供画布显示。' },
	phrases: { en: [], zh: [] },
	inputs: { chart: { kind: 'chart', title: { en: 'Chart', zh: '图表' } } },
	outputs: { file: { kind: 'file', title: { en: 'File', zh: '文件' } } },
	params: z.object({}),
	describe: (_, { chart }) => ({ file: chartFile('svg', 1, chart.width, chart.height, chart.title) }),
	example: { params: {}, inputs: { chart: 'chart' } },
	hidden: true,
});
