import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { processesOf, type Started, until, Workplace } from '../cli/harness.ts';

const SERVERS = 5;
let place: Workplace;
let servers: Started[];
beforeEach(() => {
	place = new Workplace();
	mkdirSync(place.home);
	servers = [];
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

/** Takes the lock and gives it back for a second, and says how often it had it, and how often somebody else did, too. */
const TAKING = `
	const { lockHome, homeOf, HomeBusy } = await import(${JSON.stringify(new URL('../../server/stores/home.ts', import.meta.url).href)});
	const { writeFileSync, rmSync } = await import('node:fs');
	const home = homeOf(process.argv[1]);
	let had = 0, shared = 0;
	for (const end = performance.now() + 1000; performance.now() < end; ) {
		let release;
		try {
			release = lockHome(home);
		} catch (error) {
			if (error instanceof HomeBusy) continue;
			throw error;
		}
		had++;
		const owner = home.folder + '/owner';
		try {
			writeFileSync(owner, '', { flag: 'wx' });
			rmSync(owner);
		} catch {
			shared++;
		}
		release();
	}
	console.log(JSON.stringify({ had, shared }));`;

it('a lock that four processes take and give back again and again never has two owners', async () => {
	const run = promisify(execFile);
	const said = await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, ['--input-type=module', '-e', TAKING, place.home])));
	const all: { had: number; shared: number }[] = said.map(({ stdout }) => JSON.parse(stdout));
	expect(all.reduce((sum, { had }) => sum + had, 0)).toBeGreaterThan(10);
	expect(all.map(({ shared }) => shared)).toEqual([0, 0, 0, 0]);
});
