/** The ledger: every part of the goal and what became of it. A part without an answer is an error of the plan, however good the rest looks. */

import { type Language, say } from '../../../nodes/messages/index.ts';
import type { LedgerRow } from '../plan.ts';
import type { Question } from './build.ts';
import type { Requirement } from './draft.ts';

export interface Ledger {
	readonly rows: readonly LedgerRow[];
	/** Parts with an empty row, and why it is empty. */
	readonly empty: readonly LedgerRow[];
}

const NEGATION = /\b(don'?t|do not|never|without|not|no|leave|keep)\b|不|别|无需|保持|勿/i;

/**
 * Reads the model's rows.
 * @param exists whether this step or input is in the plan.
 */
export function ledgerOf(
	goal: string,
	understanding: string,
	requirements: readonly Requirement[],
	questions: readonly Question[],
	exists: (step: string) => boolean,
	language: Language,
): Ledger {
	const rows = requirements.map((requirement): LedgerRow => {
		const { part, status } = requirement;
		const reason = filled(requirement.reason);
		const node = requirement.step !== null && requirement.step !== undefined && exists(requirement.step) ? requirement.step : undefined;
		const placed = { part, ...(node === undefined ? {} : { node }), ...(reason === undefined ? {} : { reason }) };
		const answered =
			(status === 'done' && (node !== undefined || (reason !== undefined && NEGATION.test(part)))) ||
			(status === 'assumed' && reason !== undefined) ||
			(status === 'refused' && reason !== undefined) ||
			(status === 'asked' && (reason !== undefined || questions.length > 0));
		if (answered) return { ...placed, status };
		return { ...placed, status: 'not-understood', reason: say(language, status === 'done' ? 'model.no-step' : 'model.no-reason') };
	});
	const said = [understanding, ...requirements.map((one) => one.part)].join('\n');
	const left = requirements.length === 0 ? [goal] : unmentioned(goal, said);
	const missing = left.map((part): LedgerRow => ({ part, status: 'not-understood', reason: say(language, 'model.no-step') }));
	const all = [...rows, ...missing];
	return { rows: all, empty: all.filter((row) => row.status === 'not-understood') };
}

const SMALL = new Set(
	'the and then also for from into with this that these those please can you its it of to a an in on at is are be me my i want would like'.split(' '),
);

/** Clauses of the goal of which nothing was taken up: no word of theirs, or not their number. */
export function unmentioned(goal: string, said: string): readonly string[] {
	const heard = said.normalize('NFKC').toLowerCase();
	const clauses = goal
		.split(/[;,，。；、！!?？\n]+|\.\s+|\b(?:and then|then|and)\b|然后|接着|并且|同时/i)
		.map((clause) => clause.trim())
		.filter((clause) => clause !== '');
	return clauses.filter((clause) => {
		const plain = clause.normalize('NFKC').toLowerCase();
		const words = (plain.match(/[a-z][a-z'-]+/g) ?? []).filter((word) => word.length > 2 && !SMALL.has(word));
		const pairs = (plain.match(/[\u4e00-\u9fff]+/g) ?? []).flatMap((run) => Array.from({ length: Math.max(0, run.length - 1) }, (_, i) => run.slice(i, i + 2)));
		const numbers = plain.match(/\d+(?:[.:]\d+)*/g) ?? [];
		const known = [...words, ...pairs];
		return numbers.some((number) => !heard.includes(number)) || (known.length > 0 && !known.some((word) => heard.includes(word)));
	});
}

function filled(text: string | null | undefined): string | undefined {
	const trimmed = text?.trim();
	return trimmed === '' || trimmed === undefined ? undefined : trimmed;
}
