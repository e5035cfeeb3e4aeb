/** Runs the Python node on a script, in a folder of its own. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import spec from '../../../nodes/code/python.ts';
import type { Kind } from '../../../nodes/define.ts';
import { parseParams } from '../../../nodes/params.ts';
import run from '../../../server/backends/task/code-python.ts';
import type { MadeValue, TaskInput } from '../../../server/engine/group.ts';
import { readAs } from '../../../server/workers/read-as.ts';

export interface Wanted {
	readonly inputs?: Readonly<Record<string, TaskInput>>;
	/** Name → kind; `result`, a text, unless told. */
	readonly outputs?: Readonly<Record<string, Kind>>;
	readonly seconds?: number;
	readonly signal?: AbortSignal;
}

export interface Session {
	readonly folder: string;
	run(script: string, wanted?: Wanted): Promise<Readonly<Record<string, MadeValue & { readonly path: string }>>>;
	close(): void;
}

export function session(): Session {
	const folder = mkdtempSync(join(tmpdir(), 'script-'));
	return {
		folder,
		close: () => rmSync(folder, { recursive: true }),
		run: async (script, wanted = {}) => {
			const { inputs = {}, seconds = 20, signal = new AbortController().signal } = wanted;
			const outputs: Readonly<Record<string, Kind>> = wanted.outputs ?? { result: 'text' };
			const list = (kinds: Readonly<Record<string, Kind>>) => Object.entries(kinds).map(([name, kind]) => ({ name, kind }));
			const kinds = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.metadata.kind]));
			const params = parseParams(spec, { script, inputs: list(kinds), outputs: list(outputs), seconds });
			const given = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, [input]]));
			const own = mkdtempSync(join(folder, 'run-'));
			const made = await run({ folder: own, signal, progress: () => undefined, threads: 1, params, inputs: given, expected: {}, readAs });
			return Object.fromEntries(
				Object.entries(made).map(([name, value]) => {
					if (!('path' in value)) throw new Error('a script makes files');
					return [name, value];
				}),
			);
		},
	};
}

/** Processes of this machine whose command line holds a text. */
export function processesWith(text: string): string[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
		.map((pid) => {
			try {
				return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
			} catch {
				return '';
			}
		})
		.filter((line) => line.includes(text));
}
