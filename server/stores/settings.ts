/** What the user chose once for all recipes, but for the model (its key has a file of its own, closed to others). One JSON file in the home folder. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
	/** Real paths of folders that were granted on the page. */
	roots: z.array(z.string()).default([]),
	/** Bytes that the store may take; 20 GB, or a quarter of a smaller disk, unless set. */
	store: z.number().positive().optional(),
});
export type SavedSettings = z.output<typeof schema>;

/** The settings; the defaults where there are none, or none that can be read. */
export function readSettings(home: string): SavedSettings {
	try {
		return schema.parse(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8')));
	} catch {
		return schema.parse({});
	}
}

/** Replaces the settings, whole or not at all. */
export function writeSettings(home: string, settings: SavedSettings): void {
	mkdirSync(home, { recursive: true, mode: 0o700 });
	const draft = join(home, `.settings.${randomUUID()}`);
	writeFileSync(draft, `${JSON.stringify(settings, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
	renameSync(draft, join(home, 'settings.json'));
}
