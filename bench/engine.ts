/** The engine alone: 10,000 items through ten nodes, with workers, planners and stores that do nothing. What is left is our own thinking. */
import { checkGraph } from '../nodes/check.ts';
import type { ImageMetadata } from '../nodes/define.ts';
import { type Recipe, recipeFrom } from '../nodes/graph.ts';
import { imagePlanner } from '../server/backends/image/plan.ts';
import { demand } from '../server/engine/demand.ts';
import { derive } from '../server/engine/derive.ts';
import type { Bindings, Source } from '../server/engine/engine.ts';
import { fuse, type Planners } from '../server/engine/fuse.ts';
import type { Hash, Planner } from '../server/engine/group.ts';
import { keep } from '../server/engine/keep.ts';
import { inputsOf, type Making } from '../server/engine/making.ts';
import { optimise } from '../server/engine/optimise.ts';
import { groupOf, piecesOf } from '../server/engine/pieces.ts';
import { type Parts, run, seenOfBindings, sourcesOf } from '../server/engine/run.ts';
import type { Result } from '../server/engine/stores.ts';
import { Tracker } from '../server/engine/track.ts';
import type { PieceReply, PieceRequest } from '../server/engine/workers.ts';
import { expect, median, type Setting } from './measure.ts';
import type { Row } from './table.ts';

const NODES = 10;

export async function benchEngine({ rounds, small }: Setting): Promise<Row[]> {
	const items = small ? 50 : 10_000;
	const each = (milliseconds: number) => (milliseconds * 1000) / items / NODES;
	const recipe = chain();
	await whole(recipe, bindingsOf(Math.min(items, 500), 'warm'));
	phases(recipe, bindingsOf(Math.min(items, 500), 'warm'));
	const runs: number[] = [];
	const processor: number[] = [];
	const shares: Record<string, number[]> = {};
	for (let round = 0; round < rounds; round++) {
		const bindings = bindingsOf(items, String(round));
		const before = process.cpuUsage();
		runs.push(each(await whole(recipe, bindings)));
		const { user, system } = process.cpuUsage(before);
		processor.push(each((user + system) / 1000));
		for (const [name, took] of Object.entries(phases(recipe, bindings))) shares[name] = [...(shares[name] ?? []), each(took)];
	}
	const total = median(runs);
	const told = Object.entries(shares).map(([way, took]) => ({ way, value: median(took) }));
	const rest = { way: 'the rest: states, promises, results', value: total - told.reduce((sum, { value }) => sum + value, 0) };
	return [
		{
			what: `the engine alone, ${items} items, ${NODES} nodes`,
			way: 'a whole run',
			value: `${total.toFixed(2)} µs a node and item (processor ${median(processor).toFixed(2)} µs)`,
			ratio: '',
			aim: '≤ 5 µs',
		},
		...[...told, rest].map(({ way, value }) => ({ what: '', way, value: `${value.toFixed(2)} µs`, ratio: `${((value / total) * 100).toFixed(0)} %`, aim: '' })),
	];
}

function chain(): Recipe {
	const names = Array.from({ length: NODES }, (_, i) => `node${i + 1}`);
	return recipeFrom({
		millwright: 1,
		name: 'Ten nodes',
		graph: {
			nodes: Object.fromEntries([['photo', { spec: 'io.file', params: { kind: 'image' } }], ...names.map((name) => [name, { spec: 'image.invert' }])]),
			edges: names.map((name, i) => ({ from: i === 0 ? 'photo.value' : `${names[i - 1]}.image`, to: `${name}.image` })),
		},
	});
}

const PHOTO: ImageMetadata = { kind: 'image', width: 3000, height: 2000, frames: 1, duration: 0, alpha: false, format: 'jpeg' };

