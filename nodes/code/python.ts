import { field, GraphError, KIND_TITLES, type Ports, task, unknownOf, z } from '../define.ts';

const SCRIPT = `import pandas as pd

table = pd.read_csv(inputs["table"])
table.to_csv(outputs["result"], index=False)
`;

const port = () => ({
	name: field.text({
		title: { en: 'Name', zh: '名称' },
		hint: { en: 'Letters, digits and _.', zh: '字母、数字和下划线。' },
		pattern: /^[A-Za-z][A-Za-z0-9_]{0,30}$/,
		max: 31,
	}),
	kind: field.choice({ title: { en: 'Kind', zh: '类型' }, choices: KIND_TITLES }),
});

/**
 * Runs a script of the user's (or the model's) in a sandbox: no network, no files but its inputs and outputs.
 *
 * The script finds two dictionaries: `inputs` (name → path to read) and `outputs` (name → path to write; the file is there already, so write
 * into it and don't replace or remove it). Tables come as UTF-8 CSV and are written as CSV, Parquet or JSON; images PNG, texts .txt, videos .mp4,
 * sounds .wav, documents .pdf, charts Vega-Lite JSON, pages .html. The same script with the same inputs has to make the same: fix every seed.
 */
export default task({
	id: 'code.python',
	version: 1,
	title: { en: 'Python script', zh: 'Python 脚本' },
	summary: {
		en: 'Run a Python script in a sandbox: it reads the files in `inputs` and writes the files in `outputs`.',
		zh: '在沙箱中运行 Python 脚本：读取 `inputs` 中的文件，写出 `outputs` 中的文件。',
	},
	phrases: {
		en: [
			'python',
			'python script',
			'run python',
			'run a script',
			'custom script',
			'custom code',
			'my own code',
			'write code',
			'with pandas',
			'use pandas',
			'with numpy',
			'with scikit-learn',
			'script',
			'program it',
			'execute code',
		],
		zh: ['python', 'python脚本', '运行脚本', '自定义脚本', '自定义代码', '写代码', '执行代码', '用pandas', '用python处理', '编程处理'],
	},
	inputs: { table: { kind: 'table', title: { en: 'table', zh: 'table' } } },
	outputs: { result: { kind: 'table', title: { en: 'result', zh: 'result' } } },
	portsOf: ({ inputs, outputs }) => ({ inputs: portsOfList(inputs), outputs: portsOfList(outputs) }),
	params: z.object({
		script: field.code({
			title: { en: 'Script', zh: '脚本' },
			hint: {
				en: 'inputs["name"] is the path of a file to read (tables are CSV in UTF-8), outputs["name"] the path to write to. No network. pandas, numpy, matplotlib, scikit-learn, networkx and PIL, where they are installed.',
				zh: 'inputs["名称"] 是要读取的文件路径（表格为 UTF-8 CSV），outputs["名称"] 是要写入的路径。不能联网。可使用已安装的 pandas、numpy、matplotlib、scikit-learn、networkx、PIL。',
			},
			language: 'python',
			max: 100_000,
			default: SCRIPT,
		}),
		inputs: field.list({ title: { en: 'Inputs', zh: '输入' }, item: z.object(port()), default: [{ name: 'table', kind: 'table' }] }),
		outputs: field.list({ title: { en: 'Outputs', zh: '输出' }, item: z.object(port()), min: 1, default: [{ name: 'result', kind: 'table' }] }),
		seconds: field.number({
			title: { en: 'Time limit', zh: '时间上限' },
			phrases: { en: ['time limit', 'timeout'], zh: ['超时', '时间限制'] },
			unit: 's',
			min: 1,
			max: 3600,
			logarithmic: true,
			default: 120,
		}),
	}),
	describe: ({ inputs, outputs }) => {
		for (const list of [inputs, outputs]) {
			const twice = list.find(({ name }, i) => list.findIndex((other) => other.name === name) !== i);
			if (twice !== undefined) throw new GraphError('code.two-names', { name: twice.name }, { param: list === inputs ? 'inputs' : 'outputs' });
		}
		// The ports depend on the parameters, which the type of `outputs` can't say.
		return Object.fromEntries(outputs.map(({ name, kind }) => [name, unknownOf(kind)])) as never;
	},
	needs: ['python', 'sandbox'],
	timeout: 3700,
	example: { params: {}, inputs: { table: 'sales' } },
});

function portsOfList(list: readonly { readonly name: string; readonly kind: keyof typeof KIND_TITLES }[]): Ports {
	return Object.fromEntries(list.map(({ name, kind }) => [name, { kind, title: { en: name, zh: name } }]));
}
