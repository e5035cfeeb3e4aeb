/** A batch over files that have settled, and what is remembered of each. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Problem } from '../../nodes/problems.ts';
import { type ItemResult, runBatch } from '../batch/batch.ts';
import { oneEach } from '../batch/items.ts';
import type { Found } from '../batch/walk.ts';
import type { Engine } from '../engine/engine.ts';
import { hashFile } from '../stores/artifacts.ts';
import { identityOf } from './identity.ts';
import type { Done, Memory } from './memory.ts';
import type { Place } from './scan.ts';
import type { WatchPlan } from './watch.ts';

interface Parts {
	readonly plan: WatchPlan;
	readonly memory: Memory;
	readonly engine: Engine;
}

/**
 * Runs the recipe over these files; what only changed its time is left out, what vanished meanwhile is no failure.
 * @returns what kept the whole batch from running.
 */
export async function work(
	files: readonly Found[],
	place: Place,
	parts: Parts,
	tell: (result: ItemResult) => void,
	signal: AbortSignal,
): Promise<Problem | null> {
	const { plan, memory, engine } = parts;
	const identities = new Map<string, string>();
	for (const found of files) {
		const identity = await identityAt(found.path);
		if (identity !== null && !(await isOnlyTouched(found, identity, parts))) identities.set(found.item, identity);
	}
	const due = files.filter(({ item }) => identities.has(item));
	if (due.length === 0 || signal.aborted) return null;
	const bindings = await plan.bindings();
	for (const { item } of due) memory.begin(item);
	const noted: Promise<void>[] = [];
	const { recipe, name, jobs, timeout, existing } = plan;
	const result = await runBatch(
		{
			recipe,
			items: oneEach(plan.node, due),
			bindings,
			out: place.out,
			existing,
			earlier: memory,
			signal,
			priority: 'batch',
			...(name === undefined ? {} : { name }),
			...(jobs === undefined ? {} : { jobs }),
			...(timeout === undefined ? {} : { timeout }),
			onEvent: (event) => {
				if (event.type !== 'item' || event.result.state === 'running') return;
				const found = due.find(({ item }) => item === event.result.item);
				if (found !== undefined) noted.push(note(found, identities.get(found.item) ?? '', event.result, parts, tell));
			},
		},
		engine,
	);
	await Promise.all(noted);
	for (const { item } of due) if (!result.items.some((one) => one.item === item && ENDED.has(one.state))) memory.abandon(item);
	return result.problems[0] ?? null;
}

const ENDED: ReadonlySet<string> = new Set(['done', 'cached', 'failed', 'skipped']);

async function note(found: Found, identity: string, result: ItemResult, { memory, engine }: Parts, tell: (result: ItemResult) => void): Promise<void> {
	const { item, path } = found;
	const isSame = async () => (await identityAt(path)) === identity;
	/* It vanished or changed while it was being read: whatever came of that says nothing of the file as it is. */
	if (!ENDED.has(result.state) || (result.state === 'failed' && !(await isSame()))) return memory.abandon(item);
	const content = await contentOf(found, engine);
	const state: Done = result.state === 'failed' ? 'failed' : result.state === 'skipped' ? 'skipped' : 'done';
	memory.finish(item, state, { identity, content: (await isSame()) ? content : null, at: new Date().toISOString(), problem: result.problems[0] ?? null });
	tell(result);
}

/** Known files whose bytes are the same are remembered as they look now. */
async function isOnlyTouched(found: Found, identity: string, { memory, engine }: Parts): Promise<boolean> {
	const known = memory.get(found.item);
	if (known === undefined || known.state === 'running' || known.content === null) return false;
	if ((await contentOf(found, engine)) !== known.content || (await identityAt(found.path)) !== identity) return false;
	memory.touch(found.item, identity);
	return true;
}

/** Hash of its bytes, from the look at it where there is one; null: it can't be read. */
async function contentOf({ path, item }: Found, engine: Engine): Promise<string | null> {
	try {
		return (await engine.look(path, basename(item))).content;
	} catch {
		return hashFile(path).catch(() => null);
	}
}

async function identityAt(path: string): Promise<string | null> {
	const found = await stat(path, { bigint: true }).catch(() => null);
	return found === null ? null : identityOf(found);
}
