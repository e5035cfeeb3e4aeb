import { expect, it } from 'vitest';
import { runMany } from './many.ts';

it('of 600 files of which 18 are broken every one is accounted for, the broken ones by their causes; only they are tried again', async () => {
	const { items, broken, first, again, mended, results, memory } = await runMany(600, 0.03);
	expect(broken).toHaveLength(18);
	expect(first.status).toBe(5);
	expect(first.summary).toMatchObject({ items, done: items - broken.length, failed: broken.length, skipped: 0 });
	expect(first.failed.toSorted()).toEqual(broken.toSorted());
	expect(first.groups.reduce((sum, { count }) => sum + count, 0)).toBe(broken.length);
	expect(first.groups.length).toBeGreaterThan(1);
	expect(first.groups.length).toBeLessThan(6);
	expect(again.summary).toMatchObject({ items: broken.length, done: mended, failed: broken.length - mended });
	expect(results).toBe(items - broken.length + mended);
	expect(memory.own[1]).toBeLessThan(300);
	expect(memory.worker[1]).toBeLessThan(400);
}, 480_000);
