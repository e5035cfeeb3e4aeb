import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isAlive } from '../../server/stores/alive.ts';

describe('a process', () => {
	it('is there while it runs', () => {
		expect(isAlive(process.pid)).toBe(true);
		expect(isAlive(2 ** 30)).toBe(false);
	});

	it.runIf(process.platform === 'linux')('is gone when it has ended, also when its parent has not asked about it', async () => {
		/* The shell becomes a program that never asks about its child. */
		const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 30']);
		try {
			const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text: Buffer) => resolve(Number(text.toString()))));
			await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
			expect(() => process.kill(pid, 0)).not.toThrow();
		} finally {
			parent.kill('SIGKILL');
		}
	});
});
