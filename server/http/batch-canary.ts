/** What the page shows of a batch that tries one item of each kind first. */
import type { ItemResult } from '../batch/batch.ts';
import type { Cluster } from '../batch/canary/cluster.ts';
import { outcomeOf, outcomes } from '../batch/canary/outcome.ts';
import type { CanaryView } from './api.ts';
import { formatOf } from './formats.ts';
import type { Context } from './services.ts';

/** One entry a cluster, with the picture of what was made of its item. */
export function canaryViews(clusters: readonly Cluster[], items: readonly ItemResult[], { results }: Pick<Context, 'results'>): CanaryView[] {
	return outcomes(clusters, items).map((one): CanaryView => {
		const artifact = one.result?.files[0]?.output.artifact;
		if (artifact !== undefined) results.remember(artifact);
		return {
			cluster: one.cluster.title,
			count: one.cluster.count,
			item: one.cluster.item.item,
			outcome: outcomeOf(one),
			result: artifact === undefined ? null : { hash: artifact.content, format: formatOf(artifact.metadata) },
			problem: one.result?.problems[0] ?? null,
		};
	});
}
