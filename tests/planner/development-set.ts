/** The development set of goals: what people say, with what at hand, and what must come of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const goalSchema = z.strictObject({
	goal: z.string(),
	inputs: z.array(z.string()),
	/** The goal whose recipe this one changes. */
	edits: z.string().optional(),
	outcome: z.enum(['planned', 'needs-answer', 'refused']),
	/** Specs of the nodes in order, without sources. */
	nodes: z.array(z.string()).optional(),
	/** By position in `nodes`: parameters that must be so. */
	params: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
	checks: z.array(z.string()).optional(),
});

export type DevelopmentGoal = z.output<typeof goalSchema> & { readonly group: string };

const FOLDER = fileURLToPath(new URL('./goals/', import.meta.url));

/** All goals, with the group that their file is named after. */
export function developmentSet(): readonly DevelopmentGoal[] {
	return readdirSync(FOLDER)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.flatMap((name) =>
			z
				.array(goalSchema)
				.parse(JSON.parse(readFileSync(`${FOLDER}${name}`, 'utf8')))
				.map((goal) => ({ ...goal, group: name.replace('.json', '') })),
		);
}

export function languageOf(goal: string): 'en' | 'zh' {
	return /[\u4e00-\u9fff]/.test(goal) ? 'zh' : 'en';
}
