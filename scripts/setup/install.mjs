/** Installs programs with the system's package manager: apt, brew or winget. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { quietly, ROOT, say } from './say.mjs';
import { onPath } from './tools.mjs';

/**
 * Installs what is missing, and goes on when something can't be had.
 * @returns reasons, by name of the tool, for what could not be installed.
 */
export async function install(tools) {
	const failures = {};
	const manager = ['apt', 'brew', 'winget'].find((name) => onPath(name === 'apt' ? 'apt-get' : name));
	const possible = tools.filter((tool) => manager !== undefined && tool[manager] !== undefined);
	for (const tool of tools)
		if (!possible.includes(tool))
			failures[tool.name] = manager === undefined ? 'there is no apt, brew or winget here' : `${manager} does not have it for this system`;
	if (possible.length > 0) Object.assign(failures, manager === 'apt' ? await withApt(possible) : await withOther(manager, possible));
	for (const tool of tools) if (tool.playwright && failures[tool.name] !== undefined && !tool.find()) await withPlaywright(tool, failures);
	return failures;
}

async function withApt(tools) {
	const prefix = await administrator(tools);
	if (prefix === null) return reasons(tools, `it needs an administrator: sudo apt-get install ${tools.flatMap((tool) => tool.apt).join(' ')}`);
	const apt = (title, ...args) => {
		const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y', ...args];
		return quietly(title, command, rest);
	};
	const stale = await apt('Updating the list of packages (apt-get update)', 'update');
	const add = (list) =>
		apt(`Installing ${list.map((tool) => tool.name).join('; ')}`, 'install', '--no-install-recommends', ...list.flatMap((tool) => tool.apt));
	if ((await add(tools)) === null) return {};
	// One package that isn't there makes apt refuse all of them.
	const failures = {};
	for (const tool of tools) {
		const problem = tools.length === 1 || tool.find() ? null : await add([tool]);
		if (problem !== null || !tool.find()) failures[tool.name] = lastLine(problem ?? stale ?? 'apt-get failed');
	}
	return failures;
}

async function withOther(manager, tools) {
	const failures = {};
	for (const tool of tools) {
		const args =
			manager === 'brew'
				? ['install', ...tool.brew]
				: ['install', '--silent', '--accept-package-agreements', '--accept-source-agreements', '-e', '--id', ...tool.winget];
		const problem = await quietly(`Installing ${tool.name}`, manager, args);
		if (problem !== null) failures[tool.name] = lastLine(problem);
	}
	return failures;
}

/** Where the system has no package of it (Ubuntu's is a snap), Playwright brings one. */
async function withPlaywright(tool, failures) {
	const problem = await quietly(`Downloading ${tool.name}`, process.execPath, [
		join(ROOT, 'node_modules/playwright-core/cli.js'),
		'install',
		'chromium-headless-shell',
	]);
	if (problem === null) delete failures[tool.name];
	else failures[tool.name] = lastLine(problem);
}

/** What to put before a command that only an administrator may give; null when that isn't possible here. */
async function administrator(tools) {
	if (process.getuid?.() === 0) return [];
	if (!onPath('sudo')) return null;
	if (spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0) return ['sudo', '-n'];
	if (process.env.CI || !process.stdin.isTTY || !process.stdout.isTTY) return null;
	const question = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await question.question(`Some nodes need ${tools.map((tool) => tool.name).join('; ')}. Install with sudo apt-get? [Y/n] `);
	question.close();
	if (/^n/i.test(answer.trim())) return null;
	return spawnSync('sudo', ['-v'], { stdio: 'inherit' }).status === 0 ? ['sudo', '-n'] : null;
}

function reasons(tools, reason) {
	say(`Not installed (${reason}): ${tools.map((tool) => tool.name).join('; ')}`);
	return Object.fromEntries(tools.map((tool) => [tool.name, reason]));
}

function lastLine(text) {
	return text.trim().split('\n').at(-1);
}
