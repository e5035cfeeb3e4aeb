/** `node bench/many.ts [--items 10000]`: a folder of tiny files of which 3 % are broken. Exits with 1 where one of them isn't accounted for. */
import { parseArgs } from 'node:util';
import { runMany } from '../tests/faults/many.ts';

const { values } = parseArgs({ options: { items: { type: 'string', default: '10000' } } });
const items = Number(values.items);
if (!Number.isInteger(items) || items < 100) {
	console.error('Expected a whole number from 100 for --items.');
	process.exit(2);
}

const { broken, first, again, mended, results, memory } = await runMany(items, 0.03);
const said = ({ summary: { items: all, done, failed, skipped }, seconds }: typeof first) =>
	`${done} done + ${failed} failed + ${skipped} skipped = ${done + failed + skipped} of ${all}, ${seconds.toFixed(0)} s`;
console.log(`${items} files, ${broken.length} of them broken: ${said(first)}`);
console.log(`by cause: ${first.groups.map(({ cause, count }) => `${count} × ${cause}`).join(', ')}`);
console.log(`--failed-only, after ${mended} were mended: ${said(again)}`);
const pair = ([early, late]: readonly [number, number]) => `${early.toFixed(0)} MB → ${late.toFixed(0)} MB`;
console.log(`memory, most in the second and in the last fourth of the time: the command ${pair(memory.own)}, a worker ${pair(memory.worker)}`);
const isRight =
	first.summary.done === items - broken.length &&
	first.summary.failed === broken.length &&
	first.failed.toSorted().join() === broken.toSorted().join() &&
	again.summary.items === broken.length &&
	again.summary.done === mended &&
	results === items - broken.length + mended;
console.log(isRight ? 'every file is accounted for' : 'WRONG: some file is not accounted for');
process.exitCode = isRight ? 0 : 1;
