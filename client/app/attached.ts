/** The user's files on the canvas: which input feeds which source node. */
import { useMemo } from 'react';
import type { Input } from '../../server/http/api.ts';
import { edit } from '../canvas/document.ts';
import { removeNodes } from '../canvas/edits.ts';
import { useScene } from '../canvas/scene.ts';
import { useInputs } from './inputs.ts';

export function useAttached(): readonly { readonly node: string; readonly input: Input }[] {
	const bindings = useScene((scene) => scene.bindings);
	const known = useInputs((inputs) => inputs.known);
	return useMemo(
		() =>
			Object.entries(bindings).flatMap(([node, ids]) =>
				ids.flatMap((id) => {
					const input = known[id];
					return input === undefined ? [] : [{ node, input }];
				}),
			),
		[bindings, known],
	);
}

/** Takes a file away; a source that nothing hangs on goes with it. */
export function detach(node: string, input: string): void {
	edit((doc) => {
		const left = (doc.bindings[node] ?? []).filter((id) => id !== input);
		const wired = doc.recipe.graph.edges.some((edge) => edge.from.startsWith(`${node}.`));
		if (left.length === 0 && !wired) removeNodes(doc, [node]);
		else if (left.length === 0) delete doc.bindings[node];
		else doc.bindings[node] = left;
	});
}
