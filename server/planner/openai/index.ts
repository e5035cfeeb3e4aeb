/**
 * The model planner: asks a language model for a plan, builds it with the same code as the offline planner, and goes back with what is
 * wrong, at most twice. The model sees the goal and the inputs' metadata; never a file's content, never a path.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Recipe } from '../../../nodes/graph.ts';
import { Cancelled, RunError } from '../../../nodes/problems.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Plan, PlanRequest } from '../plan.ts';
import { verify } from '../verify.ts';
import { type Answer, ask, type Message } from './ask.ts';
import { type Built, build, buildEdit, recipeOf, referencesOf } from './build.ts';
import { hostOf, type ModelConfig } from './config.ts';
import { type DraftChange, draftSchema, type EditDraft, editSchema, readChange, readStep, type Step, tidyDraft } from './draft.ts';
import { finished } from './finish.ts';
import { ArrayWatch, readJson } from './json.ts';
import { type Ledger, ledgerOf } from './ledger.ts';
import { aboutTokens, costOf, type Tokens } from './prices.ts';
import { goalMessage, systemMessage } from './prompt.ts';
import { type Faults, repairOf, withMended } from './repair.ts';
import { EDIT_SCHEMA, PLAN_SCHEMA, type Schema } from './schema.ts';

export { isConfigured, type ModelConfig, modelConfig, readModelSettings, writeModelSettings } from './config.ts';

export interface ModelTools {
	/** Tries a plan on proxies of the inputs and fills in `tried`. */
	readonly tryOut?: (plan: Plan) => Promise<Plan>;
	/** Waits; tests put their own in. */
	readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** Times that a model is asked to put its answer right. After that it is said what is wrong. */
const REPAIRS = 2;

/** Plans; with an engine, the plan is tried on the inputs, and what fails goes back to the model. */
export function planModel(request: PlanRequest, config: ModelConfig, engine: Engine | null): Promise<Plan> {
	return planWithModel(request, config, engine === null ? {} : { tryOut: (plan) => verify(plan, engine, request.sources, request.signal) });
}

/** What would be sent, and about what it would cost, before anything is. */
export function foretell(
	request: PlanRequest,
	config: ModelConfig,
): { host: string; model: string; tokens: number; cost: number | null; sends: readonly string[] } {
	const messages = [systemMessage(), goalMessage(request, referencesOf(request.sources))];
	const tokens = messages.reduce((sum, message) => sum + aboutTokens(message.content), 0);
	const cost = costOf(config.model, { prompt: tokens, cached: 0, completion: 800 });
	return { host: hostOf(config), model: config.model, tokens, cost, sends: request.sources.map((source) => source.name) };
}

/** One answer, read and built. */
interface Round {
	readonly draft: ReturnType<typeof readDraft>;
	readonly built: Built | null;
	readonly ledger: Ledger | null;
	readonly faults: Faults;
}

/**
 * Plans.
 * @throws RunError `model.…` when the model can't be asked or never answers with a plan; Cancelled.
 */
export async function planWithModel(request: PlanRequest, config: ModelConfig, tools: ModelTools = {}): Promise<Plan> {
	const system = systemMessage();
	const messages: Message[] = [system, goalMessage(request, referencesOf(request.sources))];
	const editing = request.recipe !== undefined;
	const usage = new Usage(config);
	const say = (schema: Schema, more: readonly Message[], onText?: (text: string) => void) =>
		ask(
			{
				config,
				wait: tools.wait ?? waiting,
				...(request.signal === undefined ? {} : { signal: request.signal }),
				...(onText === undefined ? {} : { onText }),
			},
			{ messages: [...messages, ...more], schema, cacheKey: `millwright-${system.content.length}` },
		);
	let answer = usage.add(await say(editing ? EDIT_SCHEMA : PLAN_SCHEMA, [], drawing(request)));
	let round = examine(request, answer);
	let plan = finished(request, round, usage.plan());
	for (let repairs = 0; ; repairs += 1) {
		if (round.built !== null && round.faults.problems.length === 0 && round.faults.empty.length === 0 && tools.tryOut !== undefined) {
			plan = await tools.tryOut(plan);
			round = { ...round, faults: { ...round.faults, problems: worthMending(plan) } };
		}
		if (repairs >= REPAIRS || !(round.faults.unreadable || round.faults.problems.length > 0 || round.faults.empty.length > 0)) break;
		const draft = round.draft !== null && 'steps' in round.draft ? round.draft : null;
		const repair = repairOf(answer.text, draft, round.built, round.faults, editing);
		answer = usage.add(await say(repair.schema, repair.messages, repair.steps === null ? drawing(request) : undefined));
		const mended = repair.steps === null || draft === null ? null : withMended(draft, repair.steps, answer.text);
		// What the model is reminded of next time is its whole plan, not the part that it gave again.
		if (mended !== null) answer = { ...answer, text: JSON.stringify(mended), stopped: false };
		round = better(round, examine(request, answer));
		plan = finished(request, round, usage.plan());
	}
	if (round.built === null) throw new RunError('model.malformed', { model: config.model });
	return { ...plan, usage: usage.plan() };
}

