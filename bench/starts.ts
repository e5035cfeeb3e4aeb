/** Commands that do little: what is left is the start of the program. */
import { inFolder, median, millwright, type Setting, time } from './measure.ts';
import type { Row } from './table.ts';

export async function benchStarts({ rounds }: Setting): Promise<Row[]> {
	const commands: readonly (readonly [string, readonly string[]])[] = [
		['millwright nodes', ['nodes']],
		['millwright plan', ['plan', 'make photos 800 px wide, black and white, as webp']],
	];
	return inFolder(async (home) => {
		const empty = await Promise.all([time(process.execPath, ['-e', '0']), time(process.execPath, ['-e', '0'])]);
		const rows: Row[] = [];
		for (const [name, args] of commands) {
			const took: number[] = [];
			for (let round = 0; round < Math.max(rounds, 5); round++) took.push((await millwright(home, args)).seconds * 1000);
			rows.push({ what: rows.length === 0 ? 'whole process' : '', way: name, value: `${median(took).toFixed(0)} ms`, ratio: '', aim: '≤ 200 ms' });
		}
		return [...rows, { what: '', way: 'node -e 0', value: `${median(empty.map((one) => one.seconds * 1000)).toFixed(0)} ms`, ratio: '', aim: '' }];
	});
}
