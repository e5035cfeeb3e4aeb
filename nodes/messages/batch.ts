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
	'batch.pair-unclear': {
		en: '{count} files have no partner of the same name: {files}. Say how the files of several folders go together: name (those without a partner are left out), zip (in order) or product (every one with every one).',
		zh: '有 {count} 个文件没有同名的搭档：{files}。请说明多个文件夹中的文件如何配对：name（同名配对，没有搭档的不处理）、zip（按顺序）或 product（两两组合）。',
	},
	'batch.pair-none': {
		en: 'No files of {inputs} have the same name. Pair them in order (zip), or every one with every one (product).',
		zh: '{inputs} 中没有同名的文件。请改为按顺序配对（zip）或两两组合（product）。',
	},
	'batch.pair-counts': {
		en: 'In order, each file needs a partner, but the counts differ: {counts}. Make them equal, or pair by name.',
		zh: '按顺序配对时数量必须相同，现在为：{counts}。请使数量一致，或按名称配对。',
	},
	'batch.too-many': { en: 'That would be {count} items; the most is {limit}. Choose fewer.', zh: '这会产生 {count} 项，最多为 {limit} 项。请减少数量。' },
	'batch.column': { en: 'The table has no column {column}. Columns: {choices}.', zh: '表格没有名为 {column} 的列。可用的列：{choices}。' },
	'batch.no-column': {
		en: 'Nothing in the recipe takes its value from a column, so every row would give the same. Set a parameter to one, like {column}. Columns: {choices}.',
		zh: '配方中没有任何参数取自表格的列，每一行的结果都会相同。请把某个参数设为列，例如 {column}。可用的列：{choices}。',
	},
	'batch.no-table': { en: '{name} is not a table. Choose a CSV, JSON or Parquet file.', zh: '{name} 不是表格。请选择 CSV、JSON 或 Parquet 文件。' },
	'batch.rows-and-lists': {
		en: 'The items are either the rows of a table or the files of {inputs}. Give a single file for it, or leave the table out.',
		zh: '每一项要么是表格的一行，要么是 {inputs} 中的文件。请只给它一个文件，或不使用表格。',
	},
	'batch.no-node': { en: 'The recipe has no node {node}. Nodes: {choices}.', zh: '配方没有名为 {node} 的节点。现有节点：{choices}。' },
	'batch.no-input': { en: 'The recipe has no input {input}. Inputs: {choices}.', zh: '配方没有名为 {input} 的输入。可用输入：{choices}。' },
	'batch.too-many-inputs': {
		en: 'The recipe takes {expected} inputs, got {got}. Leave the rest out.',
		zh: '配方需要 {expected} 个输入，现在给了 {got} 个，请去掉多余的。',
	},
	'undo.nothing': { en: 'No batch has written anything that could be undone.', zh: '没有可以撤销的批处理。' },
	'undo.unknown': {
		en: 'There is no batch {batch} that could be undone. Use "last", or the id that the batch told.',
		zh: '没有可撤销的批处理 {batch}。请使用 last，或批处理给出的编号。',
	},
	'undo.running': { en: '{name} is still running. Cancel it, or wait for its end, then undo it.', zh: '{name} 仍在运行。请先取消或等它结束，再撤销。' },
	'undo.already': { en: '{name} was undone already.', zh: '{name} 已经撤销过了。' },
	'undo.changed': { en: '{path} was changed since, so it was kept.', zh: '{path} 之后被修改过，已保留。' },
	'undo.failed': {
		en: '{path} could not be taken back. Check whether it is open elsewhere, then undo again.',
		zh: '{path} 无法撤销。请检查它是否在别处打开，然后再试。',
	},
	'undo.lost': {
		en: '{path} was kept, because what it replaced is no longer in the store.',
		zh: '{path} 已保留，因为它替换掉的内容已不在存储中。',
	},
} as const satisfies Record<string, Words>;
