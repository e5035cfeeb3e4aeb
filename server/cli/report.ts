/** The one JSON object of `--json`, and the summary that people read. */
import { readFile } from 'node:fs/promises';
import type { Metadata } from '../../nodes/define.ts';
import type { Check, Recipe } from '../../nodes/graph.ts';
import type { Language, Words } from '../../nodes/messages/index.ts';
import { type Problem, sayProblem } from '../../nodes/problems.ts';
import { type SaidFailure, sayFailure } from '../batch/account.ts';
import type { BatchResult, ItemResult } from '../batch/batch.ts';
import type { Estimate } from '../batch/estimate.ts';
import { failuresOf } from '../batch/failures.ts';
import type { PassedOver } from '../batch/pair.ts';
import type { Undone } from '../batch/undo.ts';
import type { Engine, Output } from '../engine/engine.ts';
import { checkText } from '../planner/checks.ts';
import type { Plan } from '../planner/plan.ts';

export const EXIT = { done: 0, failed: 1, usage: 2, question: 3, refused: 4, partial: 5, cancelled: 130 } as const;

export type Outcome = 'done' | 'planned' | 'needs-answer' | 'refused' | 'failed' | 'partial';

export interface Report {
	outcome: Outcome;
	recipe: Recipe | null;
	outputs: { item: string; node: string; path: string; kind: string; metadata: object }[];
	answers: { text: string; value: unknown }[];
	assumptions: { text: string; node?: string | undefined; param?: string | undefined; value?: unknown }[];
	notUnderstood: readonly string[];
	questions: string[];
	refusals: readonly { part: string; reason: string }[];
	checks: { item?: string; text: string; ok: boolean | null; actual: unknown }[];
	errors: { item?: string; node?: string; param?: string; message: string }[];
	summary: { items: number; done: number; failed: number; skipped: number; fromCache: number };
	/** Files that nothing is made of: of another kind, or without a partner. */
	passedOver: { item: string; input: string; reason: string }[];
	/** One item of each kind that was tried before all of them. */
	canary?: { cluster: string; count: number; item: string; outcome: 'done' | 'failed' | 'skipped' | 'not-tried' }[];
	/** Id under which it can be undone; null: it wrote nothing. */
	batch: string | null;
	/** Errors by their cause, and what would mend all of a cause. */
	failures: readonly SaidFailure[];
	/** Of a dry run: about how long it will take (seconds), and how much it will write; from so many items. */
	estimate?: Estimate;
	/** Of `undo`: absolute paths. */
	undone?: Pick<Undone, 'removed' | 'restored' | 'gone' | 'kept' | 'folders'>;
	/** How to go on. */
	next?: string;
	usage: { planner: string | null; model: string | null; tokens: unknown; cost: number | null };
	timings: { planMs: number | null; runMs: number | null };
}

export function emptyReport(outcome: Outcome): Report {
	return {
		outcome,
		recipe: null,
		outputs: [],
		answers: [],
		assumptions: [],
		notUnderstood: [],
		questions: [],
		refusals: [],
		checks: [],
		errors: [],
		passedOver: [],
		batch: null,
		failures: [],
		summary: { items: 0, done: 0, failed: 0, skipped: 0, fromCache: 0 },
		usage: { planner: null, model: null, tokens: null, cost: null },
		timings: { planMs: null, runMs: null },
	};
}

/** What a plan adds to a report. */
export function addPlan(report: Report, plan: Plan, language: Language, milliseconds: number): void {
	report.recipe = plan.recipe ?? null;
	report.assumptions = plan.assumptions.map((one) => ({ ...one, text: one.text[language] }));
	report.notUnderstood = plan.notUnderstood;
	report.questions = plan.questions.map((question) => question.text);
	report.refusals = plan.refusals;
	report.checks = plan.checks.map((check) => ({ text: checkText(check, language), ok: null, actual: null }));
	report.usage = plan.usage;
	report.timings.planMs = Math.round(milliseconds);
}

