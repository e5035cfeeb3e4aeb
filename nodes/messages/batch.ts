import type { Words } from './words.ts';

/** Messages of batches, archives and the command line's runs. */
export const batch = {
	'zip.too-many': { en: 'This archive holds more than {limit} files. Unpack it and choose a part.', zh: '压缩包中的文件超过 {limit} 个。请解压后选择一部分。' },
	'zip.bomb': {
		en: '{name} in this archive would unpack to far more than it seems. Nothing of it was read.',
		zh: '压缩包中的 {name} 解压后会异常巨大，已停止读取。',
	},
	'zip.twice': { en: 'The archive holds {name} twice. Unpack it and rename one of them.', zh: '压缩包中有两个 {name}。请解压并重命名其中一个。' },
	'run.disk': {
		en: 'A file or folder could not be read or written: {reason}. See whether it is there and whether the disk is well, and run again; what is done is kept.',
		zh: '有文件或文件夹无法读写：{reason}。请检查它是否存在、磁盘是否正常，然后再次运行，已完成的部分会保留。',
	},
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
	'undo.done': {
		en: 'Batch {batch} is undone: {removed} removed, {restored} brought back, {kept} kept.',
		zh: '批处理 {batch} 已撤销：删除 {removed} 个，恢复 {restored} 个，保留 {kept} 个。',
	},
	'undo.would': {
		en: 'Undoing batch {batch} would remove {removed}, bring back {restored} and keep {kept}. Nothing was done.',
		zh: '撤销批处理 {batch} 将删除 {removed} 个，恢复 {restored} 个，保留 {kept} 个。尚未执行。',
	},
	'undo.changed': { en: '{path} was changed since, so it was kept.', zh: '{path} 之后被修改过，已保留。' },
	'undo.failed': {
		en: '{path} could not be taken back. Check whether it is open elsewhere, then undo again.',
		zh: '{path} 无法撤销。请检查它是否在别处打开，然后再试。',
	},
	'undo.lost': {
		en: '{path} was kept, because what it replaced is no longer in the store.',
		zh: '{path} 已保留，因为它替换掉的内容已不在存储中。',
	},
	'mend.timeout': { en: 'give each of them up to {seconds} s', zh: '把每项的时限放宽到 {seconds} 秒' },
	'mend.alone': { en: 'run them one at a time, so that each has all the memory', zh: '一次只运行一项，让它用上全部内存' },
	'mend.get-again': { en: 'get these files again, or leave them out: they are damaged or empty', zh: '这些文件已损坏或为空：请重新获取，或将其排除' },
	'mend.password': {
		en: 'not possible here: remove the password in a PDF reader, then use the unlocked files',
		zh: '此处无法解决：请先在 PDF 阅读器中去掉密码，再使用解锁后的文件',
	},
	'mend.convert': {
		en: 'convert them with another program first, or leave them out: this format can not be read here',
		zh: '这里无法读取这种格式：请先用其他程序转换，或将其排除',
	},
	'mend.kind': {
		en: 'leave them out, or use a recipe that takes what they hold',
		zh: '请将其排除，或改用适合其内容的配方',
	},
	'mend.pixels': { en: 'make them smaller with another program first: at most {limit} million pixels', zh: '请先用其他程序缩小：最多 {limit} 百万像素' },
	'mend.still': {
		en: 'these pictures do not move: leave them out, or use a recipe for pictures',
		zh: '这些图片不是动图：请将其排除，或改用处理图片的配方',
	},
	'mend.no-sound': {
		en: 'these have no sound: leave them out, or take the node {node} out of the recipe',
		zh: '这些视频没有声音：请将其排除，或从配方中去掉节点 {node}',
	},
	'mend.set': { en: 'set {param} of {node} to {value}', zh: '把 {node} 的 {param} 设为 {value}' },
	'mend.column': { en: 'use the column {value}, which all of them have', zh: '改用它们都有的列 {value}' },
	'mend.columns': { en: 'choose one of the columns that are in all of them: {choices}', zh: '请选择它们都有的列：{choices}' },
	'mend.within': {
		en: 'choose at most {limit} for {param} of {node}, which fits the shortest',
		zh: '把 {node} 的 {param} 设为不超过 {limit}，以适合其中最短的',
	},
	'mend.lines': { en: 'mend these lines in the files; each message names its line', zh: '请修正文件中的这些行；每条信息都指明了行号' },
	'mend.encoding': { en: 'save these files as UTF-8 first', zh: '请先把这些文件另存为 UTF-8' },
	'mend.disk': { en: 'free space on the disk, then run these again', zh: '请先释放磁盘空间，然后再次运行' },
	'mend.exists': { en: 'skip what is there already, or replace it with --overwrite', zh: '跳过已有的文件，或用 --overwrite 替换' },
	'mend.folder': { en: 'choose another folder for the results', zh: '请为结果选择其他文件夹' },
	'mend.install': { en: '"millwright doctor" says what is missing on this machine', zh: '运行 millwright doctor 可查看本机缺少什么' },
	'mend.again': { en: 'run these again when nothing changes the files any more', zh: '等文件不再变动后重新运行' },
} as const satisfies Record<string, Words>;
