import { join } from 'node:path';
import type { Recipe } from '../../nodes/graph.ts';
import { type BatchResult, type ItemResult, runBatch } from '../batch/batch.ts';
import { foresee } from '../batch/foresee.ts';
import { type Bound, bind, type Expanded, expand } from '../batch/inputs.ts';
import type { Item } from '../batch/items.ts';
import type { PassedOver } from '../batch/pair.ts';
import { hashOf } from '../engine/canonical.ts';
import { ItemLedger } from '../stores/ledger.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { Canary } from './canary.ts';
import { itemsFor, sourceOf } from './items.ts';
import { Progress } from './progress.ts';
import { loadRecipe, withSettings } from './recipes.ts';
import { addBatch, addPassedOver, emptyReport, errorOf, type Report } from './report.ts';
import { finish, type Session, withEngine } from './session.ts';

/** `millwright run RECIPE --in INPUT… --out DIR` */
export async function runCommand(args: Arguments): Promise<number> {
	const [name, ...more] = args.words;
	if (name === undefined) throw new UsageError('Expected a recipe: millwright run RECIPE --in INPUT… --out DIR.');
	if (args.values.out === undefined) throw new UsageError('Expected a folder for the results: --out DIR.');
	const recipe = withSettings(await loadRecipe(name), args.settings);
	return withEngine(async (session) => {
		const expanded = await expandInputs([...args.inputs, ...more], args, session);
		const report = emptyReport('done');
		report.recipe = recipe;
		await runRecipe({ recipe, bound: bind(recipe, expanded), args, session, report });
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
	readonly bound: Bound;
	readonly args: Arguments;
	readonly session: Session;
	readonly report: Report;
}

/** Runs a recipe over what is bound, and writes what came of it into the report. */
export async function runRecipe({ recipe, bound, args, session, report }: Running): Promise<void> {
	const { values, language } = args;
	const out = values.out ?? '.';
	const ledger = new ItemLedger<{ readonly outputs: readonly string[] }>(session.database);
	const batch = hashOf({ recipe: recipe.graph, out, node: sourceOf(bound, args) });
	const { items, bindings, passedOver } = await itemsFor({ recipe, bound, args, session });
	const now = memory.chosen(items, args);
	const canary = values.canary ? await Canary.among(now, recipe, session) : null;
	const only = new Set((canary?.items ?? now).map(({ item }) => item));
	const existing = values.resume || values['failed-only'] ? 'resume' : values.overwrite ? 'overwrite' : values['skip-existing'] ? 'skip' : 'error';
	const naming = { recipe, items, only, out, existing, ...(values.name === undefined ? {} : { name: values.name }) } as const;
	if (values['dry-run']) return dryRun(naming, report, args);
	const progress = new Progress();
	const result = await runBatch(
		{
			...naming,
			bindings,
			jobs: args.jobs ?? session.workers.cores * 2,
			stopOnError: values['stop-on-error'],
			signal: session.signal,
			priority: only.size > 1 ? 'batch' : 'interactive',
			...(args.timeout === null ? {} : { timeout: args.timeout }),
			onEvent: (event) => {
				progress.hear(event);
				if (event.type === 'item' && event.result.state !== 'running')
					ledger.put(batch, [{ item: event.result.item, state: event.result.state, body: { outputs: event.result.files.map((file) => file.path) } }]);
			},
		},
		session.engine,
	);
	progress.end();
	await addBatch(report, withPassedOver(result, passedOver), session.engine, language);
	addPassedOver(report, passedOver, language);
	canary?.tell(report, result, language);
	if (items.length === 0) report.next = language === 'zh' ? '表格没有数据行，未生成任何文件。' : 'The table has no rows, so nothing was made.';
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

function chosen(all: readonly Item[], args: Arguments, ledger: ItemLedger<unknown>, id: string): readonly Item[] {
	const failed = args.values['failed-only'] ? new Set(ledger.list(id).flatMap(({ item, state }) => (state === 'failed' ? [item] : []))) : null;
	const wanted = failed === null ? all : all.filter(({ item }) => failed.has(item));
	return args.limit === null ? wanted : wanted.slice(0, args.limit);
}

function dryRun(naming: Parameters<typeof foresee>[0], report: Report, args: Arguments): void {
	const { predicted, problems } = foresee(naming);
	report.outcome = problems.length > 0 ? 'failed' : 'planned';
	report.outputs = predicted.flatMap(({ item, paths }) => paths.map((path) => ({ item, node: '', path, kind: 'file', metadata: {} })));
	report.errors = problems.map((problem) => errorOf(problem, args.language));
	report.summary = { ...report.summary, items: predicted.length };
}
