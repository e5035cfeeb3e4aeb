import type { Words } from './words.ts';

/** Messages of the HTTP server: requests, uploads, granted folders, saved recipes. */
export const server = {
	'http.host': {
		en: 'This server does not answer to the name {host}. Open it as http://localhost, or name the host at start.',
		zh: '本服务器不接受名称 {host}。请用 http://localhost 打开，或在启动时指定主机名。',
	},
	'http.origin': { en: 'Another web site ({origin}) asked for this. It was refused.', zh: '另一个网站（{origin}）发起了这个请求，已拒绝。' },
	'http.session': { en: 'This page belongs to an earlier start of the server. Reload it.', zh: '这个页面属于服务器的上一次启动，请刷新页面。' },
	'http.token': {
		en: 'This server can be reached from other machines, so it asks for the token that it printed at start: /?token=…',
		zh: '本服务器可从其他机器访问，因此需要启动时显示的令牌：/?token=…',
	},
	'http.body': { en: 'The request can not be read: {reason}', zh: '无法读取请求：{reason}' },
	'http.route': { en: 'There is nothing at {path}.', zh: '{path} 没有内容。' },
	'http.too-large': { en: 'This is larger than the {limit} that one request may have.', zh: '内容超过单次请求的上限 {limit}。' },
	'http.range': { en: 'Expected a part of the {bytes} bytes, got {range}.', zh: '请求的范围 {range} 不在 {bytes} 字节之内。' },
	'http.page': { en: 'The page is not built yet. Run npm start.', zh: '页面尚未构建。请运行 npm start。' },
	'upload.name': { en: 'Expected a file name, got "{name}".', zh: '应为文件名，但得到“{name}”。' },
	'upload.cut': { en: 'The upload of {name} ended early. Nothing of it was kept; send it again.', zh: '{name} 上传中断，未保留任何内容；请重新上传。' },
	'input.unknown': { en: 'There is no input {id} any more. Add the file again.', zh: '输入 {id} 已不存在，请重新添加文件。' },
	'path.unsafe': {
		en: 'Expected a path below the folder, such as photos/a.jpg, got "{path}".',
		zh: '应为文件夹内的相对路径（如 photos/a.jpg），但得到“{path}”。',
	},
	'path.outside': { en: '{path} leads out of the folder that was granted. Add that folder, too.', zh: '{path} 指向已授权文件夹之外。请另外添加那个文件夹。' },
	'path.hidden': {
		en: '{path} is hidden (its name begins with a dot), so it is not read or written.',
		zh: '{path} 是隐藏文件（名称以点开头），不会读取或写入。',
	},
	'path.missing': { en: 'There is no {path} in the folder.', zh: '文件夹中没有 {path}。' },
	'path.not-folder': { en: 'Expected a folder, but {path} is none.', zh: '{path} 不是文件夹。' },
	'root.unknown': { en: 'There is no granted folder {id}. Add the folder again.', zh: '没有已授权的文件夹 {id}，请重新添加。' },
	'root.refused': {
		en: 'Only folders below your home folder can be added, and none that are hidden; {path} is not one. Name others at start with --root.',
		zh: '只能添加个人文件夹下的非隐藏文件夹；{path} 不符合。其他文件夹请在启动时用 --root 指定。',
	},
	'root.readonly': { en: 'Nothing can be written into {path}. Choose another folder.', zh: '无法写入 {path}，请选择其他文件夹。' },
	'saved.unknown': { en: 'There is no recipe {id}. It may have been deleted.', zh: '没有配方 {id}，可能已被删除。' },
	'saved.conflict': {
		en: 'The recipe was saved elsewhere meanwhile (revision {revision}). Compare before you save.',
		zh: '配方已在别处保存（版本 {revision}）。请先比较再保存。',
	},
	'run.unknown': { en: 'There is no run {id}.', zh: '没有运行记录 {id}。' },
	'batch.no-files': {
		en: 'No file in {path} fits. Choose another folder, or change the names that count.',
		zh: '{path} 中没有合适的文件。请选择其他文件夹，或修改文件名条件。',
	},
	'batch.unknown': { en: 'There is no batch {id}.', zh: '没有批处理 {id}。' },
	'plan.unknown': { en: 'There is no plan {id} any more. Ask again.', zh: '计划 {id} 已不存在，请重新提出。' },
	'artifact.unknown': { en: 'This result is no longer in the store. Run again to make it anew.', zh: '这个结果已不在存储中。重新运行即可再次生成。' },
	'artifact.no-table': { en: 'This result is no table, so it has no rows.', zh: '这个结果不是表格，没有行。' },
} as const satisfies Record<string, Words>;