/** What a batch (or a single run) adds to a report. */
export async function addBatch(report: Report, batch: BatchResult, engine: Engine, language: Language): Promise<void> {
	const several = batch.items.length > 1;
	report.outcome = batch.state === 'cancelled' ? 'failed' : batch.state;
	report.outputs = batch.items.flatMap((item) =>
		item.files.map(({ path, output }) => ({ item: item.item, node: output.node, path, ...described(output.artifact.metadata) })),
	);
	report.checks = batch.items.flatMap((item) =>
		item.checks.map(({ check, ok, actual }) => ({ ...(several ? { item: item.item } : {}), text: checkText(check, language), ok, actual })),
	);
	report.errors = [
		...batch.problems.map((problem) => errorOf(problem, language)),
		...batch.items.flatMap((item) => item.problems.map((problem) => ({ item: item.item, ...errorOf(problem, language) }))),
		...(several ? [] : failedChecks(batch.items, language)),
	];
	if (report.recipe !== null)
		report.failures = failuresOf(
			batch.items.filter(({ state }) => state === 'failed'),
			report.recipe,
		).map((failure) => sayFailure(failure, language));
	for (const item of batch.items) for (const output of item.answers) report.answers.push(await answerOf(output, engine));
	const { total, done, failed, skipped, cached } = batch.counts;
	report.summary = { items: total, done, failed, skipped, fromCache: cached };
	report.timings.runMs = Math.round(batch.seconds * 1000);
	const broken = batch.items.filter((item) => item.checks.some((check) => !check.ok));
	if (report.outcome === 'done' && broken.length > 0) report.outcome = broken.length === batch.items.length ? 'failed' : 'partial';
}

const REASONS: Readonly<Record<PassedOver['reason'], Words>> = {
	kind: { en: 'of another kind', zh: '类型不符' },
	partner: { en: 'without a partner', zh: '没有搭档' },
};

export function addPassedOver(report: Report, passedOver: readonly PassedOver[], language: Language): void {
	report.passedOver = passedOver.map(({ found, input, reason }) => ({ item: found.item, input, reason: REASONS[reason][language] }));
}

function failedChecks(items: readonly ItemResult[], language: Language): Report['errors'] {
	return items.flatMap((item) =>
		item.checks.filter((one) => !one.ok).map(({ check, actual }) => ({ item: item.item, node: check.node, message: failedCheck(check, actual, language) })),
	);
}

function failedCheck(check: Check, actual: unknown, language: Language): string {
	const text = checkText(check, language);
	return language === 'zh' ? `检查未通过：${text}（实际为 ${String(actual)}）` : `Check failed: ${text}, but it is ${String(actual)}.`;
}

export function errorOf(problem: Problem, language: Language): { node?: string; param?: string; message: string } {
	const message = sayProblem(language, problem);
	return { ...(problem.node === undefined ? {} : { node: problem.node }), ...(problem.param === undefined ? {} : { param: problem.param }), message };
}

/** Kind and metadata as the contract shows them: of a file, what it holds. */
function described(metadata: Metadata): { kind: string; metadata: object } {
	if (metadata.kind !== 'file') {
		const { kind, ...rest } = metadata;
		return { kind, metadata: rest };
	}
	const { kind: _, ...content } = metadata.content ?? { kind: 'file' };
	return { kind: metadata.content?.kind ?? 'file', metadata: { ...content, format: metadata.format, bytes: metadata.bytes } };
}

const SHOWN_ROWS = 100;

/** A small result that nobody saved, as a sentence and as a value. */
async function answerOf({ artifact }: Output, engine: Engine): Promise<{ text: string; value: unknown }> {
	if (artifact.metadata.kind === 'table') {
		const rows = await engine.rows(artifact, SHOWN_ROWS);
		const only = rows.length === 1 && rows[0] !== undefined ? Object.values(rows[0]) : [];
		return { text: rows.map((row) => Object.values(row).map(String).join('\t')).join('\n'), value: only.length === 1 ? only[0] : rows };
	}
	if (artifact.metadata.kind !== 'text') return { text: artifact.path, value: artifact.path };
	const text = (await readFile(artifact.path, 'utf8')).trimEnd();
	return { text, value: numberIn(text) ?? text };
}

/** The number that a sentence gives: the one it begins with ("28 words, 104 characters"), or the only one in it. */
function numberIn(text: string): number | null {
	const found = text.match(/-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?/g) ?? [];
	const [first] = found;
	return first !== undefined && (found.length === 1 || text.startsWith(first)) ? Number(first.replaceAll(',', '')) : null;
}

export function exitOf(report: Report): number {
	const status = { done: EXIT.done, planned: EXIT.done, 'needs-answer': EXIT.question, refused: EXIT.refused, failed: EXIT.failed, partial: EXIT.partial };
	return status[report.outcome];
}
