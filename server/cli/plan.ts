import { writeFile } from 'node:fs/promises';
import { type Recipe, writeRecipe } from '../../nodes/graph.ts';
import { ProblemError } from '../../nodes/problems.ts';
import { type Bound, type Expanded, labelOf, listsOf, sourceNodes, suits } from '../batch/inputs.ts';
import type { PassedOver } from '../batch/pair.ts';
import type { Found } from '../batch/walk.ts';
import type { Source } from '../engine/engine.ts';
import { plan } from '../planner/index.ts';
import type { Plan } from '../planner/plan.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { loadRecipe, withSettings } from './recipes.ts';
import { addPlan, emptyReport, type Report } from './report.ts';
import { expandInputs, runRecipe } from './run.ts';
import { finish, type Session, withEngine, withEngineFor } from './session.ts';

/** So many files of a folder are looked at before planning; the rest are taken to be alike. */
const SAMPLES = 8;

/** `millwright plan "<goal>" [input…]` */
export async function planCommand(args: Arguments): Promise<number> {
	const [goal, ...inputs] = args.words;
	if (goal === undefined || goal.trim() === '') throw new UsageError('Expected a goal: millwright plan "<goal>" [input…].');
	return withEngine(async (session) => {
		const { report, planned } = await drafted({ goal, inputs: [...inputs, ...args.inputs], args, session });
		await writeOut(planned.recipe, args);
		return finish(report, args);
	});
}

/** `millwright do "<goal>" [input…] --out DIR` */
export async function doCommand(args: Arguments): Promise<number> {
	const [goal, ...inputs] = args.words;
	if (goal === undefined || goal.trim() === '') throw new UsageError('Expected a goal: millwright do "<goal>" [input…] --out DIR.');
	if (args.values.out === undefined) throw new UsageError('Expected a folder for the results: --out DIR.');
	return withEngineFor(args, async (session) => {
		const { report, planned, samples, expanded } = await drafted({ goal, inputs: [...inputs, ...args.inputs], args, session });
		await writeOut(planned.recipe, args);
		if (report.outcome !== 'planned' || planned.recipe === undefined) return finish(report, args);
		const recipe = withSettings(planned.recipe, args.settings);
		report.recipe = recipe;
		await runRecipe({ plain: planned.recipe, recipe, bound: boundBy(planned, recipe, samples, expanded), args, session, report });
		return finish(report, args);
	});
}

/** `millwright edit RECIPE "<change>" [--in INPUT…]` */
export async function editCommand(args: Arguments): Promise<number> {
	const [name, change, ...inputs] = args.words;
	if (name === undefined || change === undefined) throw new UsageError('Expected a recipe and a change: millwright edit RECIPE "<change>".');
	const recipe = await loadRecipe(name);
	return withEngine(async (session) => {
		const { report, planned } = await drafted({ goal: change, inputs: [...inputs, ...args.inputs], args, session, recipe });
		await writeOut(planned.recipe, args);
		return finish(report, args);
	});
}

interface Drafting {
	readonly goal: string;
	readonly inputs: readonly string[];
	readonly args: Arguments;
	readonly session: Session;
	readonly recipe?: Recipe;
}

/** A file that was looked at before planning, and the input that it came with. */
interface Sample {
	readonly source: Source;
	readonly found: Found;
	readonly input: number;
}

interface Drafted {
	readonly report: Report;
	readonly planned: Plan;
	readonly samples: readonly Sample[];
	readonly expanded: readonly Expanded[];
}

async function drafted({ goal, inputs, args, session, recipe }: Drafting): Promise<Drafted> {
	const expanded = await expandInputs(inputs, args, session);
	const samples = await sampled(expanded, session);
	const startedAt = performance.now();
	const sources = samples.map((sample) => sample.source);
	const planned = await plan(
		{ goal, sources, language: args.language, signal: session.signal, ...(recipe === undefined ? {} : { recipe }) },
		{ planner: args.planner },
		null,
	);
	const report = emptyReport(outcomeOf(planned, args));
	addPlan(report, planned, args.language, performance.now() - startedAt);
	return { report, planned, samples, expanded };
}

/** `--yes` goes ahead where there is a complete plan and only a confirmation is wanted. */
function outcomeOf(planned: Plan, args: Arguments): 'planned' | 'needs-answer' | 'refused' {
	const complete = planned.recipe !== undefined && planned.outcome === 'needs-answer' && planned.notUnderstood.length === 0 && planned.refusals.length === 0;
	return args.values.yes && complete ? 'planned' : planned.outcome;
}

/** Looks at every named file, and at the first ones of every folder; files of a folder that can't be read are passed over here and named later. */
async function sampled(expanded: readonly Expanded[], { engine }: Session): Promise<Sample[]> {
	const looked = expanded.map(async ({ files }, input) => {
		const samples: Sample[] = [];
		for (const found of files) {
			if (samples.length >= SAMPLES && found.listed) break;
			try {
				samples.push({ source: await engine.look(found.path), found, input });
			} catch (error) {
				if (!found.listed || !(error instanceof ProblemError)) throw error;
			}
		}
		return samples;
	});
	return (await Promise.all(looked)).flat();
}

/** A source node that was planned for a file of a folder gets all files of that folder. */
function boundBy(planned: Plan, recipe: Recipe, samples: readonly Sample[], expanded: readonly Expanded[]): Bound {
	const files: Record<string, readonly Found[]> = {};
	const passedOver: PassedOver[] = [];
	const nodes = sourceNodes(recipe);
	for (const node of nodes) {
		const { id, kind, many } = node;
		const own = (planned.bindings[id] ?? []).flatMap((index) => samples[index] ?? []);
		const folders = new Set(own.flatMap(({ found, input }) => (found.listed ? [input] : [])));
		const all = [...own.filter(({ found }) => !found.listed).map(({ found }) => found), ...[...folders].flatMap((input) => expanded[input]?.files ?? [])];
		const alike =
			!many && nodes.length === 1 && own.length === 1 && folders.size === 0
				? samples.filter(({ source }) => source.readings.some((one) => one.kind === kind)).map(({ found }) => found)
				: all;
		const fitting = alike.filter((found) => !found.listed || suits(found, kind));
		passedOver.push(...alike.filter((found) => !fitting.includes(found)).map((found) => ({ found, input: labelOf(node), reason: 'kind' }) as const));
		if (fitting.length > 0) files[id] = fitting;
	}
	return { files, lists: listsOf(nodes, files), passedOver };
}

async function writeOut(recipe: Recipe | undefined, args: Arguments): Promise<void> {
	if (args.values.output !== undefined && recipe !== undefined) await writeFile(args.values.output, writeRecipe(recipe));
}
