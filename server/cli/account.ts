/** `--report FILE`: what became of each item. */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { RunError } from '../../nodes/problems.ts';
import { type Account, accountText } from '../batch/account.ts';
import type { BatchResult } from '../batch/batch.ts';
import { isTaken } from '../batch/files.ts';
import { Originals } from '../batch/originals.ts';
import { moveNew } from '../stores/artifacts.ts';
import type { Arguments } from './arguments.ts';
import type { Report } from './report.ts';

export interface ReportFile {
	readonly path: string;
	readonly format: 'json' | 'csv';
	readonly overwrite: boolean;
}

/** Looks before anything runs whether it can be written. @throws RunError `output.exists`, `output.original`. */
export async function reportFileOf({ values }: Arguments, originals: readonly string[]): Promise<ReportFile | null> {
	if (values.report === undefined) return null;
	const path = resolve(values.report);
	new Originals(originals).guard(path);
	if (!values.overwrite && (await isTaken(path))) throw new RunError('output.exists', { path: values.report });
	return { path, format: extname(path).toLowerCase() === '.csv' ? 'csv' : 'json', overwrite: values.overwrite };
}

/** Whole or not at all. @throws RunError `output.exists` for one that came up meanwhile, or that the batch itself wrote. */
export async function writeReportFile(file: ReportFile, report: Report, result: BatchResult, started: Date): Promise<void> {
	const draft = join(dirname(file.path), `.millwright-report-${randomUUID().slice(0, 8)}`);
	if (result.items.some(({ files }) => files.some(({ path }) => resolve(path) === file.path))) throw new RunError('output.exists', { path: file.path });
	await mkdir(dirname(file.path), { recursive: true });
	try {
		await writeFile(draft, accountText(accountOf(report, result, started), file.format), { flag: 'wx' });
		if (file.overwrite) await rename(draft, file.path);
		else await moveNew(draft, file.path);
	} catch (error) {
		await rm(draft, { force: true });
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw new RunError('output.exists', { path: file.path });
		throw error;
	}
}

function accountOf(report: Report, result: BatchResult, started: Date): Account {
	return {
		batch: report.batch ?? '',
		recipe: report.recipe?.name ?? '',
		state: report.outcome,
		started: started.toISOString(),
		seconds: result.seconds,
		counts: result.counts,
		items: result.items.map(({ item, state, files, seconds }) => ({
			item,
			state,
			outputs: files.map(({ path }) => path),
			seconds: seconds ?? null,
			error:
				report.errors
					.filter((error) => error.item === item)
					.map(({ message }) => message)
					.join('\n') || null,
			fromCache: state === 'cached',
		})),
		failures: report.failures,
	};
}
