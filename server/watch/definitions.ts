/** Watches as JSON files in the home folder, one each; written whole or not at all. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Recipe, recipeFrom } from '../../nodes/graph.ts';

const place = z.object({ root: z.string(), path: z.string() });
export const whenSchema = z.discriminatedUnion('type', [
	/** Whenever something new lies there. `every`: seconds. */
	z.strictObject({ type: z.literal('folder'), every: z.number().min(1).max(86_400) }),
	/** At certain times: what is new since. */
	z.strictObject({ type: z.literal('schedule'), cron: z.string().min(1).max(200) }),
]);

const schema = z.object({
	id: z.string().regex(/^[0-9a-f-]{8,40}$/),
	/** Counts up: in this order they are listed. */
	created: z.string(),
	recipe: z.looseObject({}).transform((value): Recipe => recipeFrom(value)),
	/** The source node that gets the files. */
	node: z.string(),
	/** Other source nodes → ids of inputs. */
	bindings: z.record(z.string(), z.array(z.string())),
	from: place,
	to: place,
	/** The same, as absolute paths for people: they are shown also when the folders are gone. */
	shown: z.object({ from: z.string(), to: z.string() }),
	pattern: z.string().exactOptional(),
	recursive: z.boolean(),
	/** Of the results. */
	name: z.string().exactOptional(),
	existing: z.enum(['error', 'skip', 'overwrite']),
	when: whenSchema,
	paused: z.boolean(),
	/** When a schedule last ran. */
	last: z.string().nullable(),
});
export type Definition = z.output<typeof schema>;
export type When = Definition['when'];

export class DefinitionFolder {
	readonly #folder: string;

	constructor(folder: string) {
		this.#folder = folder;
	}

	/** Oldest first. What can't be read stays where it is, and is told to the log. */
	list(): Definition[] {
		return this.#names()
			.flatMap((name) => {
				try {
					return [schema.parse(JSON.parse(readFileSync(join(this.#folder, name), 'utf8')))];
				} catch (error) {
					console.error(`${join(this.#folder, name)} is not a watch:`, error instanceof Error ? error.message : error);
					return [];
				}
			})
			.sort((a, b) => (a.created < b.created ? -1 : 1));
	}

	put(definition: Definition): void {
		mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
		const draft = join(this.#folder, `.${randomUUID()}`);
		writeFileSync(draft, `${JSON.stringify(definition, null, '\t')}\n`, { flag: 'wx', mode: 0o600 });
		renameSync(draft, join(this.#folder, `${definition.id}.json`));
	}

	remove(id: string): void {
		rmSync(join(this.#folder, `${id}.json`), { force: true });
	}

	#names(): string[] {
		try {
			return readdirSync(this.#folder).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
		} catch {
			return [];
		}
	}
}
