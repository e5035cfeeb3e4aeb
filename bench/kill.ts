/** `node bench/kill.ts --points 200 [--seed 1] [--items 60]`: kills a batch with SIGKILL at random moments and says what it left. Exits with 1 where anything is wrong. */
import { parseArgs } from 'node:util';
import { killAtRandom } from '../tests/faults/killing.ts';

const { values } = parseArgs({
	options: { points: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, items: { type: 'string', default: '60' } },
});
const [points, seed, items] = [Number(values.points), Number(values.seed), Number(values.items)];
if (![points, seed, items].every((number) => Number.isInteger(number) && number > 0)) {
	console.error('Expected whole numbers above 0 for --points, --seed and --items.');
	process.exit(2);
}

const startedAt = performance.now();
const onKill = (kills: number, { wrong }: { readonly wrong: readonly string[] }) => {
	if (kills % 20 === 0) process.stderr.write(`${kills} of ${points}, ${wrong.length} wrong\n`);
};
const { moments, ...killed } = await killAtRandom({ points, seed, items, onKill });
console.log(
	`kills: ${killed.kills} (seed ${seed}; ${moments.before} before the first result, ${moments.between} between two, ${moments.after} after the last)`,
);
console.log(`batches of ${items} items: ${killed.rounds}, each run to its end after its kills`);
console.log(`results found after a kill and compared with those of an undisturbed run: ${killed.compared}`);
console.log(`longest that a process was left: ${killed.slowest.toFixed(0)} ms`);
console.log(`wrong: ${killed.wrong.length} (half a file, another content, made or written again, something left behind)`);
console.log(`${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
for (const line of killed.wrong) console.log(`  ${line}`);
process.exitCode = killed.wrong.length === 0 ? 0 : 1;
