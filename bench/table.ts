/** The table that a benchmark ends with. */
import type { Measured } from './measure.ts';

export interface Row {
	readonly what: string;
	readonly way: string;
	readonly value: string;
	/** Our time as a share of this way's. */
	readonly ratio: string;
	readonly aim: string;
}

/** A way that was not measured, or a row of other facts. */
export function left(way: string, value: string, aim = ''): Row {
	return { what: '', way, value, ratio: '', aim };
}

/** The first way is ours; `aims`: the ratio to stay below, by the other ways' names. */
export function against(what: string, measured: readonly Measured[], aims: Readonly<Record<string, string>>): Row[] {
	const [ours] = measured;
	return measured.map((one, i) => ({
		what: i === 0 ? what : '',
		way: one.name,
		value: `${one.seconds.toFixed(2)} s (processor ${one.processor.toFixed(2)} s)`,
		ratio: ours === undefined || i === 0 ? '' : `${(ours.seconds / one.seconds).toFixed(2)} (processor ${(ours.processor / one.processor).toFixed(2)})`,
		aim: aims[one.name] ?? '',
	}));
}

/** As Markdown. */
export function printed(rows: readonly Row[]): string {
	const head = ['what', 'way', 'median', 'ours ÷ theirs', 'aim'];
	const lines = [head, ...rows.map(({ what, way, value, ratio, aim }) => [what, way, value, ratio, aim])];
	const widths = head.map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
	const [first, ...rest] = lines.map((line) => `| ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`);
	return [first, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest].join('\n');
}
