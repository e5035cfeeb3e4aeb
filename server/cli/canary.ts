/** `--canary`: one item of each kind first, and a word on how to go on. */

import type { Recipe } from '../../nodes/graph.ts';
import type { Language } from '../../nodes/messages/index.ts';
import type { BatchResult } from '../batch/batch.ts';
import { type Cluster, clustersOf, tried } from '../batch/canary/cluster.ts';
import { outcomeOf, outcomes } from '../batch/canary/outcome.ts';
import { sourceNodes } from '../batch/inputs.ts';
import type { Item } from '../batch/items.ts';
import type { Report } from './report.ts';
import type { Session } from './session.ts';

export class Canary {
	readonly #clusters: readonly Cluster[];
	readonly #total: number;

	private constructor(clusters: readonly Cluster[], total: number) {
		this.#clusters = clusters;
		this.#total = total;
	}

	/** Looks at all items. */
	static async among(items: readonly Item[], recipe: Recipe, { engine, signal }: Pick<Session, 'engine' | 'signal'>): Promise<Canary> {
		const kinds = Object.fromEntries(sourceNodes(recipe).map(({ id, kind }) => [id, kind]));
		return new Canary(await clustersOf(items, kinds, engine, signal), items.length);
	}

	/** Those that are tried. */
	get items(): readonly Item[] {
		return tried(this.#clusters).map(({ item }) => item);
	}

	/** Writes into the report what was tried, which kinds would fail, and how to go on. */
	tell(report: Report, result: BatchResult, language: Language): void {
		report.canary = outcomes(this.#clusters, result.items).map((one) => ({
			cluster: one.cluster.title[language],
			count: one.cluster.count,
			item: one.cluster.item.item,
			outcome: outcomeOf(one),
		}));
		report.next = language === 'zh' ? this.#chinese(report.canary) : this.#english(report.canary);
	}

	#english(canary: NonNullable<Report['canary']>): string {
		const rest = this.#total - this.items.length;
		const go = rest === 0 ? [] : [`To go on with the other ${rest}: the same command with --resume instead of --canary.`];
		return [...canary.map(({ cluster, count, item, outcome }) => `${SIGNS[outcome]} ${item}: one of ${count} (${cluster})`), ...go].join('\n');
	}

	#chinese(canary: NonNullable<Report['canary']>): string {
		const rest = this.#total - this.items.length;
		const go = rest === 0 ? [] : [`要继续处理其余 ${rest} 项：用同一条命令，把 --canary 换成 --resume。`];
		return [...canary.map(({ cluster, count, item, outcome }) => `${SIGNS[outcome]} ${item}：同类共 ${count} 项（${cluster}）`), ...go].join('\n');
	}
}

const SIGNS = { done: '✓', failed: '✗', skipped: '·', 'not-tried': '·' } as const;
