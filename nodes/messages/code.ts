import type { Words } from './words.ts';

/** Messages about scripts and the sandbox that they run in. */
export const code = {
	'code.failed': { en: 'The script failed: {reason}', zh: '脚本出错：{reason}' },
	'code.no-output': {
		en: 'The script ended, but wrote nothing for {name}. Write {kind} to outputs["{name}"].',
		zh: '脚本已结束，但没有写出 {name}。请把{kind}写到 outputs["{name}"]。',
	},
	'code.wrong-output': {
		en: 'The script wrote {got} for {name}, but {expected} is expected. Change the script, or the kind of this output.',
		zh: '脚本为 {name} 写出的是 {got}，但应为{expected}。请修改脚本，或更改该输出的类型。',
	},
	'code.no-module': {
		en: 'The script imports {module}, which is not installed for {python}. Install it there, or do without it.',
		zh: '脚本导入了 {module}，但 {python} 没有安装它。请先安装，或改用其他模块。',
	},
	'code.no-network': {
		en: 'The script asked for the network, which scripts do not get. Give it the file as an input instead.',
		zh: '脚本试图访问网络，但脚本不能联网。请把文件作为输入提供。',
	},
	'code.flood': {
		en: 'The script printed more than {limit} MB and was stopped. Print less; write results to outputs.',
		zh: '脚本输出超过 {limit} MB，已停止。请减少打印，把结果写到 outputs。',
	},
	'code.memory': {
		en: 'The script needed more than {limit} MB of memory and was stopped. Read the file in parts, or use a smaller one.',
		zh: '脚本使用的内存超过 {limit} MB，已停止。请分块读取，或换较小的文件。',
	},
	'code.two-names': {
		en: 'Two inputs or outputs are called {name}. Give each a name of its own.',
		zh: '有两个输入或输出都叫 {name}。请给它们不同的名称。',
	},
} as const satisfies Record<string, Words>;
