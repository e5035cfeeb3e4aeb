/** How a table's file is read, written down: so that a script can read it, and others like it, in the same way. */
import { open } from 'node:fs/promises';
import type { Column } from '../../../nodes/define.ts';
import { RunError } from '../../../nodes/problems.ts';
import { encodingOf } from './encoding.ts';
import { withTable } from './probe.ts';
import { openPromised } from './source.ts';
import { literal } from './sql/quote.ts';

export interface TableReading {
	/** A SELECT that gives the columns; the quoted path of the file belongs between two pieces. */
	readonly select: readonly string[];
	/** Of the file; the SELECT reads UTF-8. */
	readonly encoding: string;
	/** The line with the names of the columns, by which a file of the same shape is known; null: there is none. */
	readonly header: string | null;
	/** Names and types that the SELECT gives, as the database names them. */
	readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** @throws RunError for files that can't be read, `eject.json-shape` where the rows have to be looked for inside the file. */
export async function readingOf(path: string, format: string, name: string, promised: readonly Column[] | null): Promise<TableReading> {
	return withTable(path, format, name, async (db, prepared) => {
		const encoding = prepared.format === 'parquet' ? 'utf-8' : await encodingOf(path);
		if (encoding === 'utf-8' && prepared.path !== path) throw new RunError('eject.json-shape', { name });
		const opened = await openPromised(db, prepared, promised);
		const header = prepared.format === 'csv' && / header = true, delim = /.test(opened.select) ? await firstLine(prepared.path) : null;
		return { select: opened.select.split(literal(prepared.path)), encoding, header, columns: await db.describe(opened.select) };
	});
}

const LONGEST = 1 << 20;

async function firstLine(path: string): Promise<string> {
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST), 0, LONGEST, 0);
		return (/^[^\r\n]*/.exec(new TextDecoder().decode(buffer.subarray(0, bytesRead))) ?? [''])[0];
	} finally {
		await file.close();
	}
}
