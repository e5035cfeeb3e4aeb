/** The arguments of a script. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Found, filesOf } from '../../batch/walk.ts';
import type { ScriptPlan } from './plan.ts';

export interface Asked {
	readonly items: readonly { readonly name: string; readonly files: Readonly<Record<string, readonly Found[]>> }[];
	readonly out: string;
	readonly overwrite: boolean;
	readonly threads: string | undefined;
}

/** What was asked for, or the exit status where that was said already. */
export function argumentsOf(plan: ScriptPlan): Asked | number {
	const wrong = (message: string) => {
		console.error(`${message}\n\n${plan.usage}`);
		return 2;
	};
	try {
		const { values, positionals } = parseArgs({
			options: { overwrite: { type: 'boolean', default: false }, threads: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
			allowPositionals: true,
		});
		if (values.help) {
			console.log(plan.usage);
			return 0;
		}
		const folder = positionals.pop();
		if (folder === undefined) return wrong('Expected a folder for the results.');
		const out = resolve(folder);
		const given = bound(plan, positionals, out);
		const empty = plan.sources.find(({ id }) => (given.get(id) ?? []).length === 0);
		if (empty !== undefined) return wrong(`Expected a file or a folder for ${empty.id}.`);
		const lists = plan.sources.filter(({ id, many }) => !many && (given.get(id) ?? []).length > 1);
		if (lists.length > 1) return wrong(`Expected one file for all but one of ${lists.map(({ id }) => id).join(', ')}.`);
		const list = lists[0] ?? plan.sources.find(({ many }) => !many);
		const all = Object.fromEntries(given);
		const items =
			list === undefined
				? [{ name: plan.sources[0] === undefined ? 'result' : (given.get(plan.sources[0].id)?.[0]?.item ?? ''), files: all }]
				: (given.get(list.id) ?? []).map((file) => ({ name: file.item, files: { ...all, [list.id]: [file] } }));
		return { items, out, overwrite: values.overwrite, threads: values.threads };
	} catch (error) {
		return wrong(error instanceof Error ? error.message : String(error));
	}
}

/** Inputs by source: by name (`photo=a.jpg`), else in order; what is left goes to the last. */
function bound({ sources }: ScriptPlan, inputs: readonly string[], out: string): Map<string, Found[]> {
	const given = new Map<string, Found[]>();
	const free = [...sources];
	let last = sources.at(-1);
	for (const input of inputs) {
		const named = /^([A-Za-z0-9_-]{1,64})=(.+)$/s.exec(input);
		const byName = sources.find(({ id, names }) => named !== null && (id === named[1] || names.includes(named[1] ?? '')));
		const source = byName ?? free[0] ?? last;
		if (source === undefined) throw new Error('This script takes no input.');
		if (free.includes(source)) free.splice(free.indexOf(source), 1);
		last = source;
		const files = filesOf(byName === undefined ? input : (named?.[2] ?? ''), { except: [out] });
		const fitting = files.filter((file) => !file.listed || source.endings === null || source.endings.test(file.path));
		if (fitting.length === 0) throw new Error(`There is nothing for ${source.id} in ${input}.`);
		given.set(source.id, [...(given.get(source.id) ?? []), ...fitting]);
	}
	return given;
}
