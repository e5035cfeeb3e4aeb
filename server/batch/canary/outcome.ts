/** What came of trying one item of each cluster. */
import type { ItemResult } from '../request.ts';
import { type Cluster, tried } from './cluster.ts';

export interface Tried {
	readonly cluster: Cluster;
	/** Null: not tried, because there are too many clusters, or because the batch was stopped. */
	readonly result: ItemResult | null;
}

/** Every cluster with what came of its item. */
export function outcomes(clusters: readonly Cluster[], results: readonly ItemResult[]): Tried[] {
	const ran = new Set(tried(clusters));
	const byItem = new Map(results.map((result) => [result.item, result]));
	return clusters.map((cluster) => {
		const result = ran.has(cluster) ? byItem.get(cluster.item.item) : undefined;
		return { cluster, result: result === undefined || result.state === 'waiting' || result.state === 'running' ? null : result };
	});
}

/** What a script reads: what became of the item. */
export function outcomeOf({ result }: Tried): 'done' | 'failed' | 'skipped' | 'not-tried' {
	if (result === null) return 'not-tried';
	if (result.checks.some(({ ok }) => !ok)) return 'failed';
	return result.state === 'failed' || result.state === 'skipped' ? result.state : 'done';
}
