/** A recipe with some of its parameters set otherwise: by `--set`, or by an item that has its own. */
import { specOf } from '../../nodes/catalogue.ts';
import { type Field, fieldsOf } from '../../nodes/define.ts';
import { type Check, endpoint, type GraphNode, type Recipe } from '../../nodes/graph.ts';
import { GraphError } from '../../nodes/problems.ts';

/**
 * A new recipe with these parameters (`node.param` → value; undefined: its default). Text for a parameter that isn't one is read as JSON where it can be;
 * whether a value fits is seen when the graph is checked.
 * @throws GraphError `batch.no-node`, `param.unknown`
 */
export function withParams(recipe: Recipe, settings: Readonly<Record<string, unknown>>): Recipe {
	const nodes = { ...recipe.graph.nodes };
	for (const [setting, value] of Object.entries(settings)) {
		const { node: id, port: param } = endpoint(setting);
		const node = nodes[id];
		if (node === undefined) throw new GraphError('batch.no-node', { node: id, choices: Object.keys(nodes) });
		const field = fieldFor(id, node, param, value);
		const { [param]: _, ...others } = node.params;
		nodes[id] = { ...node, params: value === undefined ? others : { ...node.params, [param]: settled(value, field) } };
	}
	const { checks } = recipe;
	return { ...recipe, graph: { ...recipe.graph, nodes }, ...(checks === undefined ? {} : { checks: checks.map((check) => following(check, recipe, nodes)) }) };
}

/** A check that the result says what a parameter says goes with the parameter. */
function following(check: Check, { graph }: Recipe, nodes: Recipe['graph']['nodes']): Check {
	if (check.property !== 'decodes-to' && check.property !== 'contains-text') return check;
	for (const [id, node] of Object.entries(graph.nodes))
		for (const [param, before] of Object.entries(node.params)) {
			const now = nodes[id]?.params[param];
			if (before === check.value && typeof now === 'string') return { ...check, value: now };
		}
	return check;
}

/** The field that a parameter is; undefined for a node of which nothing is known. */
export function fieldFor(id: string, node: GraphNode, param: string, value: unknown): Field | undefined {
	const spec = specOf(node.spec);
	if (spec === undefined) return undefined;
	const fields = fieldsOf(spec.params, { ...node.params, [param]: read(value) });
	const field = fields.find((one) => one.name === param);
	if (field === undefined) throw new GraphError('param.unknown', { param, choices: fields.map((one) => one.name) }, { node: id, param });
	return field;
}

function settled(value: unknown, field: Field | undefined): unknown {
	return field !== undefined && TEXTUAL.has(field.control) ? value : read(value);
}

const TEXTUAL: ReadonlySet<Field['control']> = new Set(['text', 'long-text', 'colour', 'column', 'formula', 'code', 'choice']);

function read(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return value;
	}
}