/** An answer that can't be read doesn't take the place of one that could. */
function better(before: Round, after: Round): Round {
	return after.built === null && before.built !== null ? before : after;
}

function worthMending(plan: Plan): Faults['problems'] {
	const problems = plan.tried?.problems ?? [];
	if (problems.some((problem) => problem.type === 'cancelled')) throw new Cancelled();
	return problems.filter((problem) => problem.resource !== true);
}

function readDraft(request: PlanRequest, answer: Answer) {
	if (answer.stopped) return null;
	const value = readJson(answer.text);
	if (request.recipe !== undefined) return editSchema.safeParse(value).data ?? null;
	const draft = draftSchema.safeParse(value).data;
	return draft === undefined ? null : tidyDraft(draft, [...referencesOf(request.sources), 'inputs']);
}

function examine(request: PlanRequest, answer: Answer): Round {
	const draft = readDraft(request, answer);
	if (draft === null) return { draft, built: null, ledger: null, faults: { unreadable: true, problems: [], empty: [] } };
	const built = rebuild(request, draft);
	const references = new Set([...referencesOf(request.sources), 'inputs']);
	// An edit has done something only where something is different.
	const exists =
		request.recipe === undefined
			? (id: string) => built.graph.nodes[id] !== undefined || references.has(id)
			: (id: string) => built.touched.includes(id) || (built.graph.nodes[id] === undefined && isRemoved(draft, id));
	const ledger = ledgerOf(
		request.goal,
		draft.understanding,
		draft.requirements,
		draft.questions.map((one) => ({ text: one.text })),
		exists,
		request.language,
	);
	return { draft, built, ledger, faults: { unreadable: false, problems: built.problems, empty: ledger.empty } };
}

function rebuild(request: PlanRequest, draft: NonNullable<ReturnType<typeof readDraft>>): Built {
	if (request.recipe !== undefined && 'changes' in draft) return buildEdit(draft.changes, request.recipe, request.sources);
	return build('steps' in draft ? draft.steps : [], request.sources, 'steps' in draft ? draft.outputs : []);
}

/** "Remove the blur" is done by the node that is gone. */
function isRemoved(draft: object, id: string): boolean {
	return 'changes' in draft && (draft as EditDraft).changes.some((change) => change.kind === 'remove_and_bridge' && change.node === id);
}

/** Draws steps, or changes, as they are settled. */
function drawing(request: PlanRequest): (text: string) => void {
	const { onNode, recipe } = request;
	if (onNode === undefined) return () => {};
	const watch = new ArrayWatch(recipe === undefined ? 'steps' : 'changes');
	const steps: Step[] = [];
	const changes: DraftChange[] = [];
	const drawn = new Set<string>();
	const draw = (built: Built): void => {
		const soFar: Recipe = recipeOf(request, built.graph, [], []);
		for (const id of built.touched.filter((one) => !drawn.has(one))) {
			drawn.add(id);
			onNode(id, soFar);
		}
	};
	return (text) => {
		for (const value of watch.read(text)) {
			if (recipe === undefined) {
				const step = readStep(value);
				if (step === null) continue;
				steps.push(step);
				draw(build(steps, request.sources));
			} else {
				const change = readChange(value);
				if (change === null) continue;
				changes.push(change);
				draw(buildEdit(changes, recipe, request.sources));
			}
		}
	};
}

async function waiting(milliseconds: number, signal?: AbortSignal): Promise<void> {
	await pause(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}

/** Tokens over all questions of a plan. */
class Usage {
	readonly #config: ModelConfig;
	#tokens: Tokens | null = null;

	constructor(config: ModelConfig) {
		this.#config = config;
	}

	add(answer: Answer): Answer {
		const { tokens } = answer;
		const sum = this.#tokens ?? { prompt: 0, cached: 0, completion: 0 };
		if (tokens !== null)
			this.#tokens = { prompt: sum.prompt + tokens.prompt, cached: sum.cached + tokens.cached, completion: sum.completion + tokens.completion };
		return answer;
	}

	plan(): Plan['usage'] {
		const tokens = this.#tokens;
		return { planner: 'openai', model: this.#config.model, tokens, cost: tokens === null ? null : costOf(this.#config.model, tokens) };
	}
}
