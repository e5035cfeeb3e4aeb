/** The npm packages, and the current Node that comes as one of them. Runs on any Node ≥ 20 and imports no package. */
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { quietly, ROOT, run, say } from './say.mjs';

const WINDOWS = process.platform === 'win32';
const LOCAL_NODE = join(ROOT, 'node_modules', WINDOWS ? 'node/bin/node.exe' : '.bin/node');
/** The oldest Node whose type stripping the server can run on. */
const OLDEST = 24;

/** Brings `node_modules` in line with the lockfile. Throws when it can't: nothing works without it. */
export async function installPackages() {
	const why = stale();
	if (why === null) return;
	const problem = await quietly(`Installing npm packages (${why})`, WINDOWS ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund'], {
		env: { ...process.env, PATH: outerPath() },
		shell: WINDOWS,
	});
	if (problem !== null) throw new Error(`The npm packages could not be installed. Check the network and run it again.\n${problem}`);
}

/** Why the packages must be installed; null when they are as the lockfile says. */
function stale() {
	const wanted = lock('package-lock.json');
	if (wanted === null) throw new Error('There is no package-lock.json in this folder. Get a complete copy of the project.');
	const present = lock('node_modules/.package-lock.json');
	if (present === null) return 'there are none yet';
	for (const [path, entry] of Object.entries(wanted)) {
		const found = present[path];
		// What is optional may belong to another platform.
		if (found === undefined ? entry.optional !== true : found.version !== entry.version)
			return `${path.replace(/^.*node_modules\//, '')} ${entry.version} is new`;
	}
	return null;
}

function lock(name) {
	try {
		const { '': _, ...packages } = JSON.parse(readFileSync(join(ROOT, name), 'utf8')).packages;
		return packages;
	} catch {
		return null;
	}
}

/** PATH without `node_modules/.bin`: `npm ci` deletes the Node that lies there, and must not run on it. */
function outerPath() {
	return (process.env.PATH ?? '')
		.split(delimiter)
		.filter((folder) => !folder.includes('node_modules'))
		.join(delimiter);
}

/** The Node that the product runs on. Throws with what to do when there is none. */
export async function currentNode() {
	if (existsSync(LOCAL_NODE)) return LOCAL_NODE;
	const version = lock('package-lock.json')?.['node_modules/node']?.version;
	// The package `node` fetches its binary in a preinstall script, which some configurations of npm skip.
	const problem = await quietly(`Installing Node ${version}`, process.execPath, ['installArchSpecificPackage.js'], {
		cwd: join(ROOT, 'node_modules/node'),
		env: { ...process.env, PATH: outerPath() },
	});
	if (problem === null && existsSync(LOCAL_NODE)) return LOCAL_NODE;
	for (const candidate of [process.execPath, 'node']) {
		const { output } = await run(candidate, ['--version'], { env: { ...process.env, PATH: outerPath() } });
		if (Number(/^v(\d+)/.exec(output)?.[1]) < OLDEST || !output.startsWith('v')) continue;
		say(`Going on with Node ${output.trim()} of this system.`);
		return candidate;
	}
	throw new Error(`Expected Node ${OLDEST} or newer, got ${process.version}, and Node ${version} could not be installed from npm.\n${problem ?? ''}`);
}
