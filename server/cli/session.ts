/** What commands that run something share: the engine, Ctrl-C, progress, the last word. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Language } from '../../nodes/messages/index.ts';
import { type Opened, open } from '../open.ts';
import { homeFolder } from '../stores/home.ts';
import type { Arguments } from './arguments.ts';
import { EXIT, exitOf, type Report } from './report.ts';

export interface Session extends Opened {
	/** Aborts on Ctrl-C. */
	readonly signal: AbortSignal;
}

/** Opens the home folder, does the work, and leaves no process behind; a second Ctrl-C ends at once. */
export async function withEngine(work: (session: Session) => Promise<number>): Promise<number> {
	const opened = open(homeFolder());
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

/** Prints the report: one JSON object, or a summary for people. */
export function finish(report: Report, args: Arguments): number {
	if (args.values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
	else for (const line of summary(report, args.language)) console.log(line);
	return exitOf(report);
}

const WORDS = {
	en: {
		assumed: 'Assumed',
		question: 'Question',
		refused: 'Not possible',
		notUnderstood: 'Not understood',
		check: { pass: '✓', fail: '✗', open: '·' },
		passedOver: 'Passed over',
		more: (count: number) => `and ${count} more`,
		items: (s: Report['summary']) => `${s.done} done (${s.fromCache} from the store), ${s.failed} failed, ${s.skipped} skipped of ${s.items}`,
	},
	zh: {
		assumed: '假设',
		question: '请确认',
		refused: '无法完成',
		notUnderstood: '没有理解',
		check: { pass: '✓', fail: '✗', open: '·' },
		passedOver: '未处理',
		more: (count: number) => `以及另外 ${count} 个`,
		items: (s: Report['summary']) => `共 ${s.items} 项：完成 ${s.done}（其中 ${s.fromCache} 来自缓存），失败 ${s.failed}，跳过 ${s.skipped}`,
	},
} as const;

/** So many files that were passed over are named on the screen; `--json` names all. */
const SHOWN = 20;

function summary(report: Report, language: Language): string[] {
	const words = WORDS[language];
	const lines = report.assumptions.map((one) => `${words.assumed}: ${one.text}`);
	lines.push(...report.notUnderstood.map((part) => `${words.notUnderstood}: ${part}`));
	lines.push(...report.questions.map((question) => `${words.question}: ${question}`));
	lines.push(...report.refusals.map(({ part, reason }) => `${words.refused}: ${part} (${reason})`));
	lines.push(...report.answers.map((answer) => answer.text));
	lines.push(...report.outputs.map((output) => output.path));
	lines.push(
		...report.checks.map(
			({ text, ok, item }) => `${ok === null ? words.check.open : ok ? words.check.pass : words.check.fail} ${item === undefined ? '' : `${item}: `}${text}`,
		),
	);
	lines.push(
		...report.errors.map(
			({ item, node, message }) =>
				`${[item, node].filter((one) => one !== undefined).join(' · ')}${item === undefined && node === undefined ? '' : ': '}${message}`,
		),
	);
	lines.push(...report.passedOver.slice(0, SHOWN).map(({ input, item, reason }) => `${words.passedOver}: ${input}: ${item} (${reason})`));
	if (report.passedOver.length > SHOWN) lines.push(words.more(report.passedOver.length - SHOWN));
	if (report.summary.items > 1) lines.push(words.items(report.summary));
	if (report.next !== undefined) lines.push(report.next);
	return lines;
}
