/** A real engine on a home folder of its own, and short ways to say graphs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fixture, Params } from '../../nodes/define.ts';
import { type Check, type Recipe, recipeFrom } from '../../nodes/graph.ts';
import type { Bindings, RunResult } from '../../server/engine/engine.ts';
import { type Opened, type OpenOptions, open } from '../../server/open.ts';
import { fixture } from '../fixtures/index.ts';

export interface Bench extends Opened {
	readonly folder: string;
	/** Sources from fixtures, by source node; a list for a source of many. */
	bind(fixtures: Readonly<Record<string, Fixture | readonly Fixture[]>>): Promise<Bindings>;
	/** Looks at fixtures and runs. */
	run(recipe: Recipe, fixtures: Readonly<Record<string, Fixture | readonly Fixture[]>>): Promise<RunResult>;
	done(): Promise<void>;
}

/** Opens an engine in a new folder; `done` ends its processes and removes the folder. */
export async function bench(options: OpenOptions = {}): Promise<Bench> {
	const folder = await mkdtemp(join(tmpdir(), 'millwright-test-'));
	const opened = open(join(folder, 'home'), options);
	const bind: Bench['bind'] = async (fixtures) => {
		const entries = Object.entries(fixtures).map(async ([node, names]) => {
			const all = typeof names === 'string' ? [names] : names;
			return [node, await Promise.all(all.map((name) => opened.engine.look(fixture(name))))] as const;
		});
		return Object.fromEntries(await Promise.all(entries));
	};
	return {
		...opened,
		folder,
		bind,
		run: async (recipe, fixtures) => opened.engine.run({ recipe, bindings: await bind(fixtures) }),
		done: async () => {
			await opened.engine.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** `{ resize: ['image.resize', { width: 10 }] }` and `['photo.value > resize.image']` → a recipe. */
export function recipe(
	nodes: Readonly<Record<string, readonly [spec: string, params?: Params]>>,
	wires: readonly string[] = [],
	checks: readonly Check[] = [],
): Recipe {
	return recipeFrom({
		millwright: 1,
		name: 'test',
		graph: {
			nodes: Object.fromEntries(Object.entries(nodes).map(([id, [spec, params = {}]]) => [id, { spec, params }])),
			edges: wires.map((wire) => {
				const [from, to] = wire.split(' > ');
				return { from, to };
			}),
		},
		...(checks.length === 0 ? {} : { checks }),
	});
}
