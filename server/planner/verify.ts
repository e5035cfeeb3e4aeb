/** Tries a plan before it is shown: type-checked against the real metadata, then run on proxies of the user's own files. */
import { checkGraph } from '../../nodes/check.ts';
import type { Seen } from '../../nodes/define.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { problemOf } from '../../nodes/problems.ts';
import type { Bindings, Engine, Source } from '../engine/engine.ts';
import type { Plan } from './plan.ts';
import { seenOfSources } from './values.ts';

/** Seconds that a trial may take before a plan is shown untried. */
const PATIENCE = 60;

/** The plan with `tried` filled in. A plan without a recipe, or whose inputs aren't at hand, comes back as it is. */
export async function verify(plan: Plan, engine: Engine, sources: readonly Source[], signal?: AbortSignal, onTry?: () => void): Promise<Plan> {
	if (plan.recipe === undefined || plan.outcome === 'refused') return plan;
	const bindings = bindingsOf(plan, sources);
	const inputs = Object.values(plan.recipe.graph.nodes).filter((node) => node.spec.startsWith('io.'));
	if (inputs.length > Object.keys(bindings).length) return plan;
	const { problems } = checkGraph(plan.recipe.graph, knownOf(plan.recipe, bindings));
	if (problems.length > 0) return { ...plan, tried: { ok: false, problems, checks: [] } };
	onTry?.();
	try {
		const result = await engine.run({
			recipe: plan.recipe,
			bindings,
			quality: 'preview',
			timeout: PATIENCE,
			priority: 'interactive',
			...(signal === undefined ? {} : { signal }),
		});
		const failed = result.state === 'failed' ? result.problems : [];
		return { ...plan, tried: { ok: result.state === 'done', problems: failed, checks: result.checks } };
	} catch (error) {
		return { ...plan, tried: { ok: false, problems: [problemOf(error)], checks: [] } };
	}
}

/** Source nodes → the files planned for them. */
export function bindingsOf(plan: Pick<Plan, 'bindings'>, sources: readonly Source[]): Bindings {
	const entries = Object.entries(plan.bindings).map(
		([node, indexes]) => [node, indexes.map((index) => sources[index]).filter((one) => one !== undefined)] as const,
	);
	return Object.fromEntries(entries.filter(([, files]) => files.length > 0));
}

/** What is known of the value of each source node, for `checkGraph`. */
export function knownOf(recipe: Recipe, bindings: Bindings): Record<string, Seen> {
	const known: Record<string, Seen> = {};
	for (const [node, files] of Object.entries(bindings)) {
		const placed = recipe.graph.nodes[node];
		const kind = placed?.params.kind;
		const reading = files[0]?.readings.find((one) => one.kind === kind) ?? files[0]?.readings[0];
		const seen = reading === undefined ? undefined : seenOfSources(files, reading.kind, placed?.spec === 'io.folder');
		if (seen !== undefined) known[node] = seen;
	}
	return known;
}
