/** Words of the command line → options. */
import { parseArgs } from 'node:util';
import type { Language } from '../../nodes/messages/index.ts';
import { ORDERS, type Order } from '../batch/order.ts';
import { PAIRINGS, type Pairing } from '../batch/pair.ts';
import type { CommitAt } from '../batch/transaction.ts';

/** The command was called in a way that it doesn't understand; exit status 2. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

const OPTIONS = {
	port: { type: 'string' },
	host: { type: 'string' },
	open: { type: 'boolean' },
	planner: { type: 'string', default: 'auto' },
	yes: { type: 'boolean', short: 'y', default: false },
	json: { type: 'boolean', default: false },
	set: { type: 'string', multiple: true },
	in: { type: 'string', multiple: true },
	out: { type: 'string' },
	jobs: { type: 'string' },
	resume: { type: 'boolean', default: false },
	'failed-only': { type: 'boolean', default: false },
	'only-failed-of': { type: 'string' },
	commit: { type: 'string' },
	report: { type: 'string' },
	'skip-existing': { type: 'boolean', default: false },
	overwrite: { type: 'boolean', default: false },
	name: { type: 'string' },
	'dry-run': { type: 'boolean', default: false },
	limit: { type: 'string' },
	output: { type: 'string', short: 'o' },
	as: { type: 'string' },
	lang: { type: 'string' },
	timeout: { type: 'string' },
	keep: { type: 'string' },
	pair: { type: 'string' },
	'each-row': { type: 'string' },
	order: { type: 'string' },
	canary: { type: 'boolean', default: false },
	'stop-on-error': { type: 'boolean', default: false },
	without: { type: 'string', multiple: true },
	once: { type: 'boolean', default: false },
	retry: { type: 'boolean', default: false },
	every: { type: 'string' },
	settle: { type: 'string' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values'];

export interface Arguments {
	readonly words: readonly string[];
	readonly values: Values;
	/** Of `--in`. */
	readonly inputs: readonly string[];
	/** Of `--set`. */
	readonly settings: readonly string[];
	readonly language: Language;
	readonly planner: 'auto' | 'offline' | 'openai';
	/** Whole numbers above 0. */
	readonly jobs: number | null;
	readonly limit: number | null;
	/** Of `--pair`, `--order`. */
	readonly pairing: Pairing | null;
	readonly order: Order | null;
	/** Of `--commit`. */
	readonly commit: CommitAt | null;
	/** Seconds. */
	readonly timeout: number | null;
	/** Bytes, of `--keep`. */
	readonly keep: number | null;
}

/** @throws UsageError */
export function parseCommand(argv: readonly string[]): Arguments {
	const { values, positionals } = parse(argv);
	const { planner, lang } = values;
	if (planner !== 'auto' && planner !== 'offline' && planner !== 'openai')
		throw new UsageError(`Expected auto, offline or openai for --planner, got ${planner}.`);
	if (lang !== undefined && lang !== 'en' && lang !== 'zh') throw new UsageError(`Expected en or zh for --lang, got ${lang}.`);
	const modes = [values.resume && '--resume', values['skip-existing'] && '--skip-existing', values.overwrite && '--overwrite'].filter(Boolean);
	if (values.report !== undefined && !/\.(json|csv)$/i.test(values.report))
		throw new UsageError(`Expected a file that ends in .json or .csv for --report, got ${values.report}.`);
	if (values.report !== undefined && values['dry-run']) throw new UsageError('Expected --report without --dry-run: a report is of what has run.');
	if (modes.length > 1) throw new UsageError(`Expected one of ${modes.join(', ')}, got all of them.`);
	return {
		words: positionals,
		values,
		inputs: values.in ?? [],
		settings: values.set ?? [],
		language: lang ?? spoken(),
		planner,
		jobs: wholeNumber('jobs', values.jobs),
		limit: wholeNumber('limit', values.limit),
		pairing: oneOf('pair', values.pair, PAIRINGS),
		order: oneOf('order', values.order, ORDERS),
		commit: oneOf('commit', values.commit, ['item', 'end']),
		timeout: wholeNumber('timeout', values.timeout),
		keep: values.keep === undefined ? null : bytesOf('keep', values.keep),
	};
}

function parse(argv: readonly string[]): { values: Values; positionals: string[] } {
	try {
		return parseArgs({ args: severalInputs(argv), options: OPTIONS, allowPositionals: true });
	} catch (error) {
		throw new UsageError(error instanceof Error ? (error.message.split('.')[0] ?? '') : String(error));
	}
}

/** `--in a b c` → `--in a --in b --in c`. */
function severalInputs(argv: readonly string[]): string[] {
	const args: string[] = [];
	let inputs = false;
	for (const [i, word] of argv.entries()) {
		if (word.startsWith('-') && word !== '-') inputs = word === '--in';
		else if (inputs && argv[i - 1] !== '--in') args.push('--in');
		args.push(word);
	}
	return args;
}

function wholeNumber(name: string, text: string | undefined): number | null {
	if (text === undefined) return null;
	const value = Number(text);
	if (!Number.isInteger(value) || value < 1) throw new UsageError(`Expected a whole number above 0 for --${name}, got ${text}.`);
	return value;
}

function oneOf<T extends string>(name: string, text: string | undefined, choices: readonly T[]): T | null {
	if (text === undefined) return null;
	const chosen = choices.find((choice) => choice === text);
	if (chosen === undefined) throw new UsageError(`Expected ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)} for --${name}, got ${text}.`);
	return chosen;
}

/** `30s`, `500ms`, `5m`, `2h`; a number alone is seconds. @returns milliseconds. @throws UsageError */
export function durationOf(name: string, text: string): number {
	const [, amount = '', unit = 's'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text.trim()) ?? [];
	const value = Number(amount) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit === 'ms' || unit === 'm' || unit === 'h' ? unit : 's'];
	if (amount === '' || value < 100 || value > 86_400_000) throw new UsageError(`Expected a time such as 30s or 5m for --${name} (100ms to 24h), got ${text}.`);
	return value;
}

/** `5GB`, `300 MB`, `0`. @throws UsageError */
function bytesOf(name: string, text: string): number {
	const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]?b?)$/i.exec(text.trim()) ?? [];
	const scale = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 }[unit.toLowerCase().replace('b', '')];
	if (amount === undefined || scale === undefined) throw new UsageError(`Expected a size such as 5GB or 300MB for --${name}, got ${text}.`);
	return Number(amount) * scale;
}

function spoken(): Language {
	const language = process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG ?? '';
	return language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