function bindingsOf(items: number, round: string): Bindings[] {
	return Array.from({ length: items }, (_, i) => {
		const name = `IMG_${i}.jpg`;
		const source: Source = { path: `/photos/${name}`, name, content: `${round}-${i}`.padStart(64, '0'), bytes: 1, format: 'jpeg', readings: [PHOTO] };
		return { photo: [source] };
	});
}

/** Milliseconds that whole runs take, one after the other. */
async function whole(recipe: Recipe, bindings: readonly Bindings[]): Promise<number> {
	const parts = idle();
	const started = performance.now();
	for (const one of bindings) {
		const { state, outputs } = await run({ recipe, bindings: one, priority: 'batch' }, parts);
		expect(state === 'done' && outputs.length === 1, `a run ended ${state} with ${outputs.length} results`);
	}
	return performance.now() - started;
}

/** Milliseconds of each part of it, over all items. */
function phases(recipe: Recipe, bindings: readonly Bindings[]): Readonly<Record<string, number>> {
	const parts = idle();
	const known = (key: Hash) => parts.results.get(key);
	const took: Record<string, number> = {};
	const timed = <R>(name: string, work: () => R): R => {
		const started = performance.now();
		const made = work();
		took[name] = (took[name] ?? 0) + performance.now() - started;
		return made;
	};
	for (const one of bindings) {
		const making = makingOf(parts);
		const checked = timed('check (twice: for what is known, and for the run)', () => checkGraph(recipe.graph, seenOfBindings(recipe, one)));
		const { slots } = timed('derive', () => derive({ checked, sources: sourcesOf(checked, one), known }));
		const last = slots.get(`node${NODES}.image`);
		if (last === undefined || !('value' in last)) throw new Error('the last node has no value');
		const needed = timed('demand', () => demand([last.value], known));
		const drafts = timed('fuse', () => fuse(needed, parts.planners));
		for (const piece of timed('pieces', () => piecesOf(drafts, needed))) {
			const groups = timed('groups for the workers, and the rules', () =>
				piece.groups.map((planned) => {
					const group = groupOf(planned, inputsOf(planned, piece, making));
					return optimise(group, parts.planners[group.backend]).group;
				}),
			);
			const reply = answer({ type: 'piece', groups });
			timed('keep', () => keep(piece, reply, making));
		}
	}
	return took;
}

/** Stores in memory, planners that join everything, workers that answer at once. */
function idle(): Parts {
	const planner: Planner = {
		...imagePlanner,
		canJoin: () => true,
		estimate: () => 0.001,
		threads: () => 1,
		rules: [],
		after: (_, entering) => entering,
	};
	const planners: Planners = { image: planner, video: planner, table: planner, task: planner };
	const results = new Map<Hash, Result>();
	const unasked = () => Promise.reject(new Error('nobody asks this here'));
	return {
		planners,
		results: {
			get: (key) => results.get(key) ?? null,
			put: (entries) => {
				for (const { key, result } of entries) results.set(key, result);
			},
		},
		artifacts: { path: (content) => `/store/${content}`, temporary: unasked },
		lineage: { last: () => null, note: () => {} },
		workers: {
			cores: 1,
			piece: async (request) => answer(request),
			look: unasked,
			rows: unasked,
			inspect: unasked,
			reading: unasked,
			close: async () => {},
		},
	};
}

function answer({ groups }: PieceRequest): PieceReply {
	const made = groups.flatMap(({ parts, outputs }) =>
		outputs.flatMap(({ key, part, port }) => {
			const metadata = parts[part]?.expected[port];
			return metadata === undefined ? [] : [{ key, result: { value: { content: key, bytes: 1, metadata } } }];
		}),
	);
	return { made, seconds: groups.map(() => 0), failed: null };
}

function makingOf(parts: Parts): Making {
	return {
		...parts,
		tracker: new Tracker(() => {}),
		signal: new AbortController().signal,
		priority: 'batch',
		timeout: 60,
		counts: { groups: 0, made: 0 },
		memory: null,
	};
}
