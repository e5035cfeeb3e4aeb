/** Whether a text is a table with delimiters, and with which. */

const DELIMITERS = ['\t', ',', ';', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/**
 * The delimiter that cuts every line into the same number of cells, or null. How many lines must agree depends on the name:
 * `named` like a table, `open`, or `doubted` (named like prose or a program).
 */
export function delimiterOf(text: string, name: 'named' | 'open' | 'doubted'): Delimiter | null {
	let best: { readonly delimiter: Delimiter; readonly cells: number } | null = null;
	for (const delimiter of DELIMITERS) {
		const rows = rowsOf(text, delimiter);
		const cells = rows[0] ?? 0;
		if (cells < 2) continue;
		const agreeing = rows.filter((count) => count === cells).length / rows.length;
		if (agreeing < (name === 'named' ? 0.7 : 1) || !isEnough(rows.length, cells, delimiter, name)) continue;
		if (best === null || cells > best.cells) best = { delimiter, cells };
	}
	return best?.delimiter ?? null;
}

/** Prose has commas, too: without a telling name it takes more lines, or more cells, to be a table. */
function isEnough(rows: number, cells: number, delimiter: Delimiter, name: 'named' | 'open' | 'doubted'): boolean {
	if (name === 'named') return true;
	if (name === 'doubted') return delimiter === '\t' && rows >= 3 && cells >= 3;
	if (delimiter === '\t') return rows >= 2;
	return cells >= 3 ? rows >= 2 : rows >= 4;
}

/** Cells of each line, quotes respected; at most 200 lines, without a last one that may be cut. */
function rowsOf(text: string, delimiter: string): number[] {
	const rows: number[] = [];
	let cells = 1;
	let quoted = false;
	let empty = true;
	for (let i = 0; i < text.length && rows.length < 200; i += 1) {
		const char = text[i];
		if (char === '"') quoted = !quoted;
		else if (quoted) continue;
		else if (char === delimiter) cells += 1;
		else if (char === '\n') {
			if (!empty) rows.push(cells);
			cells = 1;
			empty = true;
			continue;
		}
		if (char !== '\r' && char !== ' ') empty = false;
	}
	const complete = text.length < 60_000 && !quoted;
	if (complete && !empty && rows.length < 200) rows.push(cells);
	return rows;
}
