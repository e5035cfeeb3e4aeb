import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlyObject, Workplace } from '../cli/harness.ts';
import { halved, small } from '../cli/materials.ts';

/** Every one is a name that a disk takes. */
const NAMES = [
	'line\nbreak.png',
	'-rf.png',
	'--out',
	'%03d.png',
	'%s%n.png',
	`it's "quoted".png`,
	'emoji 🦊👩‍👩‍👧.png',
	'\u202Egnp.txet.png',
	'nfc é.png',
	'nfd e\u0301.png',
	'$(touch made-by-a-shell).png',
	'a;b|c&d.png',
	' .png',
	`${'長'.repeat(83)}.png`,
	`${'x'.repeat(251)}.png`,
	'*.png',
	'[x].png',
	'{name}.png',
	'a\\b.png',
	'CON.png',
	'photo=x.png',
	'ends with a dot..png',
];
/** Not UTF-8: the first as a picture is called, the second like nothing. */
const INVALID = [Buffer.from([0x61, 0xff, 0xfe, 0x2e, 0x70, 0x6e, 0x67]), Buffer.from([0xc3, 0x28])];

let place: Workplace;
beforeAll(async () => {
	place = new Workplace();
	mkdirSync(place.path('-in'));
	writeFileSync(place.path('halve.json'), JSON.stringify(halved));
	for (const [i, name] of NAMES.entries()) writeFileSync(place.path('-in', name), await small(`picture ${i}`));
	for (const name of INVALID) writeFileSync(Buffer.concat([Buffer.from(place.path('-in/')), name]), await small('invalid'));
	symlinkSync('loop', place.path('-in/loop'));
	symlinkSync('.', place.path('-in/here'));
	symlinkSync('../-in', place.path('-in/there'));
});
afterAll(() => place.remove());

describe('a folder of odd names', () => {
	it('is run as a whole: each file is done or named with a reason, and nothing is made by a shell', async () => {
		const { status, report } = await place.json('run', 'halve.json', '--in=-in', '--out=-in/out');
		const { items, done, failed, skipped } = report.summary;
		expect(done + failed + skipped).toBe(items);
		expect({ items, done, failed: report.errors.map(({ message }) => message) }).toMatchObject({ items: NAMES.length + INVALID.length, done: NAMES.length });
		for (const { item, message } of report.errors) expect([item, message]).toEqual([expect.stringContaining('\uFFFD'), expect.stringMatching(/name/i)]);
		expect(status).toBe(5);
		const made = readdirSync(place.path('-in/out'));
		expect(made).toHaveLength(NAMES.length);
		for (const name of made) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
		expect(readdirSync(place.folder).sort()).toEqual(['-in', '.home', 'halve.json']);
	});

	it('does not take its own results for inputs, and does nothing twice', async () => {
		const { report } = await place.json('run', 'halve.json', '--in=-in', '--out=-in/out', '--resume');
		expect(report.summary).toMatchObject({ items: NAMES.length + INVALID.length, done: NAMES.length, fromCache: NAMES.length });
	});

	it('gives each of them under its own name, too', async () => {
		for (const name of ['-rf.png', 'line\nbreak.png', 'photo=x.png', '*.png', `${'x'.repeat(251)}.png`]) {
			const { status, report } = await place.json('run', 'halve.json', `--in=./-in/${name}`, '--out', 'single', '--overwrite');
			expect({ name, status, errors: report.errors }).toEqual({ name, status: 0, errors: [] });
		}
	});
});

const NOBODY = 65_534;
const BIN = fileURLToPath(new URL('../../bin/millwright.mjs', import.meta.url));
const canBecome = (() => {
	try {
		execFileSync('setpriv', ['--reuid', String(NOBODY), '--clear-groups', process.execPath, BIN, 'help'], { stdio: 'ignore' });
		return process.getuid?.() === 0;
	} catch {
		return false;
	}
})();

describe('what may not be read or written', () => {
	it.skipIf(!canBecome && process.getuid?.() === 0)('costs only itself as an input, and as a folder for results it is named before any work', async () => {
		const other = new Workplace();
		try {
			for (const name of ['in', 'in/closed', 'out', '.home']) mkdirSync(other.path(name));
			for (const name of ['a', 'b', 'closed/c', 'secret']) writeFileSync(other.path(`in/${name}.png`), await small(name));
			writeFileSync(other.path('in/secret'), 'no ending');
			writeFileSync(other.path('halve.json'), JSON.stringify(halved));
			for (const name of ['.', '.home', 'halve.json']) if (canBecome) chownSync(other.path(name), NOBODY, NOBODY);
			for (const name of ['in/closed', 'in/secret.png', 'in/secret']) chmodSync(other.path(name), 0);
			chmodSync(other.path('out'), 0o555);
			const run = (out: string) => {
				const words = [BIN, 'run', 'halve.json', '--in', 'in', '--out', out, '--json'];
				const [command, args] = canBecome
					? (['setpriv', ['--reuid', String(NOBODY), '--clear-groups', process.execPath, ...words]] as const)
					: ([process.execPath, words] as const);
				return ended(command, args, other);
			};
			const refused = run('out');
			expect(refused).toMatchObject({ outcome: 'failed', outputs: [] });
			for (const { message } of refused.errors) expect(message).toMatch(/Can not write to the folder .*out/);
			const { summary, errors, passedOver } = run('elsewhere');
			expect({ done: summary.done, errors: errors.map(({ item }) => item) }).toEqual({ done: 2, errors: expect.arrayContaining(['secret.png']) });
			for (const { message } of errors) expect(message).toMatch(/permission|may not be opened/i);
			expect(summary.items).toBe(summary.done + summary.failed + summary.skipped);
			expect(JSON.stringify([errors, passedOver])).toContain('closed');
		} finally {
			chmodSync(other.path('in/closed'), 0o755);
			other.remove();
		}
	});
});

function ended(command: string, args: readonly string[], { folder, home }: Workplace) {
	try {
		const stdout = execFileSync(command, args, {
			cwd: folder,
			env: { PATH: process.env.PATH, HOME: folder, MILLWRIGHT_HOME: home },
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		return onlyObject(stdout.toString());
	} catch (error) {
		if (!(error instanceof Error && 'stdout' in error && Buffer.isBuffer(error.stdout))) throw error;
		return onlyObject(error.stdout.toString());
	}
}
