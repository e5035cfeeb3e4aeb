/**
 * Modules of ours as text for a script: types stripped, imports of ours replaced by what the imported module gave, packages loaded by `need`.
 * A script so runs the very code that runs here, not a copy that somebody has to keep in step.
 */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ScriptModule } from '../engine/group.ts';
import { problemsText } from './problems.ts';

export interface EmbeddedModules {
	/** Statements that make every module, in order, and name what is called of them. */
	readonly text: string;
	/** npm packages that they load. */
	readonly packages: readonly string[];
}

/** Its messages are replaced by those that the modules use. */
const PROBLEMS = new URL('../../nodes/problems.ts', import.meta.url).href;

/** The text of these modules and of all that they import. */
export function embedded(wanted: readonly ScriptModule[]): EmbeddedModules {
	const modules = new Modules();
	const names = new Map<string, string>();
	for (const { module, names: called } of wanted) {
		const part = modules.part(module.href);
		for (const name of called) {
			const [from = '', to = from] = name.split(' as ');
			names.set(to, `${part}.${from}`);
		}
	}
	const uses = [...names].map(([to, from]) => `const ${to} = ${from};`);
	return { text: [...modules.texts, ...uses].join('\n'), packages: [...modules.packages] };
}

class Modules {
	readonly packages = new Set<string>();
	readonly #texts: string[] = [];
	readonly #parts = new Map<string, string>();
	readonly #open = new Set<string>();
	readonly #keys = new Set<string>();

	get texts(): readonly string[] {
		return this.#parts.has(PROBLEMS) ? [problemsText(this.#parts.get(PROBLEMS) ?? '', this.#keys), ...this.#texts] : this.#texts;
	}

	/** The name of the constant that holds what a module exports. */
	part(href: string): string {
		const known = this.#parts.get(href);
		if (known !== undefined) return known;
		if (this.#open.has(href)) throw new Error(`${href} imports itself`);
		if (href === PROBLEMS) return this.#named(href);
		this.#open.add(href);
		const text = withoutTypes(href);
		for (const [, key = ''] of text.matchAll(/'([a-z]+\.[a-z-]+)'/g)) this.#keys.add(key);
		for (const [, name = ''] of text.matchAll(/\bimport(?:\.meta\.resolve)?\(\s*'([^'.][^']*)'/g))
			if (!name.startsWith('node:')) this.packages.add(packageOf(name));
		const { body, exported } = this.#linked(text, href);
		const part = this.#named(href);
		const path = href.slice(href.search(/\/(?:nodes|server)\//) + 1);
		this.#texts.push(`/* ${path} */\nconst ${part} = await (async () => {\n${body.trim()}\nreturn { ${exported.join(', ')} };\n})();`);
		return part;
	}

	#named(href: string): string {
		const part = `part${this.#parts.size + 1}`;
		this.#parts.set(href, part);
		return part;
	}

	#linked(text: string, href: string): { readonly body: string; readonly exported: readonly string[] } {
		const exported: string[] = [];
		const body = text
			.replace(/\bawait import\('(\.[^']+)'\)/g, (_, from: string) => this.part(new URL(from, href).href))
			/* Loaded later here, at once there. */
			.replace(/\bimport\(\s*'(\.[^']+)'\s*\)/g, (_, from: string) => `Promise.resolve(${this.part(new URL(from, href).href)})`)
			.replace(IMPORT, (_, clause: string | undefined, from: string) => this.#import(clause?.replace(/\s*from\s*$/, '').trim(), from, href))
			.replace(/^export\s*\*\s*from\s*'([^']+)';?$/gm, (_, from: string) => {
				const part = this.part(new URL(from, href).href);
				exported.push(`...${part}`);
				return '';
			})
			.replace(/^export\s*\{([^}]*)\}(?:\s*from\s*'([^']+)')?;?$/gm, (_, names: string, from: string | undefined) => {
				const source = from === undefined ? null : this.part(new URL(from, href).href);
				for (const [local, outer] of pairsOf(names)) exported.push(source === null ? `${outer}: ${local}` : `${outer}: ${source}.${local}`);
				return '';
			})
			.replace(
				/^export default (?=async function|function|class)(async function|function|class)\s*(\*?)\s*(\w+)/gm,
				(_, kind: string, star: string, name: string) => {
					exported.push(`default: ${name}`);
					return `${kind}${star} ${name}`;
				},
			)
			.replace(/^export default ([^;]+);$/gm, (_, value: string) => {
				exported.push('default: defaultExport');
				return `const defaultExport = ${value};`;
			})
			.replace(/^export (const|let) \{([^}]*)\}/gm, (_, kind: string, names: string) => {
				exported.push(...names.split(',').flatMap((name) => name.trim() || []));
				return `${kind} {${names}}`;
			})
			.replace(/^export ((?:async )?function\*?|const|let|class) (\w+)/gm, (_, kind: string, name: string) => {
				exported.push(name);
				return `${kind} ${name}`;
			});
		return { body, exported };
	}

	#import(clause: string | undefined, from: string, href: string): string {
		const ours = from.startsWith('.');
		if (clause === undefined) {
			if (ours) this.part(new URL(from, href).href);
			return '';
		}
		const names = bindings(clause);
		/* All of it was types. */
		if (names === null) return '';
		if (ours) return `const ${names} = ${this.part(new URL(from, href).href)};`;
		if (from.startsWith('node:')) return `const ${names} = await import('${from}');`;
		this.packages.add(packageOf(from));
		return `const ${names} = await need('${from}');`;
	}
}

const IMPORT = /^import\s+([^'";]*?\bfrom\s*)?'([^'\n]+)';?$/gm;

/** `sharp, { a, b as c }` → `{ default: sharp, a, b: c }`; null for an empty clause. */
function bindings(clause: string): string | null {
	const whole = /^\*\s*as\s+(\w+)$/.exec(clause);
	if (whole !== null) return whole[1] ?? null;
	const found = /^(\w+)?\s*,?\s*(?:\{([\s\S]*)\})?$/.exec(clause);
	const names = [...(found?.[1] === undefined ? [] : [`default: ${found[1]}`]), ...pairsOf(found?.[2] ?? '').map(([a, b]) => (a === b ? a : `${a}: ${b}`))];
	return names.length === 0 ? null : `{ ${names.join(', ')} }`;
}

/** `a, b as c` → pairs. */
function pairsOf(names: string): readonly (readonly [string, string])[] {
	return names.split(',').flatMap((one) => {
		const [a, b] = one.trim().split(/\s+as\s+/);
		return a === undefined || a === '' || a.startsWith('type ') ? [] : [[a, b ?? a] as const];
	});
}

/** `@scope/name/sub` → `@scope/name`. */
function packageOf(from: string): string {
	return from
		.split('/')
		.slice(0, from.startsWith('@') ? 2 : 1)
		.join('/');
}

function withoutTypes(href: string): string {
	const path = fileURLToPath(href);
	const text = readFileSync(path, 'utf8');
	if (!path.endsWith('.ts')) return text;
	return quietly(() => stripTypeScriptTypes(text))
		.replace(/[ \t]+$/gm, '')
		.replace(/\n{3,}/g, '\n\n');
}

/** Node says once a process that stripping is experimental, as a function; nobody who saves a script can do anything about it. */
function quietly<T>(work: () => T): T {
	const { emitWarning } = process;
	process.emitWarning = () => {};
	try {
		return work();
	} finally {
		process.emitWarning = emitWarning;
	}
}
