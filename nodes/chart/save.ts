import { type FileMetadata, field, task, z } from '../define.ts';

/** Writes a chart as a picture, as a drawing, or as a page that works by itself. */
export default task({
	id: 'chart.save',
	version: 1,
	revision: 3,
	title: { en: 'Save chart', zh: '保存图表' },
	summary: { en: 'Save a chart as PNG, SVG or a self-contained interactive HTML page.', zh: '把图表保存为 PNG、SVG 或独立的交互式 HTML 网页。' },
	phrases: {
		en: [
			'save chart',
			'save the chart',
			'chart as png',
			'chart as svg',
			'chart as html',
			'as a png',
			'as an image',
			'as a picture',
			'as svg',
			'interactive',
			'interactive chart',
			'interactive html',
			'html chart',
			'as a web page',
			'export chart',
			'download the chart',
			'with tooltips',
			'vector chart',
			'save graph',
			'save the plot',
			'export the graph',
		],
		zh: [
			'保存图表',
			'导出图表',
			'图表保存为图片',
			'存为png',
			'存为svg',
			'交互式',
			'交互图表',
			'网页图表',
			'保存成网页',
			'下载图表',
			'图表转图片',
			'矢量图',
			'保存图',
		],
	},
	inputs: { chart: { kind: 'chart', title: { en: 'Chart', zh: '图表' } } },
	outputs: { file: { kind: 'file', title: { en: 'File', zh: '文件' } } },
	params: z.object({
		format: field.choice({
			title: { en: 'Format', zh: '格式' },
			choices: { png: { en: 'PNG picture', zh: 'PNG 图片' }, svg: { en: 'SVG drawing', zh: 'SVG 矢量图' }, html: { en: 'Interactive page', zh: '交互式网页' } },
			default: 'png',
			phrases: { en: ['as', 'format'], zh: ['格式', '存为'] },
		}),
		scale: field.number({
			title: { en: 'Pixels per point (PNG)', zh: '清晰度倍数（PNG）' },
			unit: '×',
			min: 0.25,
			max: 8,
			step: 0.25,
			default: 2,
			phrases: { en: ['scale', 'retina', 'resolution'], zh: ['倍', '清晰度'] },
		}),
		name: field.text({
			title: { en: 'File name', zh: '文件名' },
			hint: { en: '{name} is the name of the source', zh: '{name} 是来源文件名' },
			max: 200,
			default: '{name}',
			phrases: { en: ['named', 'called'], zh: ['文件名', '命名为'] },
		}),
	}),
	describe: ({ format, scale }, { chart }) => ({ file: chartFile(format, scale, chart.width, chart.height, chart.title) }),
	example: { params: { format: 'png' }, inputs: { chart: 'chart' } },
	saves: true,
});

/** Metadata of a chart's file. */
export function chartFile(format: 'png' | 'svg' | 'html', scale: number, width: number | null, height: number | null, title: string | null): FileMetadata {
	const factor = format === 'png' ? scale : 1;
	const times = (length: number | null) => (length === null ? null : Math.max(1, Math.round(length * factor)));
	if (format === 'html') return { kind: 'file', format, bytes: null, content: { kind: 'page', title } };
	return {
		kind: 'file',
		format,
		bytes: null,
		content: { kind: 'image', width: times(width), height: times(height), frames: 1, duration: 0, alpha: format === 'svg' ? null : false, format },
	};
}
