/** Where the command line takes recipes from, and how it changes them before a run. */
import { readFile } from 'node:fs/promises';
import { specOf } from '../../nodes/catalogue.ts';
import { fieldsOf } from '../../nodes/define.ts';
import { type GraphNode, type Recipe, readRecipe } from '../../nodes/graph.ts';
import { GraphError, RunError } from '../../nodes/problems.ts';
import { galleryRecipe } from '../stores/gallery.ts';
import { homeFolder, openHome } from '../stores/home.ts';
import { RecipeFolder } from '../stores/recipes.ts';
import { UsageError } from './arguments.ts';

/**
 * A recipe by its file, or by the id of a saved or a ready one.
 * @throws RunError `input.not-found`, GraphError `recipe.unreadable`.
 */
export async function loadRecipe(name: string): Promise<Recipe> {
	const text = await readFile(name, 'utf8').catch(
		async () => (await new RecipeFolder(openHome(homeFolder()).recipes).read(name))?.text ?? (await galleryRecipe(name)),
	);
	if (text === null) throw new RunError('input.not-found', { path: name });
	return readRecipe(text);
}

/**
 * `--set NODE.PARAM=VALUE`, several times. A value is JSON where it can be read as such, else text.
 * @throws UsageError, GraphError `param.unknown`
 */
export function withSettings(recipe: Recipe, settings: readonly string[]): Recipe {
	const nodes = { ...recipe.graph.nodes };
	for (const setting of settings) {
		const found = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)=(.*)$/s.exec(setting);
		if (found === null) throw new UsageError(`Expected NODE.PARAM=VALUE for --set, got ${setting}.`);
		const [, id = '', param = '', text = ''] = found;
		const node = nodes[id];
		if (node === undefined) throw new UsageError(`The recipe has no node ${id}. Nodes: ${Object.keys(nodes).join(', ')}.`);
		nodes[id] = { ...node, params: { ...node.params, [param]: settingFor(id, node, param, text) } };
	}
	return { ...recipe, graph: { ...recipe.graph, nodes } };
}

/** @throws GraphError `param.unknown` */
function settingFor(id: string, node: GraphNode, param: string, text: string): unknown {
	const value = readValue(text);
	const spec = specOf(node.spec);
	if (spec === undefined) return value;
	const fields = fieldsOf(spec.params, { ...node.params, [param]: value });
	const field = fields.find((one) => one.name === param);
	if (field === undefined) throw new GraphError('param.unknown', { param, choices: fields.map((one) => one.name) }, { node: id, param });
	return TEXTUAL.has(field.control) ? text : value;
}

const TEXTUAL = new Set(['text', 'long-text', 'colour', 'column', 'formula', 'code', 'choice']);

function readValue(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
