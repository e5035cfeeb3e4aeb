/**
 * `npm test`: sets up whatever is missing, then runs every check and test. The last line is `N passed, N failed, N skipped`.
 * No process outlives it.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildClient } from './client.mjs';
import { reap } from './reap.mjs';
import { ROOT, say } from './say.mjs';
import { buildServer } from './server.mjs';
import { setup } from './setup.mjs';

const mark = randomUUID();
const folder = mkdtempSync(join(tmpdir(), 'millwright-test-'));
const count = { passed: 0, failed: 0, skipped: 0 };
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(130));

try {
	const { node, chromium } = await setup({ browser: true });
	await buildClient(node).catch((error) => fail(error.message));
	if (!(await buildServer(node))) fail('the server could not be built');
	tally(await follow(node, [join(ROOT, 'scripts/setup/check.mjs')]));
	const report = join(folder, 'report.json');
	const vitest = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
	const ok = await follow(node, [...vitest, ...process.argv.slice(2)], chromium === undefined ? {} : { MILLWRIGHT_CHROMIUM: chromium });
	read(report, ok);
} catch (error) {
	fail(error instanceof Error ? error.message : String(error));
}
end(count.failed === 0 ? 0 : 1);

/** Runs a command in a process group of its own, with its output shown. */
function follow(node, args, env = {}) {
	return new Promise((resolve) => {
		const child = spawn(node, args, {
			cwd: ROOT,
			stdio: ['ignore', 'inherit', 'inherit'],
			detached: process.platform !== 'win32',
			env: { ...process.env, ...env, MILLWRIGHT_TEST_RUN: mark },
		});
		child.on('error', () => resolve(false));
		child.on('exit', (code) => resolve(code === 0));
	});
}

/** Counts vitest's tests. A file that can't even be loaded counts as one that failed. */
function read(report, ok) {
	try {
		const { testResults, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, 'utf8'));
		const broken = testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed')).length;
		count.passed += numPassedTests;
		count.failed += numFailedTests + broken;
		count.skipped += numPendingTests + numTodoTests;
		if (!ok && numFailedTests + broken === 0) fail('vitest reported an error outside of the tests');
	} catch {
		fail('vitest left no report');
	}
}

function tally(ok) {
	if (ok) count.passed++;
	else count.failed++;
}

function fail(message) {
	say(message);
	count.failed++;
}

/** Ends everything that was started, then this process. */
function end(status) {
	for (const left of reap(mark)) say(`A test left a process behind, which was ended: ${left}`);
	rmSync(folder, { recursive: true, force: true });
	console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
	process.exit(status);
}
