/**
 * Problems: what can go wrong, as plain data that crosses processes, and as errors that are thrown.
 *
 * `graph`: the user can mend it on the canvas. `run`: a backend failed on these bytes. `cancelled`: no failure.
 * `bug`: our fault.
 */
import { type Language, type MessageKey, say, type Values } from './messages/index.ts';

export interface Problem {
	readonly type: 'graph' | 'run' | 'cancelled' | 'bug';
	readonly key: MessageKey;
	readonly values: Values;
	readonly node?: string;
	readonly port?: string;
	readonly param?: string;
	/** What the outside program said last (the end of stderr, a traceback); shown on request. */
	readonly detail?: string;
	/** A failure that says nothing about the bytes (time-out, memory, full disk); its result is never remembered. */
	readonly resource?: boolean;
	/** A file isn't throughout what the look at its beginning said; a thorough look may know better. */
	readonly misread?: boolean;
}

export type Place = Pick<Problem, 'node' | 'port' | 'param' | 'detail' | 'resource' | 'misread'>;

/** An error whose text comes from the message catalogue. `message` is the English text, for logs. */
export class ProblemError extends Error {
	readonly problem: Problem;
	constructor(problem: Problem, cause?: unknown) {
		super(say('en', problem.key, problem.values), { cause });
		this.problem = problem;
	}
}

/** The graph asks for something impossible; carries the node, port or parameter to mend. */
export class GraphError extends ProblemError {
	override readonly name = 'GraphError';
	constructor(key: MessageKey, values: Values = {}, place: Place = {}) {
		super({ type: 'graph', key, values, ...place });
	}
}

/** A backend or an outside program failed on these bytes. */
export class RunError extends ProblemError {
	override readonly name = 'RunError';
	constructor(key: MessageKey, values: Values = {}, place: Place = {}, cause?: unknown) {
		super({ type: 'run', key, values, ...place }, cause);
	}
}

/** Somebody asked to stop. Not a failure. */
export class Cancelled extends ProblemError {
	override readonly name = 'Cancelled';
	constructor() {
		super({ type: 'cancelled', key: 'run.cancelled', values: {} });
	}
}

/** Whatever was thrown, as a problem; what is neither ours nor the disk's is a `bug` that names the reason. */
export function problemOf(thrown: unknown): Problem {
	if (thrown instanceof ProblemError) return thrown.problem;
	const reason = thrown instanceof Error ? thrown.message : String(thrown);
	const detail = thrown instanceof Error ? thrown.stack : undefined;
	const disk = diskProblem(thrown, reason);
	if (disk !== null) return { ...disk, ...(detail === undefined ? {} : { detail }) };
	return { type: 'bug', key: 'bug', values: { reason }, ...(detail === undefined ? {} : { detail }) };
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const DISK = new Set(['EIO', 'EROFS', 'EACCES', 'EPERM', 'EBUSY', 'ESTALE', 'ENXIO', 'ENODEV', 'EMFILE', 'ENFILE', 'ENAMETOOLONG']);
/** What SQLite calls a full disk, a read-only file, an I/O error, a file that can't be opened. */
const SQLITE_FULL = 13;
const SQLITE_DISK = new Set([8, 10, 14]);

/** What the system says when a disk, and not a program, is at fault. */
function diskProblem(thrown: unknown, reason: string): Problem | null {
	if (!(thrown instanceof Error) || !('code' in thrown)) return null;
	const sqlite = thrown.code === 'ERR_SQLITE_ERROR' && 'errcode' in thrown ? Number(thrown.errcode) & 0xff : 0;
	if (FULL.has(String(thrown.code)) || sqlite === SQLITE_FULL) return { type: 'run', key: 'run.disk-full', values: {}, resource: true };
	if (DISK.has(String(thrown.code)) || SQLITE_DISK.has(sqlite)) return { type: 'run', key: 'run.disk', values: { reason }, resource: true };
	return null;
}

/** The sentence that people read. */
export function sayProblem(language: Language, problem: Pick<Problem, 'key' | 'values'>): string {
	return say(language, problem.key, problem.values);
}
