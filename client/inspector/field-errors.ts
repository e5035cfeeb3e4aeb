/** Which parameters of a node can't be read, by name. */
import type { Params, Spec } from '../../nodes/define.ts';
import { parseParams } from '../../nodes/params.ts';
import { type Problem, ProblemError } from '../../nodes/problems.ts';

/** The first problem of the parameters themselves, and those that the check of the graph found. */
export function fieldErrors(spec: Spec, params: Params, version: number, found: readonly Problem[]): Readonly<Record<string, Problem>> {
	const errors: Record<string, Problem> = {};
	for (const problem of found) if (problem.param !== undefined) errors[problem.param] = problem;
	try {
		parseParams(spec, params, version);
	} catch (error) {
		if (error instanceof ProblemError && error.problem.param !== undefined) errors[error.problem.param] = error.problem;
	}
	return errors;
}
