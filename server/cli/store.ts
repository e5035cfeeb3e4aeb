import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { open } from '../open.ts';
import { hashFile } from '../stores/artifacts.ts';
import { homeFolder } from '../stores/home.ts';
import { WrittenLedger } from '../stores/written.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { EXIT } from './report.ts';

/** `millwright store verify`, `millwright store gc` */
export async function storeCommand(args: Arguments): Promise<number> {
	const [action] = args.words;
	const opened = open(homeFolder());
	try {
		if (action === 'verify') return await verify(opened.artifacts.folder, args);
		if (action === 'gc')
			return await collect(opened.artifacts.folder, new Set([...opened.results.contents(), ...new WrittenLedger(opened.database).contents()]), args);
		throw new UsageError(`Expected verify or gc, got ${action ?? 'nothing'}.`);
	} finally {
		await opened.engine.close();
	}
}

/** Hashes every artifact again; one that isn't what its name says is put aside and made again when it is needed. */
async function verify(folder: string, args: Arguments): Promise<number> {
	const damaged: string[] = [];
	let checked = 0;
	for await (const { path, content } of artifactsIn(folder)) {
		checked++;
		if ((await hashFile(path)) === content) continue;
		await rename(path, `${path}.damaged`);
		damaged.push(content);
	}
	say(
		args,
		{ checked, damaged },
		`${checked} artifacts, ${damaged.length} damaged${damaged.length > 0 ? ' (put aside; they are made again when needed)' : ''}`,
	);
	return damaged.length > 0 ? EXIT.failed : EXIT.done;
}

/** Removes what no result refers to. */
async function collect(folder: string, used: ReadonlySet<string>, args: Arguments): Promise<number> {
	let removed = 0;
	for await (const { path, content } of artifactsIn(folder)) {
		if (used.has(content)) continue;
		await rm(path, { force: true });
		removed++;
	}
	say(args, { removed, kept: used.size }, `${removed} removed, ${used.size} kept`);
	return EXIT.done;
}

async function* artifactsIn(folder: string): AsyncGenerator<{ readonly path: string; readonly content: string }> {
	for (const shelf of await readdir(folder)) {
		for (const name of await readdir(join(folder, shelf))) yield { path: join(folder, shelf, name), content: shelf + name };
	}
}

function say(args: Arguments, json: object, text: string): void {
	if (args.values.json) process.stdout.write(`${JSON.stringify(json)}\n`);
	else console.log(text);
}
