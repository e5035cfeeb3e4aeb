/** What a plan says beside its graph, gathered while planning. */
import type { Assumption } from '../../../nodes/graph.ts';
import { fill, type Language, type MessageKey, say, type Values } from '../../../nodes/messages/index.ts';
import { planner as messages } from '../../../nodes/messages/planner.ts';
import type { LedgerRow, Plan } from '../plan.ts';

type Key = keyof typeof messages & MessageKey;

export class Outcome {
	readonly language: Language;
	readonly assumptions: Assumption[] = [];
	readonly questions: Plan['questions'][number][] = [];
	readonly refusals: { part: string; reason: string }[] = [];
	readonly ledger: LedgerRow[] = [];
	readonly notUnderstood: string[] = [];

	constructor(language: Language) {
		this.language = language;
	}

	/** States something that the goal didn't say. `values` may differ by language. */
	assume(
		key: Key,
		values: Values | { readonly en: Values; readonly zh: Values },
		at: { readonly node?: string; readonly param?: string; readonly value?: unknown } = {},
	): void {
		const words = messages[key];
		const [en, zh] = isBoth(values) ? [values.en, values.zh] : [values, values];
		this.assumptions.push({ text: { en: fill(words.en, en, 'en'), zh: fill(words.zh, zh, 'zh') }, ...at });
	}

	ask(key: Key, values: Values, at: { readonly node?: string; readonly param?: string; readonly choices?: readonly string[] } = {}): void {
		this.questions.push({ text: say(this.language, key, values), ...at });
	}

	refuse(part: string, key: Key, values: Values): void {
		this.refuseWith(part, say(this.language, key, values));
	}

	refuseWith(part: string, reason: string): void {
		if (this.refusals.some((one) => one.part === part)) return;
		this.refusals.push({ part, reason });
		this.ledger.push({ part, status: 'refused', reason });
	}
}

function isBoth(values: Values | { readonly en: Values; readonly zh: Values }): values is { readonly en: Values; readonly zh: Values } {
	return typeof values.en === 'object' && !Array.isArray(values.en);
}
