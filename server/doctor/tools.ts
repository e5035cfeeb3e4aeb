import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

export interface ToolFound {
	readonly name: string;
	readonly found: boolean;
	readonly version: string | null;
	readonly path: string | null;
	/** Modules of Python, with their versions, and languages that tesseract reads. */
	readonly parts?: readonly string[];
}

/** Where the sandbox finds Python; the one that runs scripts. */
const FIXED: Readonly<Record<string, string>> = { python3: '/usr/bin/python3' };

/** Names of packages; what they are imported as follows from them. */
const MODULES = ['pandas', 'numpy', 'matplotlib', 'scikit-learn', 'networkx', 'Pillow', 'scipy'];

/** Milliseconds after which a program that doesn't say its version counts as there, but unknown. */
const PATIENCE = 3000;

/** Looks for a program on the path and asks it for its version. */
export async function findTool(name: string, args: readonly string[]): Promise<ToolFound & { readonly output: string }> {
	const path = await pathOf(name);
	if (path === null) return { name, found: false, version: null, path: null, output: '' };
	const [output, parts] = await Promise.all([said(path, args), partsOf(name, path)]);
	const version = /\b(\d+(?:\.\d+)+[\w.+-]*)/.exec(output.split('\n')[0] ?? '')?.[1] ?? null;
	return { name, found: true, version, path, output, ...(parts === null ? {} : { parts }) };
}

async function pathOf(name: string): Promise<string | null> {
	const fixed = process.platform === 'linux' ? FIXED[name] : undefined;
	const paths = fixed !== undefined ? [fixed] : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
	for (const path of paths) {
		const runs = await access(path, constants.X_OK).then(
			() => true,
			() => false,
		);
		if (runs) return path;
	}
	return null;
}

function said(path: string, args: readonly string[]): Promise<string> {
	return new Promise((resolve) => {
		execFile(path, args, { timeout: PATIENCE, killSignal: 'SIGKILL' }, (_error, stdout, stderr) => resolve(stdout || stderr));
	});
}

/** Reads what is installed from the packages' own descriptions, without importing anything. */
const LIST_MODULES = `import sys
from importlib.metadata import version
for name in sys.argv[1:]:
    try:
        print(name, version(name))
    except Exception:
        pass`;

async function partsOf(name: string, path: string): Promise<readonly string[] | null> {
	if (name === 'python3') return lines(await said(path, ['-I', '-c', LIST_MODULES, ...MODULES]));
	if (name === 'tesseract') return lines(await said(path, ['--list-langs'])).slice(1);
	return null;
}

function lines(text: string): readonly string[] {
	return text.split('\n').filter((line) => line !== '');
}
