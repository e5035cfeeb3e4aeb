/** A recipe that resizes and saves, and one request for every route. */
import type { Recipe } from '../../nodes/graph.ts';

export function resizeRecipe(width: number, name = 'Small pictures'): Recipe {
	return {
		millwright: 1,
		name,
		graph: {
			nodes: {
				photo: { spec: 'io.file', version: 1, params: { kind: 'image' } },
				small: { spec: 'image.resize', version: 1, params: { width } },
				save: { spec: 'image.save', version: 1, params: {} },
			},
			edges: [
				{ from: 'photo.value', to: 'small.image' },
				{ from: 'small.image', to: 'save.image' },
			],
		},
	};
}

const hash = 'a'.repeat(64);
export const ROUTES: readonly (readonly [string, string])[] = [
	['GET', '/'],
	['GET', '/recipes/some'],
	['GET', '/api/doctor'],
	['POST', '/api/inputs?name=a.png'],
	['POST', '/api/inputs/text'],
	['POST', '/api/inputs/place'],
	['GET', '/api/inputs/1'],
	['GET', '/api/inputs/1/content'],
	['GET', '/api/roots'],
	['POST', '/api/roots'],
	['GET', '/api/roots/1/list?path='],
	['GET', '/api/recipes'],
	['GET', '/api/gallery'],
	['POST', '/api/recipes'],
	['GET', '/api/recipes/a'],
	['GET', '/api/gallery/a'],
	['GET', '/api/gallery/a/picture'],
	['PUT', '/api/recipes/a'],
	['DELETE', '/api/recipes/a'],
	['GET', '/api/recipes/a/history'],
	['GET', '/api/recipes/a/history/1'],
	['POST', '/api/plans'],
	['GET', '/api/plans/a/events'],
	['DELETE', '/api/plans/a'],
	['POST', '/api/previews'],
	['POST', '/api/explain'],
	['POST', '/api/runs'],
	['GET', '/api/runs'],
	['GET', '/api/runs/a'],
	['GET', '/api/runs/a/events'],
	['DELETE', '/api/runs/a'],
	['GET', '/api/runs/a/outputs/0'],
	['GET', '/api/runs/a/outputs/all.zip'],
	['GET', `/api/artifacts/${hash}?type=png`],
	['GET', `/api/artifacts/${hash}/rows`],
	['POST', '/api/batches'],
	['POST', '/api/batches/preview'],
	['GET', '/api/batches'],
	['GET', '/api/batches/a'],
	['GET', '/api/batches/a/events'],
	['POST', '/api/batches/a/retry'],
	['DELETE', '/api/batches/a'],
	['GET', '/api/settings'],
	['PUT', '/api/settings/key'],
	['GET', '/api/nothing'],
];
