import type { Words } from './words.ts';

/** Messages of scripts that a recipe is saved as. */
export const eject = {
	'eject.node': { en: '{node} can not be written as a script: it {reason}.', zh: '{node} 无法写成脚本：{reason}。' },
	'eject.not-yet': { en: '{node} ({title}) can not be written as a script yet.', zh: '{node}（{title}）暂时还不能写成脚本。' },
	'eject.shell': {
		en: 'A shell script runs ffmpeg only, and {node} {reason}. Take --as node.',
		zh: 'shell 脚本只能运行 ffmpeg，而 {node} {reason}。请改用 --as node。',
	},
	'eject.unknown': {
		en: 'What {node} makes is known only when it has run, and what follows depends on it. That can not be written as a script yet.',
		zh: '{node} 的结果要运行后才知道，而后面的节点取决于它，暂时还不能写成脚本。',
	},
	'eject.needs-input': {
		en: 'The script depends on what {input} is like. Give an example: --in {input}=FILE.',
		zh: '脚本取决于 {input} 的具体情况。请给一个示例文件：--in {input}=文件。',
	},
	'eject.json-shape': {
		en: 'The rows of {name} lie deeper inside the file. Save it as CSV first; a script can not look for them yet.',
		zh: '{name} 的数据行在文件内部更深处。请先另存为 CSV，脚本暂时还不能查找它们。',
	},
	'eject.lists': {
		en: 'The files given for {input} differ in what the script depends on. Give files that are alike, or one at a time.',
		zh: '为 {input} 给出的文件各不相同，而脚本取决于它们。请给出相同情况的文件，或一次给一个。',
	},
} as const satisfies Readonly<Record<string, Words>>;
