/** What became of each item of a batch, as a file: JSON for programs, CSV for spreadsheets. */
import { type Language, say } from '../../nodes/messages/index.ts';
import { sayProblem } from '../../nodes/problems.ts';
import type { Failure } from './failures.ts';
import { optionsOf } from './mends.ts';
import type { Counts, ItemState } from './request.ts';

export interface AccountRow {
	readonly item: string;
	readonly state: ItemState;
	readonly outputs: readonly string[];
	readonly seconds: number | null;
	/** What went wrong; several problems in one text. */
	readonly error: string | null;
	readonly fromCache: boolean;
}

export interface Account {
	readonly batch: string;
	readonly recipe: string;
	readonly state: string;
	readonly started: string;
	readonly seconds: number | null;
	readonly counts: Counts;
	readonly items: readonly AccountRow[];
	readonly failures: readonly SaidFailure[];
}

/** A group of failures in the reader's language, as reports and `--json` show it. */
export interface SaidFailure {
	readonly cause: string;
	readonly message: string;
	readonly count: number;
	readonly items: readonly string[];
	/** What would help all of them; options for the command line, where it is a change of one. */
	readonly mend: { readonly text: string; readonly options: readonly string[] } | null;
}

export function sayFailure({ cause, problem, count, items, mend }: Failure, language: Language): SaidFailure {
	const said = mend === null ? null : { text: say(language, mend.key, mend.values), options: optionsOf(mend) };
	return { cause, message: sayProblem(language, problem), count, items, mend: said };
}

const COLUMNS = ['item', 'state', 'outputs', 'seconds', 'error', 'from cache'] as const;

export function accountText(account: Account, format: 'json' | 'csv'): string {
	if (format === 'json') return `${JSON.stringify(account, null, '\t')}\n`;
	const rows = account.items.map(({ item, state, outputs, seconds, error, fromCache }) => [
		item,
		state,
		outputs.join('; '),
		seconds === null ? '' : String(rounded(seconds)),
		error ?? '',
		fromCache ? 'yes' : 'no',
	]);
	/* The mark at the beginning tells spreadsheets that it is UTF-8. */
	return `\uFEFF${[COLUMNS, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')}`;
}

/** Spaces of any kind, and characters that nobody sees, don't keep a spreadsheet from reading a formula behind them. */
const FORMULA = /^[\s\p{Z}\p{Cc}\p{Cf}]*[=+\-@＝＋－＠|]|^[\t\r\n]/u;

/** A cell of a CSV file that no spreadsheet reads as a formula. */
function cell(text: string): string {
	const harmless = FORMULA.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
	return /[",;\r\n']|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function rounded(seconds: number): number {
	return Math.round(seconds * 1000) / 1000;
}
