import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkGraph } from '../nodes/check.ts';
import { CHECK_PROPERTIES, readRecipe, writeRecipe } from '../nodes/graph.ts';
import { recipeSchemaText } from '../scripts/recipe-schema.ts';

const page = readFileSync(new URL('../docs/recipe-format.md', import.meta.url), 'utf8');
const example = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '';

it('the recipe in the documentation opens, and nothing is wrong with its graph', () => {
	expect(checkGraph(readRecipe(example).graph).problems).toEqual([]);
});

it('a recipe that is read and written stays the same', () => {
	const once = writeRecipe(readRecipe(example));
	expect(writeRecipe(readRecipe(once))).toBe(once);
});

it('the schema for other programs says what a check may look at', () => {
	for (const property of CHECK_PROPERTIES) expect(recipeSchemaText()).toContain(`"${property}"`);
});
