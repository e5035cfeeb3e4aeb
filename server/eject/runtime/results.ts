/** The results of a script, and where they go. */
import { copyFileSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileName, folderFor } from '../../batch/names.ts';
import type { ScriptResult } from './plan.ts';

interface Saving {
	readonly out: string;
	readonly overwrite: boolean;
	readonly item: string;
	readonly number: number;
	/** Never written over. */
	readonly inputs: readonly string[];
}

/** Every result is whole beside its place before it gets its name. */
export function save(results: readonly ScriptResult[], { out, overwrite, item, number, inputs }: Saving, written: Set<string>): string[] {
	const targets: { readonly from: string; readonly to: string }[] = [];
	for (const result of results) {
		for (const [index, value] of result.values.entries()) {
			if (value.path === undefined) throw new Error(`${result.node} made no file.`);
			if (result.template === null) {
				console.log(readFileSync(value.path, 'utf8').trimEnd());
				continue;
			}
			const facts = {
				stem: result.stem(index),
				item,
				number,
				index: result.many ? index + 1 : null,
				count: result.values.length,
				extension: result.extension,
				date: new Date(),
			};
			const to = join(folderFor(out, item, true), fileName(result.template, { ...facts, metadata: value.metadata ?? null }));
			if (written.has(to)) throw new Error(`Two results would be called ${to}.`);
			if (inputs.includes(to)) throw new Error(`The result would be written over its own input ${to}. Choose another folder.`);
			written.add(to);
			targets.push({ from: value.path, to });
		}
	}
	for (const { from, to } of targets) put(from, to, overwrite);
	return targets.map(({ to }) => to);
}

function put(from: string, to: string, overwrite: boolean): void {
	mkdirSync(dirname(to), { recursive: true });
	const part = join(dirname(to), `.${process.pid}.part`);
	copyFileSync(from, part);
	try {
		if (overwrite) renameSync(part, to);
		else linkSync(part, to);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
			throw new Error(`${to} is there already. It was left as it is; --overwrite replaces it.`);
		throw error;
	} finally {
		rmSync(part, { force: true });
	}
}
