/** Names of files that are not finished, or not meant for people: of downloads, of editors, of office programs. */
const UNFINISHED = /\.(part|partial|crdownload|download|opdownload|filepart|tmp|temp|swp|swx|aria2|!ut)$/i;
const OFFICE = /^(~\$|\.~|~.*\.tmp$)|~$/i;

/** Whether a path below the watched folder is passed by. Names that begin with a dot never get here. */
export function isTemporary(item: string): boolean {
	return item.split(/[/\\]/).some((part) => part.startsWith('.') || UNFINISHED.test(part) || OFFICE.test(part));
}

/** What browsers and downloaders call a file beside its place while they fetch it. */
export function unfinishedNames(path: string): readonly string[] {
	return ['.part', '.crdownload', '.partial', '.aria2'].map((ending) => path + ending);
}
