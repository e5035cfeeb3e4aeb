/**
 * Plans and executes the development set of goals, and prints by group what came of them. `npm run eval [-- --plan-only] [-- --group videos]`.
 * The headline is "silently wrong": a plan that ran, was green, and isn't what was asked for. It must be 0.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sayProblem } from '../nodes/problems.ts';
import type { Engine, Source } from '../server/engine/engine.ts';
import { open } from '../server/open.ts';
import { planOffline } from '../server/planner/offline/index.ts';
import type { Plan } from '../server/planner/plan.ts';
import { verify } from '../server/planner/verify.ts';
import { makeFixtures } from '../tests/fixtures/make.ts';
import { type DevelopmentGoal, developmentSet, languageOf } from '../tests/planner/development-set.ts';
import { SOURCES } from '../tests/planner/sources.ts';

const VERDICTS = ['correct', 'assumed', 'asked', 'refused', 'wrong but flagged', 'SILENTLY WRONG', 'refused wrongly'] as const;
type Verdict = (typeof VERDICTS)[number];

const planOnly = process.argv.includes('--plan-only');
const group = process.argv[process.argv.indexOf('--group') + 1];
const wanted = process.argv.includes('--group') ? group : undefined;

await makeFixtures();
const folder = await mkdtemp(join(tmpdir(), 'millwright-eval-'));
const opened = planOnly ? null : open(join(folder, 'home'));
const sources = await sourcesIn(folder, opened?.engine ?? null);
const counts = new Map<string, Map<Verdict, number>>();
const notes: string[] = [];
for (const goal of developmentSet()) {
	if (wanted !== undefined && goal.group !== wanted) continue;
	const { verdict, note } = await judged(goal);
	const row = counts.get(goal.group) ?? new Map<Verdict, number>();
	row.set(verdict, (row.get(verdict) ?? 0) + 1);
	counts.set(goal.group, row);
	if (note !== '') notes.push(`${verdict} · ${goal.group} · ${goal.goal} [${goal.inputs.join(' ')}]: ${note}`);
}
print();
await opened?.engine.close();
await rm(folder, { recursive: true, force: true });

async function judged(goal: DevelopmentGoal): Promise<{ verdict: Verdict; note: string }> {
	const at = goal.inputs.map((name) => sources.get(name)).filter((one) => one !== undefined);
	const language = languageOf(goal.goal);
	const first = goal.edits === undefined ? undefined : (await planOffline({ goal: goal.edits, sources: at, language })).recipe;
	const drafted = await planOffline({ goal: goal.goal, sources: at, language, ...(first === undefined ? {} : { recipe: first }) });
	const plan = opened === null ? drafted : await verify(drafted, opened.engine, at);
	return verdictOf(goal, plan);
}

function verdictOf(goal: DevelopmentGoal, plan: Plan): { verdict: Verdict; note: string } {
	const specs = Object.values(plan.recipe?.graph.nodes ?? {})
		.filter((node) => !node.spec.startsWith('io.'))
		.map((node) => node.spec);
	const said = [...plan.questions.map((one) => one.text), ...plan.refusals.map((one) => one.reason)].join(' ');
	if (plan.outcome === 'refused') return goal.outcome === 'refused' ? { verdict: 'refused', note: '' } : { verdict: 'refused wrongly', note: said };
	if (plan.outcome === 'needs-answer')
		return { verdict: goal.outcome === 'needs-answer' ? 'asked' : 'wrong but flagged', note: goal.outcome === 'needs-answer' ? '' : said };
	const failed =
		plan.tried === null
			? []
			: [
					...plan.tried.problems.map((problem) => `${problem.node ?? ''} ${sayProblem('en', problem)}`),
					...plan.tried.checks.filter((check) => !check.ok).map((check) => `${check.check.property} is ${check.actual}, not ${check.check.value}`),
				];
	if (failed.length > 0 || plan.tried?.ok === false) return { verdict: 'wrong but flagged', note: failed.join('; ') };
	if (goal.outcome !== 'planned' || JSON.stringify(specs) !== JSON.stringify(goal.nodes)) return { verdict: 'SILENTLY WRONG', note: specs.join(' → ') };
	return { verdict: plan.assumptions.length > 0 ? 'assumed' : 'correct', note: '' };
}

/** The fixtures, looked at for real, and larger ones that only this script makes. */
async function sourcesIn(into: string, engine: Engine | null): Promise<ReadonlyMap<string, Source>> {
	if (engine === null) return new Map(Object.entries(SOURCES));
	const made: Record<string, string> = { long: join(into, 'holiday.mp4'), gap: join(into, 'gapminder.csv'), cities: join(into, 'cities.csv') };
	const lavfi = ['-f', 'lavfi', '-i', 'testsrc2=size=1920x1080:rate=30:duration=12', '-f', 'lavfi', '-i', 'sine=frequency=330:duration=12'];
	await promisify(execFile)('ffmpeg', [
		'-nostdin',
		'-v',
		'error',
		'-y',
		...lavfi,
		'-c:v',
		'libx264',
		'-preset',
		'ultrafast',
		'-pix_fmt',
		'yuv420p',
		'-c:a',
		'aac',
		'-shortest',
		made['long'] ?? '',
	]);
	const countries = ['Afghanistan', 'China', 'Norway', 'Peru', 'Kenya'].map(
		(name, i) => `${name},${1000 * (i + 2)},${60 + i * 4.5},${3_000_000 * (i + 1)},${i % 2 === 0 ? 'south_asia' : 'europe_central_asia'}`,
	);
	await writeFile(made['gap'] ?? '', `country,income,health,population,region\n${countries.join('\n')}\n`);
	await writeFile(
		made['cities'] ?? '',
		'城市,省份,人口（万）,GDP（亿元）,日期\n上海,上海,2487,47218,2023/12/31\n北京,北京,2185,43760,2023-12-31\n广州,广东,1882,30355,2023/12/31\n深圳,广东,1779,34606,\n',
	);
	const looked = await Promise.all(
		Object.entries(SOURCES).map(
			async ([name, source]) => [name, await engine.look(source.path === '' ? (made[name] ?? '') : source.path, source.name)] as const,
		),
	);
	return new Map(looked);
}

function print(): void {
	const line = (cells: readonly string[]) => console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(16) : cell.padStart(18))).join(''));
	line(['group', ...VERDICTS]);
	const total = new Map<Verdict, number>();
	for (const [name, row] of counts) {
		line([name, ...VERDICTS.map((verdict) => String(row.get(verdict) ?? 0))]);
		for (const [verdict, count] of row) total.set(verdict, (total.get(verdict) ?? 0) + count);
	}
	line(['all', ...VERDICTS.map((verdict) => String(total.get(verdict) ?? 0))]);
	for (const note of notes) console.log(`  ${note}`);
	if ((total.get('SILENTLY WRONG') ?? 0) > 0) process.exitCode = 1;
}
