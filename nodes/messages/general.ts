import type { Words } from './words.ts';

/** Messages of the language and the engine. Other areas have files of their own beside this one. */
export const general = {
	'param.invalid': { en: 'Expected {expected} for {param}, got {value}.', zh: '{param} 应为{expected}，但得到的是 {value}。' },
	'param.missing': { en: 'Expected a value for {param}, got none. Set it in the inspector.', zh: '{param} 还没有值，请在参数栏里设置。' },
	'param.unknown': { en: 'This node has no parameter {param}. Parameters: {choices}.', zh: '这个节点没有参数 {param}。可用参数：{choices}。' },
	'why.same': { en: 'Nothing that it depends on has changed since it was made.', zh: '自上次生成以来，它所依赖的内容都没有变化。' },
	'why.first': { en: 'It has not been made before.', zh: '之前没有生成过。' },
	'why.gone': { en: 'Its result is no longer in the store.', zh: '它的结果已不在缓存中。' },
	'why.version': { en: 'This kind of node works differently now.', zh: '这种节点的做法已更新。' },
	'why.params': { en: 'Changed: {changes}.', zh: '已更改：{changes}。' },
	'why.input': { en: 'What comes in has changed.', zh: '输入的内容有变化。' },
	'graph.cycle': {
		en: 'These nodes feed each other in a circle: {nodes}. Remove one of the wires between them.',
		zh: '这些节点首尾相连成了环：{nodes}。请去掉其中一条连线。',
	},
	'graph.unknown-spec': {
		en: 'This version has no node of type {spec}. The node is kept as a placeholder; replace or remove it to run.',
		zh: '当前版本没有类型为 {spec} 的节点。它会作为占位保留；要运行请替换或删除它。',
	},
	'graph.missing-input': { en: 'Nothing is connected to {port}. Connect {kind} to it.', zh: '{port} 没有连接。请接入{kind}。' },
	'graph.kind': { en: 'Expected {expected} for {port}, got {got}.', zh: '{port} 需要{expected}，得到的是{got}。' },
	'graph.unknown-port': { en: 'There is no port {port}. Ports: {choices}.', zh: '没有端口 {port}。可用端口：{choices}。' },
	'graph.unknown-node': { en: 'A wire leads to {node}, which is not in the graph. Remove the wire.', zh: '有连线指向图中不存在的节点 {node}。请删除该连线。' },
	'graph.two-wires': { en: '{port} takes one wire, got {count}. Remove all but one.', zh: '{port} 只能接一条线，现在有 {count} 条。请只保留一条。' },
	'graph.zip-lengths': {
		en: 'Lists of different lengths meet here: {counts}. Make them equally long, or pass a single value.',
		zh: '这里汇合的列表长度不同：{counts}。请使它们等长，或改接单个值。',
	},
	'graph.column': { en: 'Expected a column for {param}, got "{value}". Columns: {choices}.', zh: '{param} 应为列名，但得到“{value}”。可用的列：{choices}。' },
	'graph.empty': {
		en: 'There is nothing to run. Add a node that saves, or ask for something.',
		zh: '没有可以运行的内容。请添加一个保存节点，或说出你的目标。',
	},
	'recipe.unreadable': { en: 'This is not a recipe: {reason}. The file was left as it is.', zh: '这不是配方文件：{reason}。文件未作改动。' },
	'recipe.newer': {
		en: 'This recipe was written by a newer version (format {version}). Update Millwright to open it.',
		zh: '这个配方由更新的版本写成（格式 {version}）。请更新 Millwright 后再打开。',
	},
	'input.missing': {
		en: 'No file is given for the input {input}. Choose one, or pass it with --in.',
		zh: '输入 {input} 还没有文件。请选择一个，或用 --in 指定。',
	},
	'input.not-found': { en: 'There is no file at {path}. Check the name.', zh: '{path} 没有文件，请检查名称。' },
	'input.kind': { en: 'Expected {expected} for the input {input}, but {name} is {got}.', zh: '输入 {input} 需要{expected}，但 {name} 是{got}。' },
	'input.empty': { en: '{name} is empty (0 bytes). Choose another file.', zh: '{name} 是空文件（0 字节）。请换一个文件。' },
	'input.changed': { en: '{name} changed while it was being read. Run again when it has settled.', zh: '{name} 在读取时被修改了。请等它稳定后再运行。' },
	'input.unsupported': { en: '{name} is not a file that Millwright can read ({format}).', zh: 'Millwright 无法读取 {name}（{format}）。' },
	'input.broken': { en: '{name} looks like {format}, but can not be read: {reason}', zh: '{name} 看起来是 {format}，但无法读取：{reason}' },
	'run.failed': { en: '{title} failed: {reason}', zh: '{title}失败：{reason}' },
	'run.cancelled': { en: 'Cancelled.', zh: '已取消。' },
	'run.timeout': {
		en: 'Stopped after {seconds} s without an end. Give it more time in the settings, or make the input smaller.',
		zh: '运行 {seconds} 秒仍未结束，已停止。可在设置中放宽时间，或减小输入。',
	},
	'run.worker-died': {
		en: 'The process that ran this ended unexpectedly ({reason}). The file may be damaged or need more memory than there is.',
		zh: '执行进程意外结束（{reason}）。文件可能已损坏，或需要的内存超过了可用量。',
	},
	'run.disk-full': { en: 'The disk is full. Free some space and run again; what is done is kept.', zh: '磁盘已满。请释放空间后再次运行，已完成的部分会保留。' },
	'run.unavailable': { en: 'This node can not run on this machine: {reason}', zh: '这个节点在此机器上不可用：{reason}' },
	'run.upstream': { en: 'Skipped, because {node} failed.', zh: '已跳过，因为 {node} 失败了。' },
	'output.exists': {
		en: '{path} exists already. Use --overwrite or --skip-existing, or another name.',
		zh: '{path} 已存在。请使用 --overwrite 或 --skip-existing，或换个名字。',
	},
	'output.collision': {
		en: '{first} and {second} would both be written to {path}. Add {index} or {parent} to the name.',
		zh: '{first} 和 {second} 会写到同一个文件 {path}。请在名称中加入 {index} 或 {parent}。',
	},
	'output.readonly': { en: 'Can not write to the folder {path}: {reason}', zh: '无法写入文件夹 {path}：{reason}' },
	bug: { en: 'Something went wrong inside Millwright: {reason}. Nothing of yours was changed.', zh: 'Millwright 内部出错：{reason}。你的文件没有被改动。' },
} as const satisfies Record<string, Words>;
