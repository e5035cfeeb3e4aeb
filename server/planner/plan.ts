/** What goes into a planner and what comes out; both planners share it. */
import type { Assumption, Check, Recipe } from '../../nodes/graph.ts';
import type { Problem } from '../../nodes/problems.ts';
import type { CheckResult, Source } from '../engine/engine.ts';

/** What both planners give back. */
export interface Plan {
	readonly outcome: 'planned' | 'needs-answer' | 'refused';
	/** Absent only when nothing could be planned. */
	readonly recipe?: Recipe;
	/** Every part of the goal, and what became of it. */
	readonly ledger: readonly LedgerRow[];
	readonly checks: readonly Check[];
	readonly assumptions: readonly Assumption[];
	readonly questions: readonly { readonly text: string; readonly node?: string; readonly param?: string; readonly choices?: readonly string[] }[];
	readonly refusals: readonly { readonly part: string; readonly reason: string }[];
	readonly notUnderstood: readonly string[];
	/** Which source (index into the inputs) each source node was planned for. */
	readonly bindings: Readonly<Record<string, readonly number[]>>;
	/** 0…1. */
	readonly confidence: number;
	readonly usage: {
		readonly planner: 'offline' | 'openai';
		readonly model: string | null;
		readonly tokens: { readonly prompt: number; readonly cached: number; readonly completion: number } | null /** US dollars. */;
		readonly cost: number | null;
	};
	/** The result of trying it on proxies of the inputs; null when there was nothing to try it on. */
	readonly tried: { readonly ok: boolean; readonly problems: readonly Problem[]; readonly checks: readonly CheckResult[] } | null;
}

export interface LedgerRow {
	/** The words of the goal. */
	readonly part: string;
	readonly status: 'done' | 'assumed' | 'asked' | 'refused' | 'not-understood';
	readonly node?: string;
	readonly reason?: string;
}

export interface PlanRequest {
	readonly goal: string;
	readonly sources: readonly Source[];
	readonly language: 'en' | 'zh';
	/** For an edit: the recipe to change. */
	readonly recipe?: Recipe;
	readonly signal?: AbortSignal;
	/** A plan streams: nodes as they are settled. */
	readonly onNode?: (node: string, recipe: Recipe) => void;
	/** The draft is settled and is being tried on the inputs. */
	readonly onTry?: () => void;
}
