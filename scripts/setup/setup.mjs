/**
 * Sets up whatever is missing: npm packages, the current Node, and the programs that some nodes need. With nothing missing it takes milliseconds.
 * What was found is remembered in `node_modules/.cache`, and believed as long as the programs are where they were.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';
import { currentNode, installPackages } from './packages.mjs';
import { ROOT, run, say } from './say.mjs';
import { CHROMIUM, TOOLS } from './tools.mjs';

const STAMP = join(ROOT, 'node_modules/.cache/millwright-setup.json');
/** What could not be installed is tried again after a day, or at once with MILLWRIGHT_SETUP=again. */
const PATIENCE = 24 * 3600 * 1000;

/**
 * @param {{ browser: boolean }} wanted `browser`: Chromium, too.
 * @returns the Node to run on, and the path of Chromium if there is one.
 */
export async function setup({ browser }) {
	const stamp = readStamp();
	const tools = browser ? [...TOOLS, CHROMIUM] : TOOLS;
	const packages = installPackages();
	// A failure must not leave apt-get half-way: it is thrown after the programs were seen to.
	packages.catch(() => {});
	const missing = await lacking(tools, stamp);
	const fresh = missing.filter((tool) => !(Date.now() - (stamp.failed[tool.name]?.at ?? 0) < PATIENCE));
	if (fresh.some((tool) => tool.playwright)) await packages;
	const failures = fresh.length === 0 ? {} : await install(fresh);
	await packages;
	const node = await currentNode();
	const still = fresh.length === 0 ? missing : await lacking(tools, stamp);
	writeStamp(stamp, tools, still, failures);
	if (still.length > 0) await sayOff(node, still, stamp);
	return { node, chromium: browser ? CHROMIUM.find() : undefined };
}

/** The tools that aren't there, or lack a part. */
async function lacking(tools, stamp) {
	const states = await Promise.all(
		tools.map(async (tool) => {
			const path = tool.find();
			if (!path) return false;
			if (stamp.found[tool.name] === traces(path)) return true;
			return tool.verify === undefined || (await tool.verify(path)).length === 0;
		}),
	);
	return tools.filter((_, i) => !states[i]);
}

/** A program's path, size and time: changes when it is replaced. */
function traces(path) {
	const stats = statSync(path, { throwIfNoEntry: false });
	return `${path} ${stats?.size} ${stats?.mtimeMs}`;
}

function key() {
	const list = readFileSync(new URL('./tools.mjs', import.meta.url));
	return createHash('sha256')
		.update(list)
		.update(process.platform + process.arch)
		.digest('hex');
}

function readStamp() {
	const empty = { key: key(), found: {}, failed: {} };
	try {
		const stamp = JSON.parse(readFileSync(STAMP, 'utf8'));
		if (stamp.key !== empty.key) return empty;
		return process.env.MILLWRIGHT_SETUP === 'again' ? { ...stamp, failed: {} } : stamp;
	} catch {
		return empty;
	}
}

function writeStamp(stamp, tools, still, failures) {
	const before = JSON.stringify(stamp);
	for (const tool of tools) {
		const path = tool.find();
		if (!still.includes(tool)) {
			delete stamp.failed[tool.name];
			stamp.found[tool.name] = traces(path);
		} else {
			delete stamp.found[tool.name];
			stamp.failed[tool.name] =
				failures[tool.name] === undefined && stamp.failed[tool.name]
					? stamp.failed[tool.name]
					: { at: Date.now(), reason: failures[tool.name] ?? 'a part of it is missing' };
		}
	}
	// npm ci removes the folder, and with it what was written before.
	if (JSON.stringify(stamp) === before && statSync(STAMP, { throwIfNoEntry: false })) return;
	mkdirSync(join(ROOT, 'node_modules/.cache'), { recursive: true });
	writeFileSync(STAMP, JSON.stringify(stamp));
}

/** Says what can't be used, and why. */
async function sayOff(node, still, stamp) {
	const needs = still.map((tool) => tool.need).filter(Boolean);
	const { status, output } = needs.length > 0 ? await run(node, [join(ROOT, 'scripts/setup/off.mjs'), ...needs]) : { status: 1, output: '' };
	const off = status === 0 ? JSON.parse(output) : {};
	for (const tool of still) {
		const nodes = off[tool.need] ?? [];
		const lost = tool.without ?? (nodes.length > 0 ? `these nodes are off: ${nodes.join(', ')}` : 'no node needs it yet');
		say(`Without ${tool.name}: ${lost}. Why: ${stamp.failed[tool.name]?.reason}. Try again: MILLWRIGHT_SETUP=again npm start`);
	}
}
