/** What the planning of a change holds while it goes on. */
import { specOf } from '../../../nodes/catalogue.ts';
import type { Recipe } from '../../../nodes/graph.ts';
import { elementOf } from '../../../nodes/inference.ts';
import type { Metadata, Seen } from '../../../nodes/kinds.ts';
import type { Change } from '../edit.ts';
import type { PlanRequest } from '../plan.ts';
import { seenOfSources } from '../values.ts';
import { Outcome } from './outcome.ts';
import { type Reading, readAll } from './reading.ts';
import type { Goal, Span } from './text.ts';

/** The recipe, the changes to it so far, and which words of the goal are accounted for. */
export class EditState {
	readonly goal: Goal;
	readonly request: PlanRequest;
	readonly recipe: Recipe;
	readonly outcome: Outcome;
	readonly reading: Reading;
	readonly known: Record<string, Seen>;
	readonly covered: Span[] = [];
	readonly changes: Change[] = [];
	readonly bindings: Record<string, readonly number[]> = {};

	constructor(goal: Goal, request: PlanRequest, recipe: Recipe) {
		this.goal = goal;
		this.request = request;
		this.recipe = recipe;
		this.outcome = new Outcome(request.language);
		this.known = this.bind();
		const kind = Object.values(this.recipe.graph.nodes).find((node) => node.spec.startsWith('io.'))?.params.kind;
		const first = Object.values(this.known)[0];
		const metadata = first === undefined ? undefined : elementOf(first);
		this.reading = readAll(
			goal,
			request.sources.map((source) => source.readings),
			metadata ?? (typeof kind === 'string' ? ({ kind } as Metadata) : undefined),
		);
	}

	/** Source nodes of the recipe → the files at hand, in order. */
	private bind(): Record<string, Seen> {
		const known: Record<string, Seen> = {};
		const free = new Set(this.request.sources.keys());
		for (const [id, node] of Object.entries(this.recipe.graph.nodes)) {
			if (!node.spec.startsWith('io.')) continue;
			const kind = node.params.kind;
			const many = node.spec === 'io.folder';
			const found = [...free].filter((index) => this.request.sources[index]?.readings.some((one) => one.kind === kind)).slice(0, many ? undefined : 1);
			if (found.length === 0) continue;
			for (const index of found) free.delete(index);
			this.bindings[id] = found;
			const files = found.map((index) => this.request.sources[index]).filter((one) => one !== undefined);
			const reading = files[0]?.readings.find((one) => one.kind === kind);
			const seen = reading === undefined ? undefined : seenOfSources(files, reading.kind, many);
			if (seen !== undefined) known[id] = seen;
		}
		return known;
	}

	/** Notes a change and the words that ask for it. */
	change(change: Change, part: Span | undefined, node?: string): void {
		this.changes.push(change);
		if (part !== undefined) this.covered.push(part);
		this.outcome.ledger.push({ part: this.textOf(part), status: 'done', ...(node === undefined ? {} : { node }) });
	}

	/** Covers all words that a pattern finds. */
	cover(pattern: RegExp): void {
		for (const match of this.goal.text.matchAll(pattern)) this.covered.push({ start: match.index, end: match.index + match[0].length });
	}

	/** The words of a part as they were typed. */
	textOf(span: Span | undefined): string {
		return span === undefined ? '' : this.goal.original.slice(span.start, span.end).trim();
	}

	/** The first node that saves. */
	saveNode(): string | undefined {
		return Object.entries(this.recipe.graph.nodes).find(([, node]) => specOf(node.spec)?.saves === true)?.[0];
	}

	/** The node that was put in last. */
	lastNode(): string | undefined {
		return Object.keys(this.recipe.graph.nodes).at(-1);
	}
}
