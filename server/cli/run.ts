import { join } from 'node:path';
import type { Recipe } from '../../nodes/graph.ts';
import { type BatchResult, type ItemResult, runBatch } from '../batch/batch.ts';
import { estimate } from '../batch/estimate.ts';
import { foresee } from '../batch/foresee.ts';
import { type Bound, bind, type Expanded, expand } from '../batch/inputs.ts';
import type { PassedOver } from '../batch/pair.ts';
import type { BatchRequest } from '../batch/request.ts';
import { reportFileOf, writeReportFile } from './account.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { Canary } from './canary.ts';
import { itemsFor, sourceOf } from './items.ts';
import { BatchMemory } from './memory.ts';
import { Progress } from './progress.ts';
import { loadRecipe, withSettings } from './recipes.ts';
import { addBatch, addPassedOver, emptyReport, errorOf, type Report } from './report.ts';
import { finish, type Session, withEngineFor } from './session.ts';

/** `millwright run RECIPE --in INPUT… --out DIR` */
export async function runCommand(args: Arguments): Promise<number> {
	const [name, ...more] = args.words;
	if (name === undefined) throw new UsageError('Expected a recipe: millwright run RECIPE --in INPUT… --out DIR.');
	if (args.values.out === undefined) throw new UsageError('Expected a folder for the results: --out DIR.');
	const plain = await loadRecipe(name);
	const recipe = withSettings(plain, args.settings);
	return withEngineFor(args, async (session) => {
		const expanded = await expandInputs([...args.inputs, ...more], args, session);
		const report = emptyReport('done');
		report.recipe = recipe;
		await runRecipe({ plain, recipe, bound: bind(recipe, expanded), args, session, report });
		return finish(report, args);
	});
}

/** `photo=a.jpg` names an input; anything else is taken in order. */
export function expandInputs(inputs: readonly string[], args: Arguments, session: Session): Promise<Expanded[]> {
	const named = inputs.map((text) => {
		const found = /^([A-Za-z0-9_-]{1,64})=(.+)$/s.exec(text);
		return found === null ? { input: text, name: null } : { input: found[2] ?? '', name: found[1] ?? null };
	});
	return expand(named, join(session.home.inputs, 'archives'), args.values.out === undefined ? {} : { except: [args.values.out] });
}

interface Running {
	readonly recipe: Recipe;
	/** The recipe without `--set`. */
	readonly plain: Recipe;
	readonly bound: Bound;
	readonly args: Arguments;
	readonly session: Session;
	readonly report: Report;
}

/** Runs a recipe over what is bound, and writes what came of it into the report. */
export async function runRecipe({ plain, recipe, bound, args, session, report }: Running): Promise<void> {
	const { values, language } = args;
	const out = values.out ?? '.';
	const started = new Date();
	const memory = new BatchMemory({ recipe: plain, out, source: sourceOf(bound, args) }, session);
	const { items, bindings, passedOver } = await itemsFor({ recipe, bound, args, session });
	const now = memory.chosen(items, args);
	const canary = values.canary ? await Canary.among(now, recipe, session) : null;
	const only = new Set((canary?.items ?? now).map(({ item }) => item));
	const request = { recipe, items, only, bindings, out, jobs: args.jobs ?? session.workers.cores * 2, ...ruleOf(args) } as const;
	if (values['dry-run']) return dryRun(request, report, { args, session });
	const file = await reportFileOf(
		args,
		[...items.flatMap(({ files }) => Object.values(files)), ...Object.values(bindings).flat()].map(({ path }) => path),
	);
	const progress = new Progress();
	const record = memory.record(goesOn(args));
	const result = await runBatch(
		{
			...request,
			stopOnError: values['stop-on-error'],
			signal: session.signal,
			priority: only.size > 1 ? 'batch' : 'interactive',
			...(args.timeout === null ? {} : { timeout: args.timeout }),
			record,
			onEvent: (event) => {
				progress.hear(event);
				memory.hear(event);
			},
		},
		session.engine,
	);
	report.batch = memory.end(record);
	progress.end();
	const whole = withPassedOver(result, passedOver);
	await addBatch(report, whole, session.engine, language);
	addPassedOver(report, passedOver, language);
	canary?.tell(report, result, language);
	if (items.length === 0) report.next = language === 'zh' ? '表格没有数据行，未生成任何文件。' : 'The table has no rows, so nothing was made.';
	if (file !== null) await writeReportFile(file, report, whole, started);
}

/** It goes on with an earlier batch. */
function goesOn({ values }: Arguments): boolean {
	return values.resume || values['failed-only'] || values['only-failed-of'] !== undefined;
}

/** How results are called, and what happens where a file is already. */
function ruleOf(args: Arguments): Pick<BatchRequest, 'existing' | 'name' | 'commit'> {
	const { values, commit } = args;
	const existing = values.overwrite ? 'overwrite' : values['skip-existing'] ? 'skip' : goesOn(args) ? 'resume' : 'error';
	return { existing, ...(values.name === undefined ? {} : { name: values.name }), ...(commit === null ? {} : { commit }) };
}

/** Files of other kinds in a folder, and those without a partner, are counted as skipped, never dropped in silence. */
function withPassedOver(result: BatchResult, passedOver: readonly PassedOver[]): BatchResult {
	const skipped = passedOver.map(({ found }): ItemResult => ({ item: found.item, state: 'skipped', files: [], answers: [], checks: [], problems: [] }));
	return {
		...result,
		items: [...result.items, ...skipped],
		counts: { ...result.counts, total: result.counts.total + skipped.length, skipped: result.counts.skipped + skipped.length },
	};
}

async function dryRun(request: BatchRequest, report: Report, { args, session }: Pick<Running, 'args' | 'session'>): Promise<void> {
	const { predicted, problems } = foresee(request);
	report.outcome = problems.length > 0 ? 'failed' : 'planned';
	report.outputs = predicted.flatMap(({ item, paths }) => paths.map((path) => ({ item, node: '', path, kind: 'file', metadata: {} })));
	report.errors = problems.map((problem) => errorOf(problem, args.language));
	report.summary = { ...report.summary, items: predicted.length };
	const items = request.items.filter(({ item }) => request.only?.has(item) !== false);
	report.estimate = await estimate({ ...request, items }, session.engine, session.workers.cores);
}
