import { execFile } from 'node:child_process';

let family: Promise<string | undefined> | undefined;

/** Family of this system's sans-serif font that has Chinese; undefined where fontconfig can't be asked. */
export function chineseFont(): Promise<string | undefined> {
	family ??= new Promise((resolve) => {
		execFile('fc-match', ['-f', '%{family[0]}', 'sans:lang=zh-cn'], { timeout: 5_000 }, (error, name) => {
			/* It becomes part of a filter: plain names only. */
			resolve(error === null && /^[A-Za-z0-9 -]{1,80}$/.test(name) ? name : undefined);
		});
	});
	return family;
}
