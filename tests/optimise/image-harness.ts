/** Chains of image steps, as they are and as the rules put them. */
import type { Metadata } from '../../nodes/define.ts';
import type { ImageStep } from '../../nodes/steps/image.ts';
import { imagePlanner } from '../../server/backends/image/plan.ts';
import { afterImageStep } from '../../server/backends/image/rules/after.ts';
import { imageRunner } from '../../server/backends/image/run.ts';
import type { Group, Part } from '../../server/engine/group.ts';
import { optimise } from '../../server/engine/optimise.ts';
import { context, input, pathOf } from '../backends/image/harness.ts';

/** A group with a part for each step. */
export async function groupOf(path: string, steps: readonly ImageStep[]): Promise<Group> {
	const source = await input(path);
	let known: Metadata = source.metadata;
	const parts = steps.map((step, i): Part => {
		known = afterImageStep(step, known);
		const from = i === 0 ? ({ input: 0 } as const) : ({ part: i - 1, port: 'image' } as const);
		return { node: `n${i}`, spec: `test.${step.op}`, params: {}, steps: [step], inputs: { image: [from] }, expected: { image: known } };
	});
	return { backend: 'image', parts, inputs: [source], outputs: [{ key: 'out', part: parts.length - 1, port: 'image', keep: 'file' }] };
}

/** Runs a group as it is; the path of what came out. */
export async function madeBy(group: Group): Promise<string> {
	const [made] = await imageRunner.run(group, await context());
	if (made === undefined || !('value' in made)) throw new Error('the group made nothing');
	return pathOf(made.value);
}

/** The chain as the rules put it. */
export async function better(
	path: string,
	steps: readonly ImageStep[],
): Promise<{ readonly plain: Group; readonly quick: Group; readonly rules: readonly string[] }> {
	const plain = await groupOf(path, steps);
	const { group, applied } = optimise(plain, imagePlanner);
	return { plain, quick: group, rules: [...new Set(applied.map(({ rule }) => rule.name))] };
}

export function stepsOf(group: Group): readonly string[] {
	return group.parts.flatMap((part) => part.steps.map((step) => step.op));
}
