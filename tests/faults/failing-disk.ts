/**
 * A disk on which the n-th change fails: the functions of `node:fs/promises` that change something below a folder are counted, and one of them
 * throws. Loaded into a worker (`--import`), it does the same there, as `MILLWRIGHT_TEST_FAULT` says: `{ folder, at, code }`.
 */
import { promises } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

export interface Fault {
	/** Only what is below this folder counts. */
	readonly folder: string;
	/** Which change fails, from 1. */
	readonly at: number;
	readonly code: 'EIO' | 'ENOSPC';
}
export interface Failing {
	/** What failed; null: there were not so many changes. */
	readonly failed: string | null;
	readonly counted: number;
	end(): void;
}

/** A function of the module by its name, and whether a call of it changes something. */
const CHANGES: readonly (readonly [keyof typeof promises, (args: readonly unknown[]) => boolean])[] = [
	...(['copyFile', 'chmod', 'link', 'unlink', 'rename', 'mkdir', 'mkdtemp', 'rm', 'rmdir', 'writeFile'] as const).map((name) => [name, () => true] as const),
	['open', ([, flags]) => flags !== undefined && flags !== 'r'],
];

const TEXTS = { EIO: 'i/o error', ENOSPC: 'no space left on device' };

export function failDisk({ folder, at, code }: Fault): Failing {
	let counted = 0;
	let failed: string | null = null;
	const count = (name: string): void => {
		counted++;
		if (counted !== at) return;
		failed = name;
		throw Object.assign(new Error(`${code}: ${TEXTS[code]}, ${name}`), { code, syscall: name });
	};
	const concerns = (args: readonly unknown[]) => args.slice(0, 2).some((arg) => typeof arg === 'string' && arg.startsWith(folder));
	const before = new Map<string, PropertyDescriptor | undefined>();
	const put = (name: string, value: (...args: unknown[]) => unknown): void => {
		before.set(name, Object.getOwnPropertyDescriptor(promises, name));
		Object.defineProperty(promises, name, { value, configurable: true, writable: true, enumerable: true });
	};
	for (const [name, changes] of CHANGES) {
		const real: unknown = Reflect.get(promises, name);
		if (typeof real !== 'function') continue;
		put(name, async (...args) => {
			if (concerns(args) && changes(args)) count(name);
			const result: unknown = await Reflect.apply(real, promises, args);
			if (name === 'open' && concerns(args)) watchSyncs(result, count);
			return result;
		});
	}
	syncBuiltinESMExports();
	return {
		get failed() {
			return failed;
		},
		get counted() {
			return counted;
		},
		end: () => {
			for (const [name, descriptor] of before) if (descriptor !== undefined) Object.defineProperty(promises, name, descriptor);
			syncBuiltinESMExports();
		},
	};
}

/** Waiting until bytes are on the disk is a change, too, and so is writing to an open file. */
function watchSyncs(handle: unknown, count: (name: string) => void): void {
	if (typeof handle !== 'object' || handle === null) return;
	for (const name of ['sync', 'datasync', 'writeFile']) {
		const real: unknown = Reflect.get(handle, name);
		if (typeof real !== 'function') continue;
		Object.defineProperty(handle, name, {
			value: async (...args: unknown[]) => {
				count(name);
				return Reflect.apply(real, handle, args);
			},
		});
	}
}

const asked = process.env.MILLWRIGHT_TEST_FAULT;
if (asked !== undefined && process.argv[1]?.includes('workers/main')) failDisk(JSON.parse(asked));
