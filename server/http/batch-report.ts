/** What became of each item of a batch, to download. */
import type { Language } from '../../nodes/messages/index.ts';
import { sayProblem } from '../../nodes/problems.ts';
import { type Account, sayFailure } from '../batch/account.ts';
import type { BatchView } from './api.ts';

export function accountOf(batch: BatchView, language: Language): Account {
	return {
		batch: batch.id,
		recipe: batch.name,
		state: batch.state,
		started: batch.startedAt,
		seconds: batch.seconds,
		counts: batch.counts,
		items: batch.items.map(({ item, state, outputs, seconds, problem }) => ({
			item,
			state,
			outputs,
			seconds: seconds ?? null,
			error: problem === null ? null : sayProblem(language, problem),
			fromCache: state === 'cached',
		})),
		failures: (batch.failures ?? []).map((failure) => sayFailure(failure, language)),
	};
}
