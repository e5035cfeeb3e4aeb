import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget, type Work } from '../../server/workers/budget.ts';

const MEMORY = 1000;

const work = fc.record({
	memory: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 300, max: 5000 })),
	threads: fc.integer({ min: 1, max: 9 }),
	priority: fc.constantFrom('interactive' as const, 'batch' as const),
});

describe('any work', () => {
	it('starts at some time, and what runs together fits', () => {
		fc.assert(
			fc.property(fc.array(work, { maxLength: 40 }), fc.integer({ min: 1, max: 6 }), fc.infiniteStream(fc.nat()), (all, cores, choices) => {
				const budget = new Budget({ cores, memory: MEMORY });
				for (const [id, options] of all.entries())
					budget.wait({ id, request: { type: 'look', path: '', name: '' }, options, ...budget.counted(options), resolve: () => {}, reject: () => {} });
				const running: Work[] = [];
				let ended = 0;
				for (;;) {
					for (let next = budget.next(); next !== undefined; next = budget.next()) running.push(next);
					if (running.length === 0) break;
					expect(running.reduce((sum, one) => sum + one.memory, 0)).toBeLessThanOrEqual(MEMORY * 1.125);
					expect(running.reduce((sum, one) => sum + one.threads, 0)).toBeLessThanOrEqual(cores + 1);
					const [end] = running.splice((choices.next().value ?? 0) % running.length, 1);
					if (end !== undefined) budget.release(end);
					ended++;
				}
				expect(ended).toBe(all.length);
			}),
		);
	});
});
