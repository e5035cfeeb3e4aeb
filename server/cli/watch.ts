import { basename, join, relative } from 'node:path';
import { say } from '../../nodes/messages/index.ts';
import { GraphError, type Problem, ProblemError, sayProblem } from '../../nodes/problems.ts';
import type { BatchResult, ItemResult } from '../batch/batch.ts';
import { expand } from '../batch/inputs.ts';
import type { Found } from '../batch/walk.ts';
import { hashOf } from '../engine/canonical.ts';
import type { Bindings } from '../engine/engine.ts';
import { ItemLedger } from '../stores/ledger.ts';
import { Memory, type Remembered } from '../watch/memory.ts';
import { placesIn } from '../watch/scan.ts';
import { FolderWatch, PACE, type WatchEvent } from '../watch/watch.ts';
import { type Arguments, durationOf, UsageError } from './arguments.ts';
import { loadRecipe, withSettings } from './recipes.ts';
import { addBatch, addPassedOver, emptyReport } from './report.ts';
import { finish, type Session, withEngine } from './session.ts';
import { type NamedInput, namedInput, realOf, watchedOf } from './watched.ts';

/** `millwright watch RECIPE --in DIR --out DIR [--once]` */
export async function watchCommand(args: Arguments): Promise<number> {
	const [name, ...more] = args.words;
	const { values, language } = args;
	if (name === undefined) throw new UsageError('Expected a recipe: millwright watch RECIPE --in DIR --out DIR.');
	if (values.out === undefined) throw new UsageError('Expected a folder for the results: --out DIR.');
	const every = values.every === undefined ? PACE.every : durationOf('every', values.every);
	const settle = values.settle === undefined ? PACE.settle : durationOf('settle', values.settle);
	const recipe = withSettings(await loadRecipe(name), args.settings);
	const watched = watchedOf(recipe, [...args.inputs, ...more].map(namedInput));
	const place = { folder: realOf(watched.folder), out: realOf(values.out) };
	if (values.overwrite && placesIn(place)) throw new GraphError('watch.overwrite', { path: watched.folder });
	const { pattern, node, kind } = watched;
	return withEngine(async (session) => {
		const memory = new Memory(
			new ItemLedger<Remembered>(session.database),
			hashOf({ watch: recipe.graph, ...place, node, name: values.name ?? null, others: watched.others.map(({ input }) => realOf(input)) }),
		);
		const lines = new Lines(args);
		const watch = new FolderWatch(
			{
				recipe,
				node,
				kind,
				places: async () => ({ folder: realOf(watched.folder), out: place.out }),
				bindings: () => othersOf(watched.others, session),
				...(pattern === null ? {} : { pattern }),
				recursive: pattern === null,
				existing: values.overwrite ? 'overwrite' : values['skip-existing'] ? 'skip' : 'resume',
				...(values.name === undefined ? {} : { name: values.name }),
				jobs: args.jobs ?? session.workers.cores * 2,
				...(args.timeout === null ? {} : { timeout: args.timeout }),
				pace: { settle, every },
			},
			memory,
			session.engine,
			(event) => lines.hear(event),
		);
		if (values.retry) watch.retry();
		const startedAt = performance.now();
		if (!values.once) lines.say(started(language, watched.folder, every));
		await (values.once ? watch.once(session.signal) : watch.follow(session.signal));
		if (values.once && watch.trouble !== null) throw new ProblemError(watch.trouble);
		const report = emptyReport('done');
		report.recipe = recipe;
		await addBatch(report, lines.result((performance.now() - startedAt) / 1000, watch.passedOver), session.engine, language);
		addPassedOver(
			report,
			watch.passedOver.map((found) => ({ found, input: basename(watched.folder), reason: 'kind' })),
			language,
		);
		return finish(values.json ? report : { ...report, outputs: [], errors: [] }, args);
	});
}

/** What a person reads while the watch goes on, and all of it as one batch for the report. */
class Lines {
	readonly #args: Arguments;
	readonly #results = new Map<string, ItemResult>();

	constructor(args: Arguments) {
		this.#args = args;
	}

	hear(event: WatchEvent): void {
		if (event.type === 'item') {
			this.#results.set(event.result.item, event.result);
			this.say(this.#line(event.result));
		} else if (event.problem !== null) console.error(sayProblem(this.#args.language, event.problem));
	}

	/** With `--json`, stdout is the report's. */
	say(line: string): void {
		if (this.#args.values.json) console.error(line);
		else console.log(line);
	}

	#line({ item, state, files, problems, checks }: ItemResult): string {
		const { language } = this.#args;
		if (state === 'failed') return `✗ ${item}: ${problems.map((problem: Problem) => say(language, problem.key, problem.values)).join(' ')}`;
		const mark = checks.some((check) => !check.ok) ? '✗' : '✓';
		const shown = files.map(({ path }) => relative('.', path));
		return `${state === 'skipped' ? '·' : mark} ${item}${shown.length === 0 ? '' : ` → ${shown.join(', ')}`}`;
	}

	/** @param passedOver files of other kinds: counted, never dropped in silence */
	result(seconds: number, passedOver: readonly Found[]): BatchResult {
		const skipped = passedOver.map(({ item }): ItemResult => ({ item, state: 'skipped', files: [], answers: [], checks: [], problems: [] }));
		const items = [...this.#results.values(), ...skipped];
		const count = (...states: readonly ItemResult['state'][]) => items.filter(({ state }) => states.includes(state)).length;
		const counts = { total: items.length, done: count('done', 'cached'), failed: count('failed'), skipped: count('skipped'), cached: count('cached') };
		const state = counts.failed === 0 ? 'done' : counts.done + counts.skipped === 0 ? 'failed' : 'partial';
		return { items, counts, seconds, state, problems: [] };
	}
}

/** Files that are the same for every item, as they are now. */
async function othersOf(others: readonly NamedInput[], { engine, home }: Session): Promise<Bindings> {
	const expanded = await expand(others, join(home.inputs, 'archives'));
	const bound = expanded.map(async ({ name, files }) => [name ?? '', await Promise.all(files.map(({ path }) => engine.look(path)))] as const);
	return Object.fromEntries(await Promise.all(bound));
}

function started(language: Arguments['language'], folder: string, every: number): string {
	const seconds = Math.round(every / 100) / 10;
	return language === 'zh'
		? `正在监视 ${folder}（除系统通知外，每 ${seconds} 秒检查一次）。按 Ctrl-C 停止。`
		: `Watching ${folder} (and looking through it every ${seconds} s). Ctrl-C stops it.`;
}
