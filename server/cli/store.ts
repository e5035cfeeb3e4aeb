import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type Opened, open } from '../open.ts';
import { hashFile } from '../stores/artifacts.ts';
import { homeFolder } from '../stores/home.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { EXIT } from './report.ts';

/** `millwright store verify`, `millwright store gc [--keep 5GB]` */
export async function storeCommand(args: Arguments): Promise<number> {
	const [action] = args.words;
	const opened = open(homeFolder());
	try {
		if (action === 'verify') return await verify(opened.artifacts.folder, args);
		if (action === 'gc') return collect(opened, args);
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

/** Removes what no result refers to, and then what was used longest ago until the store is as small as it was asked to be. */
function collect({ uses, results }: Opened, args: Arguments): number {
	const swept = uses.sweep(results.contents());
	const collected = swept === null ? null : uses.collect(args.keep ?? Number.POSITIVE_INFINITY);
	if (swept === null || collected === null) {
		console.error('Another Millwright is running something with this store. Try again when it has finished.');
		return EXIT.failed;
	}
	const removed = swept.removed + collected.removed;
	const freed = swept.freed + collected.freed;
	say(args, { removed, freed, left: collected.left }, `${removed} removed, ${megabytes(freed)} freed, ${megabytes(collected.left)} left`);
	return EXIT.done;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(1)} MB`;
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
