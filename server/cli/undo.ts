import { relative } from 'node:path';
import { say } from '../../nodes/messages/index.ts';
import { findWriting, type Undone, undo } from '../batch/undo.ts';
import { open } from '../open.ts';
import { homeFolder } from '../stores/home.ts';
import { WrittenLedger } from '../stores/written.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { emptyReport, exitOf, type Report } from './report.ts';

/** `millwright undo [BATCH|last]` */
export async function undoCommand(args: Arguments): Promise<number> {
	const [id = 'last', ...more] = args.words;
	if (more.length > 0) throw new UsageError(`Expected one batch: millwright undo [BATCH|last], got ${args.words.join(' ')}.`);
	const opened = open(homeFolder());
	try {
		const stores = { written: new WrittenLedger(opened.database), artifacts: opened.artifacts };
		const undone = await undo(findWriting(id, stores), stores, { dry: args.values['dry-run'] });
		const report = reportOf(undone, args);
		if (args.values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
		else for (const line of linesOf(undone, args)) console.log(line);
		return exitOf(report);
	} finally {
		await opened.engine.close();
	}
}

function reportOf(undone: Undone, { values, language }: Arguments): Report {
	const { removed, restored, gone, kept } = undone;
	const report = emptyReport(values['dry-run'] ? 'planned' : kept.length > 0 ? 'partial' : 'done');
	report.batch = undone.batch;
	report.undone = { removed, restored, gone, kept, folders: undone.folders };
	report.errors = kept.map(({ path, reason }) => ({ item: path, message: say(language, `undo.${reason}`, { path }) }));
	const items = removed.length + restored.length + gone.length + kept.length;
	report.summary = { items, done: items - kept.length, failed: kept.filter(({ reason }) => reason === 'failed').length, skipped: 0, fromCache: 0 };
	report.summary.skipped = kept.length - report.summary.failed;
	return report;
}

function linesOf({ batch, removed, restored, kept, folders }: Undone, { values, language }: Arguments): string[] {
	const shown = (path: string) => relative(process.cwd(), path) || '.';
	const lines = [
		...removed.map((path) => `- ${shown(path)}`),
		...restored.map((path) => `↺ ${shown(path)}`),
		...folders.map((path) => `- ${shown(path)}/`),
		...kept.map(({ path, reason }) => `! ${say(language, `undo.${reason}`, { path: shown(path) })}`),
	];
	const counts = { removed: removed.length, restored: restored.length, kept: kept.length, batch };
	return [...lines, say(language, values['dry-run'] ? 'undo.would' : 'undo.done', counts)];
}
