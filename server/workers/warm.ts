/** Loads code before it is asked for. */
import { loadTask, runnerOf } from './runners.ts';

/** What a look at a source loads, by the first part of a spec's id. */
const LOOKS: Readonly<Record<string, () => Promise<unknown>>> = {
	table: () => import('../backends/table/probe.ts'),
	image: () => import('../backends/image/probe.ts'),
	document: () => import('../backends/document/probe.ts'),
};

/** Loads what looks at sources and runs of these specs need, in this order. A wrong guess costs nothing but time that nobody wanted. */
export async function warm(specs: readonly string[]): Promise<void> {
	const media = new Set(specs.map((spec) => spec.split('.')[0] ?? ''));
	for (const medium of media) await LOOKS[medium]?.().catch(() => undefined);
	for (const medium of ['image', 'video', 'table'] as const) if (media.has(medium)) await runnerOf(medium).catch(() => undefined);
	for (const spec of specs) await loadTask(spec).catch(() => undefined);
}
