/** Lays out what a script may see: its inputs to read, and empty files to write into. */
import { chmod, chown, copyFile, mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kind } from '../../../nodes/define.ts';
import { endingOf } from '../../../nodes/sniff.ts';
import type { TaskContext, TaskInput } from '../../engine/group.ts';
import { type Bound, NOBODY } from '../sandbox/arguments.ts';
import { PRELUDE } from './prelude.ts';
import { asCsv } from './tables.ts';

/** Endings by which programs choose what to write. */
const ENDINGS: { readonly [K in Kind]: string } = {
	image: 'png',
	video: 'mp4',
	audio: 'wav',
	document: 'pdf',
	table: 'csv',
	text: 'txt',
	chart: 'json',
	page: 'html',
	file: 'bin',
};

export interface Named {
	readonly name: string;
	readonly kind: Kind;
}
export interface Output extends Named, Bound {}

export interface Stage {
	readonly readable: readonly Bound[];
	readonly outputs: readonly Output[];
}

const isRoot = process.getuid?.() === 0;

/** Modification time of an output that nobody has written to. */
export const UNTOUCHED = new Date(0);

export async function stage(context: TaskContext, script: string, wanted: readonly Named[]): Promise<Stage> {
	const folder = join(context.folder, 'stage');
	await mkdir(folder);
	const inputs: (Bound & Named)[] = [];
	for (const [name, [input]] of Object.entries(context.inputs)) {
		if (input === undefined) continue;
		const path = await readableInput(input, join(folder, `in-${name}`));
		inputs.push({ name, kind: input.metadata.kind, path, at: `/in/${name}.${inputEnding(input)}` });
	}
	const outputs = wanted.map(({ name, kind }) => {
		const file = `${name}.${ENDINGS[kind]}`;
		return { name, kind, path: join(context.folder, file), at: `/out/${file}` };
	});
	for (const { path } of outputs) await emptyFile(path);
	const places = { inputs: placesOf(inputs), outputs: placesOf(outputs) };
	const ours = { 'prelude.py': PRELUDE, 'script.py': script, 'places.json': JSON.stringify(places) };
	for (const [file, content] of Object.entries(ours)) await writeFile(join(folder, file), content, { mode: 0o644 });
	for (const file of Object.keys(ours)) await chmod(join(folder, file), 0o644);
	return { readable: [...inputs, ...Object.keys(ours).map((file) => ({ path: join(folder, file), at: `/in/${file}` }))], outputs };
}

function placesOf(files: readonly (Bound & Named)[]): Readonly<Record<string, string>> {
	return Object.fromEntries(files.map(({ name, at }) => [name, at]));
}

/** The file, or a copy of it where the user "nobody" couldn't read it. */
async function readableInput(input: TaskInput, copy: string): Promise<string> {
	const path = input.metadata.kind === 'table' ? await asCsv(input, copy) : input.path;
	if (!isRoot || ((await stat(path)).mode & 0o004) !== 0) return path;
	if (path !== copy) await copyFile(path, copy);
	await chmod(copy, 0o644);
	return copy;
}

function inputEnding(input: TaskInput): string {
	if (input.metadata.kind === 'table') return 'csv';
	const named = 'format' in input.metadata && input.metadata.format !== null ? input.metadata.format : endingOf(input.name);
	return /^[a-z0-9]{1,8}$/.test(named) ? named : ENDINGS[input.metadata.kind];
}

async function emptyFile(path: string): Promise<void> {
	await writeFile(path, '', { flag: 'wx', mode: 0o600 });
	await utimes(path, UNTOUCHED, UNTOUCHED);
	if (isRoot) await chown(path, NOBODY, NOBODY);
}
