/** Which room may import which: reads the imports of every source file and names those that go through a wall. `npm run check` runs it. */
import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Door {
	/** Rooms that may be imported. The room itself always may. */
	readonly rooms: readonly string[];
	/** Rooms and files of which only types may be imported. */
	readonly types?: readonly string[];
	/** Packages that may be imported; absent: any. */
	readonly packages?: readonly string[];
	/** Whether Node's own modules may be imported. */
	readonly node: boolean;
}

/** Backends that share a medium with the engine. Every other folder beside them (documents, codes) belongs to the tasks that use it. */
const MEDIA = ['image', 'video', 'table'];

/** Rooms by folder; the longest that fits counts. `*` stands for one folder: each is a room of its own. */
const DOORS: Readonly<Record<string, Door>> = {
	nodes: { rooms: [], packages: ['zod'], node: false },
	'server/engine': { rooms: ['nodes'], types: ['server/backends', 'server/stores'], packages: ['zod'], node: true },
	'server/planner': { rooms: ['nodes', 'server/engine'], packages: ['zod', 'openai', 'jsonrepair'], node: true },
	/* A task works on a medium, and opens its bytes as safely as the backend of that medium does; never the other way round. */
	'server/backends/task': { rooms: ['nodes', 'server/backends/image', 'server/backends/table'], types: ['server/engine/group.ts'], node: true },
	'server/backends/*': { rooms: ['nodes'], types: ['server/engine/group.ts'], node: true },
	'server/workers': { rooms: ['nodes', 'server/engine', 'server/backends', 'server/stores', 'server/place.ts'], node: true },
	'server/stores': { rooms: ['server/place.ts'], types: ['nodes'], packages: ['zod'], node: true },
	'server/doctor': { rooms: ['nodes', 'server/engine', 'server/backends/sandbox/probe.ts'], node: true },
	/* It reads the text of backends' modules, and imports none of them. */
	'server/eject': { rooms: ['nodes', 'server/engine', 'server/batch'], types: ['server/backends'], node: true },
	'server/batch': { rooms: ['nodes', 'server/engine', 'server/stores'], node: true },
	'server/watch': { rooms: ['nodes', 'server/engine', 'server/batch', 'server/stores'], packages: ['zod', 'croner'], node: true },
	'server/http': {
		rooms: ['nodes', 'server/engine', 'server/planner', 'server/batch', 'server/watch', 'server/stores', 'server/doctor', 'server/eject'],
		node: true,
	},
	'server/cli': { rooms: ['nodes', 'server/engine', 'server/planner', 'server/batch', 'server/watch', 'server/stores', 'server/doctor', 'server'], node: true },
	/** Wiring: the files right below `server/`. */
	server: { rooms: ['nodes', 'server/*'], node: true },
	client: { rooms: ['nodes'], types: ['server/http/api.ts'], node: false },
	scripts: { rooms: ['nodes', 'server', 'server/*', 'client', 'tests'], node: true },
	bench: { rooms: ['nodes', 'server', 'server/*', 'tests', 'scripts'], node: true },
	tests: { rooms: ['nodes', 'server', 'server/*', 'client', 'scripts', 'bench'], node: true },
};

/** Packages that a browser can't run. */
const NATIVE = ['sharp', '@duckdb/node-api', '@napi-rs/canvas', 'openai', 'express', 'yauzl', 'yazl', 'zxing-wasm'];

interface Import {
	readonly from: string;
	readonly typesOnly: boolean;
	readonly line: number;
}

/** Every import that no door leads through, and every way to run text as code. @param files path below the project → text. */
export function wallsBroken(files: ReadonlyMap<string, string>): readonly string[] {
	return [...files].flatMap(([path, text]) => [...importsOf(text).flatMap((one) => broken(path, one)), ...codeFromText(path, text)]);
}

