/** Ends what a test run left behind. */
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Kills every process whose environment carries the mark of this run, whoever its parent is by now (Linux; elsewhere there is no way to see).
 * @returns their command lines.
 */
export function reap(mark) {
	if (process.platform !== 'linux') return [];
	const killed = [];
	for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
		try {
			if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`MILLWRIGHT_TEST_RUN=${mark}`)) continue;
			const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
			process.kill(Number(pid), 'SIGKILL');
			killed.push(command.slice(0, 200));
		} catch {
			// Ended meanwhile, or somebody else's.
		}
	}
	return killed;
}
