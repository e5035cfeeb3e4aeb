/** Says in a sentence why a script failed. */
import { RunError } from '../../../nodes/problems.ts';
import type { Limits } from '../sandbox/arguments.ts';
import { type Ended, OUTPUT_LIMIT } from '../sandbox/sandbox.ts';

const MB = 2 ** 20;
/** Characters of a traceback that are kept. */
const DETAIL = 8000;

/** Which Python runs scripts. */
export const PYTHON = '/usr/bin/python3';

/** The problem of a script that was stopped or ended with an error; null where it went well. */
export function failureOf(ended: Ended, limits: Limits): RunError | null {
	const detail = (ended.stderr.trim() || ended.stdout.trim()).slice(-DETAIL);
	const memory = () => new RunError('code.memory', { limit: Math.round(limits.memory / MB) }, { detail, resource: true });
	if (ended.stopped === 'time') return new RunError('run.timeout', { seconds: limits.seconds }, { detail, resource: true });
	if (ended.stopped === 'flood') return new RunError('code.flood', { limit: OUTPUT_LIMIT / MB }, { detail });
	if (ended.stopped === 'memory') return memory();
	if (ended.code === 0) return null;
	// SIGXCPU: the limit on processor time, which several threads use up before the clock.
	if (ended.code === 128 + 24) return new RunError('run.timeout', { seconds: limits.seconds }, { detail, resource: true });
	const reason = lastLine(ended);
	if (/^(?:\w+\.)*_?\w*MemoryError\b/.test(reason)) return memory();
	const missing = /^ModuleNotFoundError: No module named '([^']+)'/.exec(reason)?.[1];
	if (missing !== undefined) return new RunError('code.no-module', { module: missing, python: PYTHON }, { detail });
	if (/Network is unreachable|Name or service not known|Temporary failure in name resolution|getaddrinfo/.test(reason))
		return new RunError('code.no-network', {}, { detail });
	return new RunError('code.failed', { reason }, { detail });
}

function lastLine(ended: Ended): string {
	const line = ended.stderr.trim().split('\n').at(-1)?.trim() ?? '';
	return line === '' ? `it ended with ${ended.code}.` : line.slice(0, 500);
}