function broken(path: string, { from, typesOnly, line }: Import): string[] {
	const room = roomOf(path);
	const door = room === undefined ? undefined : DOORS[room.kind];
	if (room === undefined || door === undefined) return [];
	const refuse = (reason: string) => [`${path}:${line} imports ${from}: ${reason}`];
	if (!from.startsWith('.')) {
		if (/^(node:)?vm$/.test(from)) return refuse('nothing runs text as code');
		if (typesOnly) return [];
		if (from.startsWith('node:')) return door.node ? [] : refuse(`${room.name} knows no Node`);
		const name = from
			.split('/')
			.slice(0, from.startsWith('@') ? 2 : 1)
			.join('/');
		if (door.packages !== undefined && !door.packages.includes(name)) return refuse(`of packages, ${room.name} imports only ${door.packages.join(', ')}`);
		return room.kind === 'client' && NATIVE.includes(name) ? refuse('a browser can not run it') : [];
	}
	const target = posix.normalize(posix.join(posix.dirname(path), from));
	const there = roomOf(target);
	if (there === undefined || there.name === room.name || lets(door.rooms, target, there)) return [];
	if (lets(door.types ?? [], target, there)) return typesOnly ? [] : refuse('only its types, by "import type"');
	const open = [...door.rooms, ...(door.types ?? []).map((one) => `types of ${one}`)];
	return refuse(`${room.name} imports only ${open.length === 0 ? 'nothing of ours' : open.join(', ')}`);
}

/** `name` tells backends apart, `kind` is the entry of the list above. */
interface Room {
	readonly name: string;
	readonly kind: string;
}

function roomOf(path: string): Room | undefined {
	const parts = path.split('/');
	for (let length = parts.length - 1; length > 0; length -= 1) {
		const name = parts.slice(0, length).join('/');
		if (name in DOORS) return { name, kind: name };
		const above = parts.slice(0, length - 1).join('/');
		const folder = parts[length - 1] ?? '';
		if (`${above}/*` in DOORS) return { name: `${above}/${MEDIA.includes(folder) ? folder : 'task'}`, kind: `${above}/*` };
	}
	return undefined;
}

function lets(doors: readonly string[], target: string, there: Room): boolean {
	return doors.some((door) => {
		if (door === target || door === there.name) return true;
		if (door.endsWith('/*')) return there.name.startsWith(door.slice(0, -1));
		return door !== 'server' && there.name.startsWith(`${door}/`);
	});
}

/** Imports and re-exports of a file, also those that are loaded later. */
export function importsOf(text: string): readonly Import[] {
	const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '));
	const lineAt = (index: number) => code.slice(0, index).split('\n').length;
	const fixed = [...code.matchAll(/^[ \t]*(?:import|export)\s+(type\s)?([^'";=]*?\bfrom\s*)?['"]([^'"\n]+)['"]/gm)].map((match) => ({
		from: match[3] ?? '',
		typesOnly: match[1] !== undefined || onlyTypes(match[2] ?? ''),
		line: lineAt((match.index ?? 0) + match[0].length),
	}));
	const later = [...code.matchAll(/(typeof\s+)?\bimport\(\s*['"]([^'"\n]+)['"]/g)].map((match) => ({
		from: match[2] ?? '',
		typesOnly: match[1] !== undefined,
		line: lineAt(match.index ?? 0),
	}));
	return [...fixed, ...later];
}

/** `{ type A, type B } from`. */
function onlyTypes(clause: string): boolean {
	const names = /^\s*\{([^}]*)\}\s*from\s*$/.exec(clause)?.[1];
	const each = names?.split(',').filter((name) => name.trim() !== '') ?? [];
	return each.length > 0 && each.every((name) => /^\s*type\s/.test(name));
}

/** `eval(`, `new Function(` and their like, outside comments and texts. */
function codeFromText(path: string, text: string): string[] {
	const comments = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;
	const texts = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
	const blank = (part: string) => part.replace(/[^\n]/g, ' ');
	const code = text.replace(comments, blank).replace(texts, blank);
	return [...code.matchAll(/(?<![\w$.])eval\s*\(|\bnew\s+Function\b|(?<![\w$.])Function\s*\(|\bglobalThis\s*\.\s*(?:eval|Function)\b/g)].map(
		(match) => `${path}:${code.slice(0, match.index).split('\n').length} runs text as code: ${match[0]}`,
	);
}

/** The source files of the project. */
export function sources(root: string): ReadonlyMap<string, string> {
	const folders = Object.keys(DOORS).filter((name) => !name.includes('/'));
	const paths = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx,mts,mjs}`, { cwd: root })).map((path) => path.replaceAll('\\', '/'));
	return new Map(paths.sort().map((path) => [path, readFileSync(`${root}/${path}`, 'utf8')]));
}

if (import.meta.main) {
	const problems = wallsBroken(sources(fileURLToPath(new URL('..', import.meta.url))));
	for (const problem of problems) console.error(problem);
	if (problems.length > 0) process.exitCode = 1;
}
