/** Whatever was thrown, as a sentence in the reader's language. */
import { ProblemError, sayProblem } from '../../nodes/problems.ts';
import { Unreachable } from './api.ts';
import { sayNow } from './language.ts';
import { notify, useUi } from './ui.ts';

export function errorText(error: unknown): string {
	if (error instanceof ProblemError) return sayProblem(useUi.getState().language, error.problem);
	if (error instanceof Unreachable) return sayNow('net.unreachable');
	return error instanceof Error ? error.message : String(error);
}

/** Shows what was thrown as a notice. */
export function notifyError(error: unknown): void {
	notify(errorText(error), 'bad');
}
