/** The command line as its users have it: a child process with a home folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Report } from '../../server/cli/report.ts';

const BIN = fileURLToPath(new URL('../../bin/millwright.mjs', import.meta.url));

export interface Ended {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** A folder to work in, which is also where the commands are called; `home` is inside. */
export class Workplace {
	readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'millwright-cli-')));
	readonly home = join(this.folder, '.home');

	path(...names: string[]): string {
		return join(this.folder, ...names);
	}

	/** Starts a command as leader of a process group, as a shell does. */
	start(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Started {
		const child = spawn(process.execPath, [BIN, ...words], {
			cwd: this.folder,
			detached: true,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { PATH: process.env.PATH, HOME: this.folder, LANG: 'C.UTF-8', MILLWRIGHT_HOME: this.home, ...environment },
		});
		return new Started(child);
	}

	run(...words: string[]): Promise<Ended> {
		return this.start(words).ended;
	}

	/** With `--json`, whose promise (exactly one JSON object on stdout) is tested every time. */
	async json(...words: string[]): Promise<{ readonly status: number | null; readonly report: Report; readonly stderr: string }> {
		const { status, stdout, stderr } = await this.run(...words, '--json');
		return { status, report: onlyObject(stdout, stderr), stderr };
	}

	files(folder: string): string[] {
		return filesBelow(this.path(folder));
	}

	remove(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}

export class Started {
	readonly pid: number;
	readonly ended: Promise<Ended>;
	stdout = '';
	stderr = '';

	constructor(child: ChildProcess) {
		this.pid = child.pid ?? 0;
		child.stdout?.setEncoding('utf8').on('data', (text: string) => {
			this.stdout += text;
		});
		child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			this.stderr += text;
		});
		this.ended = new Promise((resolve, reject) => {
			child.on('error', reject);
			child.on('close', (status) => resolve({ status, stdout: this.stdout, stderr: this.stderr }));
		});
	}

	/** Its whole process group gets the signal, as from a terminal. */
	kill(signal: NodeJS.Signals): void {
		process.kill(-this.pid, signal);
	}
}

export function onlyObject<T = Report>(stdout: string, stderr = ''): T {
	expect(stdout, stderr).toMatch(/^\{.*\}\n$/);
	return JSON.parse(stdout);
}

/** Paths below a folder, hidden ones too; sorted. */
export function filesBelow(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => !entry.isDirectory())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.sort();
}

/** Processes whose command line or environment names this folder: everything that works for it. */
export function processesOf(folder: string): string[] {
	return readdirSync('/proc').flatMap((pid) => {
		if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
		const command = readable(`/proc/${pid}/cmdline`);
		return command !== '' && (command.includes(folder) || readable(`/proc/${pid}/environ`).includes(folder)) ? [command.replaceAll('\0', ' ')] : [];
	});
}

function readable(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}

export async function until(condition: () => boolean, seconds = 20): Promise<void> {
	const end = performance.now() + seconds * 1000;
	while (!condition() && performance.now() < end) await wait(25);
	expect(condition()).toBe(true);
}
