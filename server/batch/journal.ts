/**
 * The journal of a commit of many files: written beside them before the first gets its name, so that whoever comes after a crash
 * can give the rest their names, or (where that is no longer possible) take all of them back.
 */
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { place, putBack, sameBytes } from './files.ts';

export interface Move {
	/** Name within the stage. */
	readonly from: string;
	/** Absolute. */
	readonly to: string;
	readonly content: string;
	readonly bytes: number;
	/** It may take the place of another file. */
	readonly replace: boolean;
	/** Where the bytes lie that it replaces (absolute, or a name within the stage); null: there are none. */
	readonly before: string | null;
}

const NAME = 'journal.json';

/** Gives all files their names; where one can't get it, none has it, and the reason is thrown. @param onMove told before each */
export async function moveAll(moves: readonly Move[], stage: string, onMove: (index: number) => void = () => undefined): Promise<void> {
	await write(moves, stage);
	try {
		for (const [index, move] of moves.entries()) {
			onMove(index);
			await place(join(stage, move.from), move.to, move.replace);
		}
		onMove(moves.length);
	} catch (error) {
		await takeBack(moves, stage);
		throw error;
	} finally {
		/* Every file has its name or none has, so that one that stays says nothing new. */
		await rm(join(stage, NAME), { force: true }).catch(() => undefined);
	}
}

/** Ends what a process left in the middle. @returns what became of it; `none`: it hadn't begun to name its files. */
export async function recover(stage: string): Promise<'none' | 'completed' | 'taken back'> {
	const moves = await read(stage);
	if (moves === null) return 'none';
	try {
		for (const move of moves) await complete(move, stage);
		return 'completed';
	} catch {
		await takeBack(moves, stage);
		return 'taken back';
	} finally {
		await rm(join(stage, NAME), { force: true });
	}
}

async function complete(move: Move, stage: string): Promise<void> {
	const from = join(stage, move.from);
	const staged = await stat(from).catch(() => null);
	if (staged === null) return;
	const there = await stat(move.to).catch(() => null);
	/* A new name is a link first, and loses its old one second: the crash may lie between. */
	if (there !== null && there.ino === staged.ino && there.dev === staged.dev) await rm(from);
	else await place(from, move.to, move.replace);
}

/** One that can't be taken back doesn't keep the others. */
async function takeBack(moves: readonly Move[], stage: string): Promise<void> {
	for (const move of moves.toReversed()) await takeBackOne(move, stage).catch(() => undefined);
}

/** Only what still is what was written is taken back. */
async function takeBackOne(move: Move, stage: string): Promise<void> {
	const [staged, there] = await Promise.all([stat(join(stage, move.from)).catch(() => null), stat(move.to).catch(() => null)]);
	const named = staged === null || (there !== null && there.ino === staged.ino && there.dev === staged.dev);
	if (!named || !(await sameBytes(move, move.to))) return;
	if (move.before === null) await rm(move.to);
	else await putBack(resolve(stage, move.before), move.to, stage);
}

/** Whole or not at all, and on the disk before the first file gets its name. */
async function write(moves: readonly Move[], stage: string): Promise<void> {
	const draft = join(stage, `${NAME}.new`);
	const file = await open(draft, 'wx');
	try {
		await file.writeFile(JSON.stringify(moves));
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(draft, join(stage, NAME));
}

/* What stands there was written by `write`. */
async function read(stage: string): Promise<readonly Move[] | null> {
	const text = await readFile(join(stage, NAME), 'utf8').catch(() => null);
	return text === null ? null : (JSON.parse(text) as readonly Move[]);
}
