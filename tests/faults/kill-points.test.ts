import { expect, it } from 'vitest';
import { killAtRandom } from './killing.ts';

it('a batch that is killed at 20 random moments keeps every finished result, makes none twice, and never shows half a file', async () => {
	const killed = await killAtRandom({ points: 20, seed: 20, items: 24 });
	expect(killed.wrong).toEqual([]);
	expect(killed.kills).toBe(20);
	expect(killed.moments.between).toBeGreaterThan(0);
}, 480_000);
