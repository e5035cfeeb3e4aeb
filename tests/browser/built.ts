/** The built page, made once however many test files want it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LOCK = `${ROOT}.cache/client-build.lock`;
/** A lock this old belongs to a build that was killed. */
const STALE = 120_000;

/** Builds the page if what it is made from has changed; `npm test` has done so already. */
export async function built(): Promise<string> {
	if (process.env['MILLWRIGHT_TEST_RUN'] === undefined) {
		mkdirSync(`${ROOT}.cache`, { recursive: true });
		while (!taken()) await wait(50);
		try {
			const script = "import('./scripts/setup/client.mjs').then(({ buildClient }) => buildClient(process.execPath))";
			execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
		} finally {
			rmdirSync(LOCK);
		}
	}
	return `${ROOT}dist/client/`;
}

function taken(): boolean {
	try {
		mkdirSync(LOCK);
		return true;
	} catch {
		const made = statSync(LOCK, { throwIfNoEntry: false });
		if (made !== undefined && Date.now() - made.mtimeMs > STALE) rmdirSync(LOCK);
		return false;
	}
}
