/** What commands that run something share: the engine, Ctrl-C, progress, the last word. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Optimising } from '../engine/optimise.ts';
import { type Opened, open, RULES } from '../open.ts';
import { homeFolder } from '../stores/home.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { EXIT, exitOf, type Report } from './report.ts';
import { summary } from './summary.ts';

export interface Session extends Opened {
	/** Aborts on Ctrl-C. */
	readonly signal: AbortSignal;
}

/** Opens the home folder, does the work, and leaves no process behind; a second Ctrl-C ends at once. */
export function withEngine(work: (session: Session) => Promise<number>): Promise<number> {
	return withOpened(open(homeFolder()), work);
}

/** The same without the rules that the command's `--without` names. @throws UsageError */
export async function withEngineFor(args: Arguments, work: (session: Session) => Promise<number>): Promise<number> {
	return withOpened(open(homeFolder(), { optimise: optimisingOf(args) }), work);
}

async function withOpened(opened: Opened, work: (session: Session) => Promise<number>): Promise<number> {
	const abort = new AbortController();
	let since = 0;
	/* A terminal tells the whole process group, and a wrapper may tell us again: only a later one is a second one. */
	const interrupt = () => {
		if (abort.signal.aborted && performance.now() - since > 500) process.exit(EXIT.cancelled);
		if (!abort.signal.aborted) since = performance.now();
		abort.abort();
	};
	process.on('SIGINT', interrupt);
	process.on('SIGTERM', interrupt);
	try {
		const status = await work({ ...opened, signal: abort.signal });
		return abort.signal.aborted ? EXIT.cancelled : status;
	} finally {
		process.off('SIGINT', interrupt);
		process.off('SIGTERM', interrupt);
		await Promise.race([opened.engine.close(), wait(5000, undefined, { ref: false })]);
	}
}

function optimisingOf({ values }: Arguments): Optimising {
	const without = values.without ?? [];
	const wrong = without.find((name) => name !== 'all' && !RULES.includes(name));
	if (wrong !== undefined) throw new UsageError(`There is no rule ${wrong}. Rules: all, ${RULES.join(', ')}.`);
	return without.includes('all') ? false : { without };
}

/** Prints the report: one JSON object, or a summary for people. */
export function finish(report: Report, args: Arguments): number {
	if (args.values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
	else for (const line of summary(report, args.language)) console.log(line);
	return exitOf(report);
}
