/** Rules applied to a chain of parts, until none has anything more to say. */
import type { Metadata, Step } from '../../../nodes/define.ts';
import type { Words } from '../../../nodes/messages/words.ts';
import type { Rule } from '../../../nodes/steps/rules.ts';
import type { Part, Planner } from '../group.ts';

/** A rule that was applied, and the nodes whose steps it was about. */
export interface Applied {
	readonly rule: Rule;
	readonly nodes: readonly string[];
}

export interface Rewritten {
	readonly parts: readonly Part[];
	readonly applied: readonly Applied[];
}

/** One step and the part that it belongs to, wherever it is moved. */
interface Owned {
	readonly part: Part;
	readonly step: Step;
}

/** Rules that chase each other would never end; no sensible chain comes near this. */
const LIMIT = 500;

/**
 * A chain that makes the same value: each part reads the one before at its main input, and nobody else looks in between.
 * References are left as they were; `optimise` ties them anew.
 */
export function rewritten(parts: readonly Part[], entering: Metadata, planner: Planner): Rewritten {
	const applied: Applied[] = [];
	let steps: readonly Owned[] = parts.flatMap((part) => part.steps.map((step) => ({ part, step })));
	for (let round = 0; round < LIMIT; round++) {
		const next = rewrittenOnce(steps, entering, planner);
		if (next === null) return applied.length === 0 ? { parts, applied } : { parts: partsOf(steps, parts, entering, planner), applied };
		steps = next.steps;
		applied.push(next.applied);
	}
	return { parts, applied: [] };
}

/** Why a chain can't be done in one go; null: it can. Backends whose parts may form a graph have no order of their own. */
export function cutIn(parts: readonly Part[], planner: Planner): Words | null {
	return cutsIn(parts, planner)[0] ?? null;
}

function cutsIn(parts: readonly Part[], planner: Planner): Words[] {
	if (planner.shape === 'graph') return [];
	return parts.flatMap((part, i) => {
		const verdict = i === 0 ? true : planner.canJoin(parts.slice(0, i), part);
		return verdict === true ? [] : [verdict];
	});
}

function rewrittenOnce(steps: readonly Owned[], entering: Metadata, planner: Planner): { steps: readonly Owned[]; applied: Applied } | null {
	const before = metadataBefore(steps, entering, planner);
	for (const rule of planner.rules) {
		for (let i = 0; i + rule.span <= steps.length; i++) {
			const found = steps.slice(i, i + rule.span);
			const kept = rule.apply(
				found.map(({ step }) => step),
				before[i] ?? entering,
			);
			if (kept === null) continue;
			const next = steps.toSpliced(i, rule.span, ...kept.map(({ from, step }) => ownedBy(found, from, step)));
			/* What saves work inside a pass is not worth another pass. */
			if (passes(next, entering, planner) > passes(steps, entering, planner)) continue;
			return { steps: next, applied: { rule, nodes: [...new Set(found.map(({ part }) => part.node))] } };
		}
	}
	return null;
}

function ownedBy(found: readonly Owned[], from: number, step: Step): Owned {
	const owner = found[from];
	if (owner === undefined) throw new Error(`a rule names step ${from} of ${found.length}`);
	return { part: owner.part, step };
}

function passes(steps: readonly Owned[], entering: Metadata, planner: Planner): number {
	const before = metadataBefore(steps, entering, planner);
	const single = steps.map(({ part, step }, i): Part => ({ ...part, steps: [step], expected: { [outputPort(part)]: before[i + 1] ?? entering } }));
	return cutsIn(single, planner).length;
}

/** What is known before each step, and after the last. */
function metadataBefore(steps: readonly Owned[], entering: Metadata, planner: Planner): readonly Metadata[] {
	let known = entering;
	return [
		entering,
		...steps.map(({ step }) => {
			known = planner.after(step, known);
			return known;
		}),
	];
}

/** Neighbouring steps of one part become a part again; the last one gives what the last one gave before. */
function partsOf(steps: readonly Owned[], original: readonly Part[], entering: Metadata, planner: Planner): readonly Part[] {
	const last = original.at(-1);
	if (last === undefined) return [];
	if (steps.length === 0) return [{ ...last, steps: [], inputs: inputsFor(last, []) }];
	const before = metadataBefore(steps, entering, planner);
	const made: { part: Part; steps: Step[]; after: Metadata }[] = [];
	for (const [i, { part, step }] of steps.entries()) {
		const open = made.at(-1);
		const after = before[i + 1] ?? entering;
		if (open?.part === part) {
			open.steps.push(step);
			open.after = after;
		} else made.push({ part, steps: [step], after });
	}
	const end = Object.values(last.expected)[0];
	return made.map(({ part, steps: own, after }, i) => ({
		...part,
		steps: own,
		inputs: inputsFor(part, own),
		expected: { [outputPort(part)]: i === made.length - 1 && end !== undefined ? end : after },
	}));
}

/** The main input, and those further ones that these steps read. */
function inputsFor(part: Part, steps: readonly Step[]): Part['inputs'] {
	const main = mainPort(part);
	const read = besideOf(steps);
	return Object.fromEntries(Object.entries(part.inputs).filter(([port]) => port === main || read.has(port)));
}

/** The port whose value runs through the steps: not one that a step reads beside it. */
export function mainPort(part: Part): string | undefined {
	const beside = besideOf(part.steps);
	return Object.keys(part.inputs).find((port) => !beside.has(port));
}

function besideOf(steps: readonly Step[]): ReadonlySet<string> {
	return new Set(steps.flatMap((step) => ('input' in step ? [step.input] : [])));
}

/** Media have one output. */
export function outputPort(part: Part): string {
	return Object.keys(part.expected)[0] ?? '';
}
