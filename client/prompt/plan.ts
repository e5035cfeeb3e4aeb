/** A goal on its way to a graph: planning, trying, the plan, and, for edits, the proposal that waits to be accepted. */
import { create } from 'zustand';
import type { Recipe } from '../../nodes/graph.ts';
import { type Problem, problemOf } from '../../nodes/problems.ts';
import type { InputBindings, Plan, PlanBody, PlanEvent } from '../../server/http/api.ts';
import { api, Unreachable } from '../app/api.ts';
import { listen } from '../app/events.ts';
import { recall } from '../app/inputs.ts';
import { sayNow } from '../app/language.ts';
import { notify, showPanel, useUi } from '../app/ui.ts';
import { accepted, changesBetween } from '../canvas/changes.ts';
import { currentDoc, edit, select, withPlaces } from '../canvas/document.ts';
import { fitAll } from '../canvas/view.ts';
import { isSource } from '../catalogue/sources.ts';

interface Proposal {
	readonly recipe: Recipe;
	readonly bindings: InputBindings;
	/** Nodes whose change is to be taken. */
	readonly chosen: ReadonlySet<string>;
}

interface PlanState {
	readonly phase: 'idle' | 'planning' | 'trying' | 'planned' | 'failed';
	readonly goal: string;
	readonly plan: Plan | null;
	readonly problem: Problem | null;
	/** What there is so far, while a new graph is planned. */
	readonly draft: Recipe | null;
	readonly proposal: Proposal | null;
	/** Text of the prompt. */
	readonly words: string;
}

export const usePlan = create<PlanState>(() => ({ phase: 'idle', goal: '', plan: null, problem: null, draft: null, proposal: null, words: '' }));

let current: { id: string | null; stop: () => void } | null = null;

/** Whether a goal is an edit: there is more on the canvas than files. */
export const isEdit = () => Object.values(currentDoc().recipe.graph.nodes).some((node) => !isSource(node));

/** Plans a goal: a new graph over the given files, or a change of the graph that is there. */
export async function planGoal(goal: string): Promise<void> {
	cancelPlan();
	const { recipe, bindings } = currentDoc();
	const editing = isEdit();
	const { planner, language } = useUi.getState();
	const body: PlanBody = { goal, planner, language, inputs: [...new Set(Object.values(bindings).flat())], ...(editing ? { recipe, bindings } : {}) };
	usePlan.setState({ phase: 'planning', goal, plan: null, problem: null, draft: null, proposal: null });
	const mine: { id: string | null; stop: () => void } = { id: null, stop: () => undefined };
	current = mine;
	try {
		const { id } = await api.plan(body);
		if (current !== mine) return void api.cancelPlan(id).catch(() => undefined);
		mine.id = id;
		mine.stop = listen<PlanEvent>(`/api/plans/${encodeURIComponent(id)}/events`, (event) => take(event, editing), lost);
	} catch (error) {
		if (current === mine) failed(error);
	}
}

function failed(error: unknown): void {
	current = null;
	if (error instanceof Unreachable) {
		notify(sayNow('net.unreachable'), 'bad');
		usePlan.setState({ phase: 'idle', draft: null, words: usePlan.getState().goal });
	} else usePlan.setState({ phase: 'failed', draft: null, problem: problemOf(error) });
}

const lost = () => failed(new Unreachable('the stream of the plan ended'));

function take(event: PlanEvent, editing: boolean): boolean {
	if (event.type === 'state') usePlan.setState({ phase: event.state });
	else if (event.type === 'node') {
		if (!editing) usePlan.setState({ draft: event.recipe });
	} else if (event.type === 'failed') {
		current = null;
		usePlan.setState({ phase: 'failed', draft: null, problem: event.problem });
		return true;
	} else {
		current = null;
		void settle(event.plan, event.bindings, editing);
		return true;
	}
	return false;
}

async function settle(plan: Plan, bindings: InputBindings, editing: boolean): Promise<void> {
	await recall(Object.values(bindings).flat());
	const recipe = plan.recipe;
	// What was refused changes nothing: the canvas stays as it was, the words stay to be mended.
	if (recipe === undefined || plan.outcome === 'refused') return usePlan.setState({ phase: 'planned', plan, draft: null, words: usePlan.getState().goal });
	if (!editing) {
		usePlan.setState({ phase: 'planned', plan, draft: null, words: '' });
		replace(recipe, bindings);
		return;
	}
	const changes = changesBetween(currentDoc().recipe.graph, recipe.graph);
	const proposal = changes.length === 0 ? null : { recipe: withPlaces(recipe), bindings, chosen: new Set(changes.map((change) => change.node)) };
	usePlan.setState({ phase: 'planned', plan, draft: null, proposal, ...(proposal === null ? {} : { words: '' }) });
	if (proposal === null && plan.outcome === 'planned') notify(sayNow('plan.nothing-changed'));
}

function replace(recipe: Recipe, bindings: InputBindings): void {
	const whole = withPlaces(recipe);
	edit((doc) => {
		const kept = doc.recipe.graph.notes;
		doc.recipe = structuredClone(whole);
		if (kept !== undefined && doc.recipe.graph.notes === undefined) doc.recipe.graph.notes = kept;
		doc.bindings = Object.fromEntries(Object.entries(bindings).map(([id, ids]) => [id, [...ids]]));
	});
	select([]);
	setTimeout(fitAll, 80);
}

/** Takes the chosen changes of the proposal. */
export function acceptProposal(): void {
	const { proposal } = usePlan.getState();
	if (proposal === null) return;
	const before = currentDoc();
	const recipe = accepted(before.recipe, proposal.recipe, proposal.chosen);
	usePlan.setState({ proposal: null });
	replace(recipe, { ...before.bindings, ...Object.fromEntries(Object.entries(proposal.bindings).filter(([id]) => recipe.graph.nodes[id] !== undefined)) });
}

export function rejectProposal(): void {
	usePlan.setState(({ goal }) => ({ proposal: null, plan: null, phase: 'idle', words: goal }));
}

export function chooseChange(node: string, take: boolean): void {
	const { proposal } = usePlan.getState();
	if (proposal === null) return;
	const chosen = new Set(proposal.chosen);
	if (take) chosen.add(node);
	else chosen.delete(node);
	usePlan.setState({ proposal: { ...proposal, chosen } });
}

export function cancelPlan(): void {
	const running = current;
	current = null;
	running?.stop();
	if (running?.id != null) void api.cancelPlan(running.id).catch(() => undefined);
	const { phase, goal } = usePlan.getState();
	if (phase === 'planning' || phase === 'trying') usePlan.setState({ phase: 'idle', draft: null, words: goal });
}

/** Puts the plan's card away. */
export function closePlan(): void {
	usePlan.setState({ phase: 'idle', plan: null, problem: null });
}

/** Shows where a parameter is set. */
export function pointAt(node: string, param: string | undefined): void {
	select([node]);
	showPanel('node');
	useUi.setState({ focusParam: param ?? null });
}
