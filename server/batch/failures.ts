/** Failures by their cause: what the messages of many items have in common, without the items' own names and numbers. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Recipe } from '../../nodes/graph.ts';
import type { Values } from '../../nodes/messages/index.ts';
import type { Problem } from '../../nodes/problems.ts';
import { stemOf } from './items.ts';
import { inAll, type Mend, mendFor } from './mends.ts';

/** Items that failed for the same reason. */
export interface Failure {
	/** `run.timeout@zoom`; with a mark behind it where the same message has several causes. */
	readonly cause: string;
	readonly count: number;
	readonly items: readonly string[];
	/** What is true of all of them. */
	readonly problem: Problem;
	/** What would help all of them; null: nobody knows. */
	readonly mend: Mend | null;
}

export interface FailedItem {
	readonly item: string;
	readonly problems: readonly Problem[];
}

/** The largest group first. */
export function failuresOf(failed: readonly FailedItem[], recipe: Recipe): Failure[] {
	const groups = new Map<string, { readonly item: string; readonly problem: Problem }[]>();
	for (const { item, problems } of failed) {
		const problem = problems.find(({ key }) => key !== 'run.upstream') ?? problems[0];
		if (problem === undefined) continue;
		const likeness = likenessOf(item, problem);
		groups.set(likeness, [...(groups.get(likeness) ?? []), { item, problem }]);
	}
	const causes = [...groups.values()].flatMap(([first]) => (first === undefined ? [] : [causeOf(first.problem)]));
	const failures = [...groups.entries()].flatMap(([likeness, members]): Failure[] => {
		const [first] = members;
		if (first === undefined) return [];
		const cause = causeOf(first.problem);
		const several = causes.filter((one) => one === cause).length > 1;
		const problems = members.map((one) => one.problem);
		return [
			{
				cause: several ? `${cause}~${createHash('sha256').update(likeness).digest('hex').slice(0, 4)}` : cause,
				count: members.length,
				items: members.map(({ item }) => item),
				problem: common(problems),
				mend: mendFor(problems, recipe),
			},
		];
	});
	return failures.sort((a, b) => b.count - a.count);
}

/** Items of the failures that a cause names: a whole one, or how several begin. */
export function itemsOfCause(failures: readonly Failure[], cause: string): Set<string> {
	const exact = failures.filter((failure) => failure.cause === cause);
	const meant = exact.length > 0 ? exact : failures.filter((failure) => failure.cause.startsWith(cause));
	return new Set(meant.flatMap(({ items }) => items));
}

function causeOf({ key, node }: Problem): string {
	return node === undefined ? key : `${key}@${node}`;
}

function likenessOf(item: string, { key, node, param, values }: Problem): string {
	const texts = Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' && name !== 'path' ? [[name, withoutOwn(value, item)]] : []));
	return JSON.stringify([key, node, param, texts]);
}

/** Without what is the item's own: its name, wherever it lies, and numbers. */
function withoutOwn(text: string, item: string): string {
	const names = [item, basename(item), stemOf({ item, files: {} })].filter((name) => name.length > 2);
	let general = text;
	for (const name of names) general = general.replaceAll(new RegExp(`(?:[^\\s"'“”‘’]*[/\\\\])?${escaped(name)}`, 'gu'), '…');
	return general.replaceAll(/\d+(?:[.,]\d+)*/gu, '#');
}

function escaped(text: string): string {
	return text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
}

/** One problem that says what all of them say: values that differ become a range, what is in all lists, or an ellipsis. */
function common(problems: readonly Problem[]): Problem {
	const [first, ...others] = problems;
	if (first === undefined || others.length === 0) return first ?? { type: 'bug', key: 'bug', values: {} };
	const values = Object.keys(first.values).map((name) => [name, together(problems.map((problem) => problem.values[name] ?? ''))] as const);
	const { detail: _, ...rest } = first;
	return { ...rest, values: Object.fromEntries(values) };
}

function together(all: readonly Values[string][]): Values[string] {
	const [first = ''] = all;
	if (all.every((value) => JSON.stringify(value) === JSON.stringify(first))) return first;
	if (all.every((value) => typeof value === 'number')) return `${Math.min(...all)}–${Math.max(...all)}`;
	const lists = all.filter((value): value is readonly string[] => Array.isArray(value));
	return lists.length === all.length ? inAll(lists) : '…';
}
