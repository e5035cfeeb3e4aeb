/** Reading JSON out of what a model wrote. */
import { jsonrepair } from 'jsonrepair';

/**
 * The JSON value in a text: as it stands, without fences or talk around it, or mended (quotes, commas); undefined when there is none.
 * @param exactly don't mend: the text must be whole.
 */
export function readJson(text: string, exactly = false): unknown {
	const bare = withoutFences(text);
	const whole = parsed(bare);
	if (whole !== undefined || exactly) return whole;
	const start = bare.indexOf('{');
	if (start < 0) return undefined;
	const end = bare.lastIndexOf('}');
	const inner = end > start ? parsed(bare.slice(start, end + 1)) : undefined;
	if (inner !== undefined) return inner;
	try {
		return parsed(jsonrepair(end > start ? bare.slice(start, end + 1) : bare.slice(start)));
	} catch {
		return undefined;
	}
}

/** What stands between ``` fences, or all of it; without a model's spoken thoughts. */
function withoutFences(text: string): string {
	const spoken = text.replace(/^\s*<think>[\s\S]*?<\/think>/, '');
	const fenced = /^[^{]*```[a-z]*\s*\n([\s\S]*?)\n?```\s*[^`]*$/i.exec(spoken);
	return (fenced?.[1] ?? spoken).trim();
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/**
 * Watches one array of objects of a JSON text that is still arriving. An entry is settled when the next has begun or the array has closed,
 * because until then a model may still be writing it.
 */
export class ArrayWatch {
	readonly #key: string;
	#at = 0;
	#depth = 0;
	#inString = false;
	#escaped = false;
	#string = '';
	#lastString = '';
	#inside = false;
	#start = -1;
	#pending: string | null = null;

	/** @param key of the array, at the top of the object. */
	constructor(key: string) {
		this.#key = key;
	}

	/** Entries that were settled by what has arrived since. @param text all of it so far. */
	read(text: string): unknown[] {
		if (this.#at === 0) {
			const first = text.replace(/<think>[\s\S]*?(<\/think>|$)/, (thought) => ' '.repeat(thought.length)).indexOf('{');
			if (first < 0) return [];
			this.#at = first;
		}
		const settled: unknown[] = [];
		for (; this.#at < text.length; this.#at += 1) this.#step(text, text[this.#at] ?? '', settled);
		return settled;
	}

	#step(text: string, character: string, settled: unknown[]): void {
		if (this.#inString) {
			if (this.#escaped) this.#escaped = false;
			else if (character === '\\') this.#escaped = true;
			else if (character === '"') {
				this.#inString = false;
				this.#lastString = this.#string;
			}
			if (this.#depth === 1) this.#string += character;
			return;
		}
		if (character === '"') {
			this.#inString = true;
			this.#string = '';
		} else if (character === '{' || character === '[') {
			if (character === '[' && this.#depth === 1 && this.#lastString === this.#key) this.#inside = true;
			else if (character === '{' && this.#depth === 2 && this.#inside) {
				this.#settle(settled);
				this.#start = this.#at;
			}
			this.#depth += 1;
		} else if (character === '}' || character === ']') {
			this.#depth -= 1;
			if (character === '}' && this.#depth === 2 && this.#inside && this.#start >= 0) this.#pending = text.slice(this.#start, this.#at + 1);
			if (character === ']' && this.#depth === 1 && this.#inside) {
				this.#settle(settled);
				this.#inside = false;
				this.#lastString = '';
			}
		}
	}

	#settle(settled: unknown[]): void {
		const value = this.#pending === null ? undefined : parsed(this.#pending);
		if (value !== undefined) settled.push(value);
		this.#pending = null;
	}
}
