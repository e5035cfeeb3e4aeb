/** Programs and packages of others that the benchmarks compare with: installed where that needs nobody's password, else left out with the reason. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE, finished } from './measure.ts';

/** Why a program of a Debian package can't be run; null when it can. */
export async function lackingProgram(program: string, version: readonly string[], debian: string): Promise<string | null> {
	const there = () =>
		finished(program, version)
			.then(() => true)
			.catch(() => false);
	if (await there()) return null;
	if (process.getuid?.() === 0) {
		process.stderr.write(`installing ${debian}\n`);
		const { status } = await finished('apt-get', ['install', '-y', '--no-install-recommends', debian]).catch(() => ({ status: 1 }));
		if (status === 0 && (await there())) return null;
	}
	return `${program} (${debian}) is not installed`;
}

/** Why a package can't be imported by the scripts of the benchmarks (`modulePath`); null when it can. */
export async function lackingPackage(name: string, version: string): Promise<string | null> {
	if (existsSync(modulePath(name))) return null;
	await mkdir(CACHE, { recursive: true });
	const own = join(CACHE, 'package.json');
	if (!existsSync(own)) await writeFile(own, '{ "private": true }\n');
	process.stderr.write(`installing ${name}@${version}\n`);
	const asked = ['install', '--prefix', CACHE, '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`];
	const { status, stderr } = await finished('npm', asked).catch((error: unknown) => ({ status: 1, stderr: String(error) }));
	if (status === 0 && existsSync(modulePath(name))) return null;
	return `npm could not install ${name}@${version}: ${stderr.trim().split('\n').at(-1)?.slice(0, 120)}`;
}

/** The Python that has these modules; null when none has. */
export async function pythonWith(modules: readonly string[]): Promise<string | null> {
	for (const program of ['python3', '/usr/bin/python3']) {
		const { status } = await finished(program, ['-c', `import ${modules.join(', ')}`]).catch(() => ({ status: 1 }));
		if (status === 0) return program;
	}
	return null;
}

/** Where a package of `lackingPackage` is. */
export function modulePath(name: string): string {
	return join(CACHE, 'node_modules', name);
}
