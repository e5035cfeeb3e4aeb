/** Downloads of a run's results, one by one or all in an archive. */
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { ZipFile } from 'yazl';
import type { RunView } from './api.ts';
import { Refusal } from './problems.ts';
import type { ResultSet } from './result-set.ts';
import { disposition, sendBytes } from './send.ts';

export async function sendOutput(request: Request, response: Response, run: RunView, n: string, results: ResultSet): Promise<void> {
	const output = run.outputs.find((one) => String(one.n) === n);
	const missing = new Refusal(404, 'artifact.unknown');
	if (output === undefined) throw missing;
	const attachment = output.file ?? `${output.node}.${output.format}`;
	await sendBytes(request, response, { path: await results.path(output.hash), format: output.format, content: output.hash, attachment, missing });
}

/** Everything that was saved; where nothing was, the answers. Not compressed: pictures and films are. */
export async function sendZip(response: Response, run: RunView, results: ResultSet): Promise<void> {
	const saved = run.outputs.filter((output) => output.file !== null);
	const chosen = saved.length > 0 ? saved : run.outputs;
	if (chosen.length === 0) throw new Refusal(404, 'artifact.unknown');
	const files = await Promise.all(
		chosen.map(async (output) => ({ path: await results.path(output.hash), name: output.file ?? `${output.n}-${output.node}.${output.format}` })),
	);
	const zip = new ZipFile();
	for (const { path, name } of files) zip.addFile(path, name, { compress: false, mtime: new Date(run.startedAt) });
	zip.end();
	response.set({ 'Content-Type': 'application/zip', 'Content-Disposition': disposition(`${run.name}.zip`), 'Cache-Control': 'no-store' });
	await pipeline(zip.outputStream, response).catch(() => response.destroy());
}
