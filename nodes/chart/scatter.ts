import { field, task, z } from '../define.ts';
import { TABLE_IN } from '../table/columns.ts';
import { CHART_OUT, chartOf, choosePair, LOOKS } from './choose.ts';

/** One point a row. Above 5,000 rows a sample is drawn, always the same one, and the chart says so. */
export default task({
	id: 'chart.scatter',
	version: 1,
	title: { en: 'Scatter plot', zh: '散点图' },
	summary: { en: 'Draw a scatter plot of two measures against each other.', zh: '绘制两个数值之间的散点图。' },
	phrases: {
		en: [
			'scatter plot',
			'scatter',
			'scatter chart',
			'scatterplot',
			'scatter graph',
			'scatter diagram',
			'points',
			'dots',
			'dot plot',
			'correlation',
			'correlation between',
			'relationship',
			'relation between',
			'relationship between',
			'against',
			'versus',
			'vs',
			'x against y',
			'bubble chart',
			'bubbles',
			'bubble plot',
			'cloud of points',
			'does it depend on',
			'how does it relate',
		],
		zh: ['散点图', '散点', '点图', '相关', '相关性', '关系', '关系图', '之间的关系', '气泡图', '气泡', '对比两列', '分布关系', '相关图', '点阵'],
	},
	inputs: TABLE_IN,
	outputs: CHART_OUT,
	params: z.object({
		x: field.column({
			title: { en: 'Across', zh: '横轴' },
			port: 'table',
			optional: true,
			phrases: { en: ['against', 'versus', 'vs', 'x'], zh: ['与', '横轴', 'x轴'] },
		}),
		y: field.column({
			title: { en: 'Up', zh: '纵轴' },
			port: 'table',
			optional: true,
			phrases: { en: ['of', 'show', 'value', 'y'], zh: ['数值', '的', 'y轴'] },
		}),
		series: field.column({
			title: { en: 'Colour by', zh: '颜色分组' },
			port: 'table',
			optional: true,
			phrases: { en: ['coloured by', 'colored by', 'split by', 'for each', 'by'], zh: ['按颜色', '分组', '区分'] },
		}),
		size: field.column({
			title: { en: 'Size by', zh: '大小' },
			port: 'table',
			optional: true,
			phrases: { en: ['sized by', 'size', 'bubble size'], zh: ['大小', '气泡大小'] },
		}),
		label: field.column({
			title: { en: 'Name of a point', zh: '点的名称' },
			port: 'table',
			optional: true,
			phrases: { en: ['labelled', 'label', 'name'], zh: ['标注', '名称'] },
		}),
		trend: field.toggle({
			title: { en: 'Trend line', zh: '趋势线' },
			default: false,
			phrases: { en: ['trend line', 'regression', 'fit'], zh: ['趋势线', '回归'] },
		}),
		...LOOKS,
	}),
	describe: (params, { table }) => chartOf('scatter', params, table, (columns) => choosePair(params, columns)),
	example: { params: { x: 'x', y: 'y', series: 'group' }, inputs: { table: 'numbers' } },
});
