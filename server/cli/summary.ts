/** The summary that people read when a command has ended. */
import type { Language } from '../../nodes/messages/index.ts';
import type { SaidFailure } from '../batch/account.ts';
import type { Estimate } from '../batch/estimate.ts';
import type { Report } from './report.ts';

const WORDS = {
	en: {
		assumed: 'Assumed',
		question: 'Question',
		refused: 'Not possible',
		notUnderstood: 'Not understood',
		check: { pass: '✓', fail: '✗', open: '·' },
		passedOver: 'Passed over',
		more: (count: number) => `and ${count} more`,
		together: ', ',
		try: 'try',
		tryThis: 'Try',
		undo: 'To take back what it wrote: millwright undo',
		estimate: (seconds: string, bytes: string, sampled: number) => `About ${seconds}, ${bytes} (an estimate, from ${sampled} of the items)`,
		unknown: 'an unknown size',
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
		together: '、',
		try: '建议',
		tryThis: '建议',
		undo: '撤销本次写入：millwright undo',
		estimate: (seconds: string, bytes: string, sampled: number) => `约 ${seconds}，${bytes}（根据其中 ${sampled} 项估计）`,
		unknown: '大小未知',
		items: (s: Report['summary']) => `共 ${s.items} 项：完成 ${s.done}（其中 ${s.fromCache} 来自缓存），失败 ${s.failed}，跳过 ${s.skipped}`,
	},
} as const;

/** So many files that were passed over are named on the screen; `--json` names all. */
const SHOWN = 20;

/** One line for each thing that people want to know. */
export function summary(report: Report, language: Language): string[] {
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
	const grouped = new Set(report.failures.flatMap(({ count, items }) => (count > 1 ? items : [])));
	const alone = new Map(report.failures.filter(({ count }) => count === 1).map((failure) => [failure.items[0], failure]));
	for (const { item, node, message } of report.errors) {
		if (item !== undefined && grouped.has(item)) continue;
		const place = [item, node].filter((one) => one !== undefined).join(' · ');
		lines.push(`${place === '' ? '' : `${place}: `}${message}${proposal(alone.get(item), language)}`);
		alone.delete(item);
	}
	lines.push(...report.failures.filter(({ count }) => count > 1).map((failure) => together(failure, language)));
	lines.push(...report.passedOver.slice(0, SHOWN).map(({ input, item, reason }) => `${words.passedOver}: ${input}: ${item} (${reason})`));
	if (report.passedOver.length > SHOWN) lines.push(words.more(report.passedOver.length - SHOWN));
	if (report.estimate !== undefined) lines.push(...estimateLine(report.estimate, language));
	if (report.summary.items > 1) lines.push(words.items(report.summary));
	if (report.summary.items > 1 && report.batch !== null) lines.push(`${words.undo} ${report.batch}`);
	if (report.next !== undefined) lines.push(report.next);
	return lines;
}

/** So many items of a cause are named. */
const NAMED = 2;

function together(failure: SaidFailure, language: Language): string {
	const { message, count, items } = failure;
	const words = WORDS[language];
	const more = count > NAMED ? ` ${words.more(count - NAMED)}` : '';
	return `${count} × "${message}": ${items.slice(0, NAMED).join(words.together)}${more}${proposal(failure, language)}`;
}

/** What would help, and how these items alone are run again with it. */
function proposal(failure: SaidFailure | undefined, language: Language): string {
	if (failure === undefined) return '';
	const { cause, count, mend } = failure;
	const options = mend?.options ?? [];
	const again = count > 1 || options.length > 0 ? ` (${['--only-failed-of', cause, ...options].map(quoted).join(' ')})` : '';
	const words = WORDS[language];
	return `${mend === null ? '' : `${count > 1 ? `; ${words.try}` : ` ${words.tryThis}`}: ${mend.text}`}${again}`;
}

/** A word as it is typed into a shell. */
function quoted(word: string): string {
	return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function estimateLine({ seconds, bytes, sampled }: Estimate, language: Language): string[] {
	const words = WORDS[language];
	return seconds === null ? [] : [words.estimate(duration(seconds), bytes === null ? words.unknown : size(bytes), sampled)];
}

function duration(seconds: number): string {
	if (seconds < 90) return `${seconds < 10 ? Math.max(0.1, Math.round(seconds * 10) / 10) : Math.round(seconds)} s`;
	const minutes = Math.round(seconds / 60);
	return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 6) / 10} h`;
}

function size(bytes: number): string {
	const units = ['B', 'kB', 'MB', 'GB', 'TB'];
	const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
	return `${Number((bytes / 1000 ** power).toPrecision(2))} ${units[power]}`;
}
