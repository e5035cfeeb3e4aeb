/** What set-up tells people: one line when something begins, one when it ends, and a sign of life in between. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const begun = performance.now();

/** A line with the time since set-up began. */
export function say(text) {
	console.log(`[${seconds(begun)}] ${text}`);
}

/** Seconds since `from` (of `performance.now()`), for people. */
export function seconds(from) {
	return `${((performance.now() - from) / 1000).toFixed(1)} s`;
}

/**
 * Runs a long command quietly: its output appears only if it fails. Says what it does, every 10 s that it still does, and how long it took.
 * @returns null when it went well, else the end of what it said.
 */
export async function quietly(title, command, args, options = {}) {
	const started = performance.now();
	say(`${title} …`);
	const life = setInterval(() => say(`${title} … ${seconds(started)} so far`), 10_000);
	const { status, output } = await run(command, args, options);
	clearInterval(life);
	say(status === 0 ? `${title}: done in ${seconds(started)}` : `${title}: failed after ${seconds(started)}`);
	return status === 0 ? null : ends(output) || `${command} ended with status ${status}`;
}

/** The first and last lines of a long output: npm says what is wrong first, compilers say it last. */
function ends(output) {
	const lines = output.trim().split('\n');
	return lines.length <= 16 ? lines.join('\n') : [...lines.slice(0, 8), '…', ...lines.slice(-8)].join('\n');
}

/** Runs a command to its end and gives its status (127: it isn't there) and output. */
export function run(command, args, options = {}) {
	return new Promise((resolve) => {
		const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], ...options });
		let output = '';
		child.stdout?.on('data', (text) => (output += text));
		child.stderr?.on('data', (text) => (output += text));
		child.on('error', (error) => resolve({ status: 127, output: error.message }));
		child.on('close', (code) => resolve({ status: code ?? 1, output }));
	});
}
