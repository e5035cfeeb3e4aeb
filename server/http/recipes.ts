/** `/api/recipes`: saved recipes. Nobody overwrites a revision that they haven't seen, and what is deleted stays in the history. */
import { Router } from 'express';
import { type Recipe, readRecipe, writeRecipe } from '../../nodes/graph.ts';
import { problemOf, sayProblem } from '../../nodes/problems.ts';
import { RevisionConflict, type StoredRecipe } from '../stores/recipes.ts';
import type { RecipeEntry, SavedRecipe } from './api.ts';
import { bodyOf, param, readJson, recipeBody, recipeUpdate } from './body.ts';
import { Refusal } from './problems.ts';
import type { Context } from './services.ts';

export function recipeRoutes({ recipes }: Context): Router {
	const router = Router();

	router.get('/', async (_request, response) => {
		response.json((await recipes.list()).map((stored) => entryOf(stored)));
	});

	router.post('/', readJson, async (request, response) => {
		const { recipe } = bodyOf(request, recipeBody);
		response.status(201).json(savedOf(await recipes.create(recipe.name, writeRecipe(recipe))));
	});

	router.get('/:id', async (request, response) => {
		const id = param(request, 'id');
		const stored = await recipes.read(id);
		if (stored === null) throw unknown(id);
		response.json(savedOf(stored));
	});

	router.put('/:id', readJson, async (request, response) => {
		const id = param(request, 'id');
		const { recipe, revision } = bodyOf(request, recipeUpdate);
		try {
			const stored = await recipes.update(id, revision, writeRecipe(recipe));
			if (stored === null) throw unknown(id);
			response.json(savedOf(stored));
		} catch (error) {
			if (!(error instanceof RevisionConflict)) throw error;
			throw new Refusal(409, 'saved.conflict', { revision: error.current.revision }, { current: savedOf(error.current) });
		}
	});

	router.delete('/:id', async (request, response) => {
		const id = param(request, 'id');
		if ((await recipes.read(id)) === null) throw unknown(id);
		await recipes.remove(id);
		response.status(204).end();
	});

	router.get('/:id/history', async (request, response) => {
		const id = param(request, 'id');
		const revisions = await recipes.history(id);
		if (revisions.length === 0) throw unknown(id);
		response.json(revisions.map(({ revision, at, text }) => ({ revision, at: at.toISOString(), name: nameIn(text, id) })));
	});

	router.get('/:id/history/:revision', async (request, response) => {
		const id = param(request, 'id');
		const found = (await recipes.history(id)).find(({ revision }) => String(revision) === param(request, 'revision'));
		if (found === undefined) throw unknown(`${id}, ${param(request, 'revision')}`);
		response.json(savedOf({ id, text: found.text, revision: found.revision, updated: found.at }));
	});
	return router;
}

function unknown(id: string): Refusal {
	return new Refusal(404, 'saved.unknown', { id });
}

/** @throws GraphError for a file that somebody damaged. */
export function savedOf(stored: StoredRecipe, thumbnail: string | null = null): SavedRecipe {
	const recipe = readRecipe(stored.text);
	return { ...described(stored, recipe, thumbnail), recipe, revision: stored.revision };
}

/** For a list; a file that can't be read is still listed, and says why. */
export function entryOf(stored: StoredRecipe, thumbnail: string | null = null): RecipeEntry {
	try {
		return described(stored, readRecipe(stored.text), thumbnail);
	} catch (error) {
		return { id: stored.id, name: stored.id, goal: null, description: sayProblem('en', problemOf(error)), updated: stored.updated.toISOString(), thumbnail };
	}
}

function described({ id, updated }: StoredRecipe, { name, goal, description }: Recipe, thumbnail: string | null): RecipeEntry {
	return { id, name, goal: goal ?? null, description: description ?? null, updated: updated.toISOString(), thumbnail };
}

function nameIn(text: string, id: string): string {
	try {
		return readRecipe(text).name;
	} catch {
		return id;
	}
}
