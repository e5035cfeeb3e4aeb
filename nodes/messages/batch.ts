import type { Words } from './words.ts';

/** Messages of batches, archives and the command line's runs. */
export const batch = {
	'zip.too-many': { en: 'This archive holds more than {limit} files. Unpack it and choose a part.', zh: '压缩包中的文件超过 {limit} 个。请解压后选择一部分。' },
	'zip.bomb': {
		en: '{name} in this archive would unpack to far more than it seems. Nothing of it was read.',
		zh: '压缩包中的 {name} 解压后会异常巨大，已停止读取。',
	},
	'zip.twice': { en: 'The archive holds {name} twice. Unpack it and rename one of them.', zh: '压缩包中有两个 {name}。请解压并重命名其中一个。' },
	'output.original': {
		en: '{path} is one of the originals, which are never overwritten. Choose another folder with --out, or another name with --name.',
		zh: '{path} 是原始文件，不会被覆盖。请用 --out 换一个文件夹，或用 --name 换个名字。',
	},
	'batch.nothing': {
		en: 'No file in {path} can be used here ({kind} is needed). Check the folder and the pattern.',
		zh: '{path} 中没有可用的文件（需要{kind}）。请检查文件夹和匹配规则。',
	},
	'batch.two-lists': {
		en: 'Only one input can be a folder, got {inputs}. Give a single file for the others.',
		zh: '只能有一个输入是文件夹，现在有：{inputs}。其余请各给一个文件。',
	},
	'batch.no-node': { en: 'The recipe has no node {node}. Nodes: {choices}.', zh: '配方没有名为 {node} 的节点。现有节点：{choices}。' },
	'batch.no-input': { en: 'The recipe has no input {input}. Inputs: {choices}.', zh: '配方没有名为 {input} 的输入。可用输入：{choices}。' },
	'batch.too-many-inputs': {
		en: 'The recipe takes {expected} inputs, got {got}. Leave the rest out.',
		zh: '配方需要 {expected} 个输入，现在给了 {got} 个，请去掉多余的。',
	},
} as const satisfies Record<string, Words>;
