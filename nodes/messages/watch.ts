import type { Words } from './words.ts';

/** Messages of watched folders and schedules. */
export const watch = {
	'watch.schedule': {
		en: 'Expected a time such as "0 9 * * MON-FRI" (minute, hour, day, month, weekday) or @daily, got "{value}".',
		zh: '应为时间表达式，如“0 9 * * MON-FRI”（分 时 日 月 星期）或 @daily，但得到“{value}”。',
	},
	'watch.never': { en: 'There is no day on which "{value}" comes. Choose another time.', zh: '“{value}”永远不会到来，请换一个时间。' },
	'watch.gone': {
		en: 'The folder {path} is not there. The watch goes on when it is back.',
		zh: '文件夹 {path} 不存在。它恢复后会自动继续监视。',
	},
	'watch.unknown': { en: 'There is no watch {id}. It may have been removed.', zh: '没有监视项 {id}，可能已被移除。' },
	'watch.many': {
		en: 'A watch takes files one by one, but {node} takes many at once. Use a recipe that reads a single file.',
		zh: '监视会逐个处理文件，而 {node} 一次需要多个文件。请使用读取单个文件的配方。',
	},
	'watch.overwrite': {
		en: 'Results that may replace files can not go into the watched folder {path}, where the originals are. Choose another folder for the results.',
		zh: '允许替换文件时，结果不能写入被监视的文件夹 {path}（原始文件就在那里）。请为结果另选一个文件夹。',
	},
	'watch.circle': {
		en: 'The results would go into a folder that another watch ({name}) takes its files from, and whose results come back to this one: it would never end. Choose another folder for the results.',
		zh: '结果会进入另一个监视项（{name}）的来源文件夹，而它的结果又会回到这里，永远不会停止。请为结果另选一个文件夹。',
	},
} as const satisfies Record<string, Words>;
