import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { processesOf, type Started, until, Workplace } from '../cli/harness.ts';

const SERVERS = 5;
let place: Workplace;
let servers: Started[];
beforeEach(() => {
	place = new Workplace();
	mkdirSync(place.home);
});
afterEach(async () => {
	for (const server of servers) {
		try {
			server.kill('SIGKILL');
		} catch {
			/* It has ended. */
		}
		await server.ended;
	}
	await until(() => processesOf(place.folder).length === 0);
	place.remove();
});

it.each([
	['no lock', null],
	['the lock of a process that is gone', '4194303'],
	['an empty lock, as a crash may leave it', ''],
	['the lock of another program that has its number now', '1'],
])(`of ${SERVERS} servers that start at once on one home folder with %s, exactly one gets it, and the others name it`, async (_, lock) => {
	if (lock !== null) writeFileSync(place.path('.home/server.pid'), lock);
	servers = Array.from({ length: SERVERS }, () => place.start(['serve', '--port', '0', '--lang', 'en']));
	const isReady = ({ stdout }: Started) => stdout.includes('http://');
	await until(() => servers.every((one) => isReady(one) || one.stderr !== ''), 60);
	const [winner, ...more] = servers.filter(isReady);
	expect(more.map(({ pid }) => pid)).toEqual([]);
	expect(winner, servers.map(({ stderr }) => stderr).join('\n')).toBeDefined();
	for (const loser of servers.filter((one) => !isReady(one))) {
		expect((await loser.ended).status).toBe(1);
		expect(loser.stderr).toContain(`process ${winner?.pid}`);
	}
});
