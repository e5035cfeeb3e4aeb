/** The files that a script is given. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Found } from '../../batch/walk.ts';
import type { Fact, ScriptPlan, ScriptResult, ScriptTable, SourceValue, Variant } from './plan.ts';

/** Runs the first way that is for these files. */
export async function converted(plan: ScriptPlan, files: Readonly<Record<string, readonly Found[]>>, folder: string): Promise<readonly ScriptResult[]> {
	const reasons: string[] = [];
	for (const variant of plan.variants) {
		const reason = await misfit(plan, variant, files);
		if (reason !== null) {
			reasons.push(reason);
			continue;
		}
		const sources: Record<string, SourceValue[]> = {};
		for (const { id, metadata } of plan.sources)
			sources[id] = (files[id] ?? []).map((file, index) => opened(file, metadata, variant.tables[id], join(folder, `${id}-${index}`)));
		let count = 0;
		const next = () => {
			const own = join(folder, String(++count));
			mkdirSync(own);
			return own;
		};
		return variant.convert(sources, next);
	}
	throw new Error(`${[...new Set(reasons)].join('; ')}. Save the script again with a file like this one as its example.`);
}

/** Why a variant is not for these files; null where it is. */
async function misfit(plan: ScriptPlan, { fits, tables }: Variant, files: Readonly<Record<string, readonly Found[]>>): Promise<string | null> {
	for (const { id, kind } of plan.sources) {
		const { count, ...others } = fits[id] ?? {};
		const given = (files[id] ?? []).length;
		if (count !== undefined && count !== given) return `this script was written for ${count} files, here are ${given}`;
		const wanted = Object.entries(others);
		const facts = plan.facts[kind];
		for (const { path } of files[id] ?? []) {
			const header = tables[id]?.header ?? null;
			if (header !== null && headerOf(path, tables[id]?.encoding ?? 'utf-8') !== header)
				return `this script was written for a table with the columns ${header}`;
			if (wanted.length === 0 || facts === undefined) continue;
			const found = await facts(path, basename(path));
			for (const [name, value] of wanted) {
				const actual = found[name] ?? null;
				if (!alike(actual, value)) return `this script was written for a file whose ${name} is ${String(value)}, here it is ${String(actual)}`;
			}
		}
	}
	return null;
}

function alike(actual: Fact, wanted: Fact | 'even'): boolean {
	if (wanted === 'even') return typeof actual === 'number' && actual % 2 === 0;
	if (typeof actual === 'number' && typeof wanted === 'number') return Math.abs(actual - wanted) < 0.0005;
	return actual === wanted;
}

/** The first line; more is not read than a line of names can be long. */
function headerOf(path: string, encoding: string): string {
	const text = new TextDecoder(encoding).decode(readFileSync(path).subarray(0, 1 << 20));
	return (/^[^\r\n]*/.exec(text) ?? [''])[0];
}

function opened({ path, item }: Found, unknown: object, table: ScriptTable | undefined, folder: string): SourceValue {
	const name = basename(item);
	const dot = name.lastIndexOf('.');
	const value = { path, name, stem: dot > 0 ? name.slice(0, dot) : name };
	if (table === undefined) return { ...value, metadata: unknown };
	let readable = path;
	if (table.encoding !== 'utf-8') {
		mkdirSync(folder);
		readable = join(folder, 'utf8.txt');
		writeFileSync(readable, new TextDecoder(table.encoding).decode(readFileSync(path)));
	}
	const select = table.select.join(`'${readable.replaceAll("'", "''")}'`);
	return { ...value, metadata: table.metadata, select, readable };
}
