import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endLeftOvers } from '../../server/batch/stage.ts';
import { findWriting, undo } from '../../server/batch/undo.ts';
import { ArtifactFolder } from '../../server/stores/artifacts.ts';
import { Database } from '../../server/stores/database.ts';
import { openHome } from '../../server/stores/home.ts';
import { WrittenLedger } from '../../server/stores/written.ts';
import { filesBelow } from '../cli/harness.ts';

const CHILD = fileURLToPath(new URL('./commit-child.ts', import.meta.url));
const NAMES = ['a', 'b', 'c', 'd'];

let folder: string;
let out: string;
beforeEach(() => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'millwright-commit-')));
	out = join(folder, 'out');
	mkdirSync(out);
	for (const name of NAMES) writeFileSync(join(folder, name), `the result ${name}`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function commit(killAt: number, existing = 'error'): void {
	const ended = spawnSync(process.execPath, [CHILD, out, folder, String(killAt), existing], { encoding: 'utf8' });
	expect([ended.signal, ended.status, ended.stderr]).toEqual(killAt <= NAMES.length ? ['SIGKILL', null, ''] : [null, 0, '']);
}
function stores() {
	const home = openHome(join(folder, 'home'));
	return { written: new WrittenLedger(new Database(home.database)), artifacts: new ArtifactFolder(home.artifacts, home.temporary) };
}
const visible = () => filesBelow(out).filter((path) => !path.startsWith('.millwright-'));
const whole = NAMES.map((name) => `sub/${name}.txt`);
const contents = () => whole.map((path) => readFileSync(join(out, path), 'utf8'));

describe('a commit at the end', () => {
	it.each([0, 1, 2, 3, 4])('that is killed before file %i gets its name is completed by the next run', async (killAt) => {
		commit(killAt);
		expect(visible()).toEqual(whole.slice(0, killAt));
		await endLeftOvers(out);
		expect(filesBelow(out)).toEqual(whole);
		expect(contents()).toEqual(NAMES.map((name) => `the result ${name}`));
		expect(readdirSync(out)).toEqual(['sub']);
	});

	it.each([0, 2, 4])('that is killed before file %i while it replaces others is completed, and undo brings them all back', async (killAt) => {
		mkdirSync(join(out, 'sub'));
		for (const path of whole) writeFileSync(join(out, path), `from before: ${path}`);
		commit(killAt, 'overwrite');
		await endLeftOvers(out);
		expect(contents()).toEqual(NAMES.map((name) => `the result ${name}`));
		const undone = await undo(findWriting('last', stores()), stores());
		expect(undone).toMatchObject({ removed: [], kept: [], restored: whole.map((path) => join(out, path)) });
		expect(contents()).toEqual(whole.map((path) => `from before: ${path}`));
	});

	it('is taken back as a whole where somebody took a name meanwhile; the file of that name stays', async () => {
		commit(2);
		writeFileSync(join(out, 'sub/c.txt'), 'somebody else wrote this');
		await endLeftOvers(out);
		expect(filesBelow(out)).toEqual(['sub/c.txt']);
		expect(readFileSync(join(out, 'sub/c.txt'), 'utf8')).toBe('somebody else wrote this');
	});

	it('leaves what was changed after the kill as it is', async () => {
		commit(2);
		writeFileSync(join(out, 'sub/a.txt'), 'edited meanwhile');
		writeFileSync(join(out, 'sub/d.txt'), 'somebody else wrote this');
		await endLeftOvers(out);
		expect(filesBelow(out)).toEqual(['sub/a.txt', 'sub/d.txt']);
		expect(readFileSync(join(out, 'sub/a.txt'), 'utf8')).toBe('edited meanwhile');
	});
});

describe('undo', () => {
	it('removes what was written and the folders that were made for it', async () => {
		commit(99);
		expect(visible()).toEqual(whole);
		const dry = await undo(findWriting('kil', stores()), stores(), { dry: true });
		expect(dry.removed).toHaveLength(4);
		expect(visible()).toEqual(whole);
		const undone = await undo(findWriting('kil', stores()), stores());
		expect(undone).toMatchObject({ batch: 'killed', restored: [], gone: [], kept: [], folders: [join(out, 'sub')] });
		expect(existsSync(join(out, 'sub'))).toBe(false);
		expect(() => findWriting('last', stores())).toThrow('No batch');
		expect(() => findWriting('killed', stores())).toThrow('undone already');
		expect(() => findWriting('other', stores())).toThrow('no batch other');
	});

	it('keeps what was changed since and names it, and can be tried again', async () => {
		commit(99);
		writeFileSync(join(out, 'sub/b.txt'), 'mine now');
		rmSync(join(out, 'sub/c.txt'));
		writeFileSync(join(out, 'sub/own.txt'), 'my own');
		const undone = await undo(findWriting('last', stores()), stores());
		expect(undone).toMatchObject({
			removed: [join(out, 'sub/a.txt'), join(out, 'sub/d.txt')],
			gone: [join(out, 'sub/c.txt')],
			kept: [{ path: join(out, 'sub/b.txt'), reason: 'changed' }],
			folders: [],
		});
		expect(visible()).toEqual(['sub/b.txt', 'sub/own.txt']);
		writeFileSync(join(out, 'sub/b.txt'), 'the result b');
		expect((await undo(findWriting('killed', stores()), stores())).removed).toEqual([join(out, 'sub/b.txt')]);
		expect(visible()).toEqual(['sub/own.txt']);
	});

	it('keeps a result whose forerunner is no longer in the store', async () => {
		mkdirSync(join(out, 'sub'));
		for (const path of whole) writeFileSync(join(out, path), `from before: ${path}`);
		commit(99, 'overwrite');
		rmSync(join(folder, 'home/artifacts'), { recursive: true });
		expect((await undo(findWriting('last', stores()), stores())).kept.map(({ reason }) => reason)).toEqual(['lost', 'lost', 'lost', 'lost']);
		expect(contents()).toEqual(NAMES.map((name) => `the result ${name}`));
	});

	it('leaves what a killed batch had not yet replaced', async () => {
		mkdirSync(join(out, 'sub'));
		for (const path of whole) writeFileSync(join(out, path), `from before: ${path}`);
		commit(2, 'overwrite');
		rmSync(join(out, readdirSync(out).find((name) => name.startsWith('.millwright-')) ?? ''), { recursive: true });
		const undone = await undo(findWriting('last', stores()), stores());
		expect(undone).toMatchObject({
			kept: [],
			restored: [join(out, 'sub/a.txt'), join(out, 'sub/b.txt')],
			gone: [join(out, 'sub/c.txt'), join(out, 'sub/d.txt')],
		});
		expect(contents()).toEqual(whole.map((path) => `from before: ${path}`));
	});

	it('keeps the replaced bytes in garbage collection for as long as they may be wanted', async () => {
		mkdirSync(join(out, 'sub'));
		for (const path of whole) writeFileSync(join(out, path), 'all the same before');
		commit(99, 'overwrite');
		expect(stores().written.contents().size).toBe(1);
		expect(stores().written.contents(new Date(Date.now() + 31 * 86_400_000)).size).toBe(0);
		await undo(findWriting('last', stores()), stores());
		expect(stores().written.contents().size).toBe(0);
	});
});
