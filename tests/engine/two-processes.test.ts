import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const DATABASE = new URL('../../server/stores/database.ts', import.meta.url).href;
/** Opens the ledger and writes to it again and again. */
const SCRIPT = `
	const { Database } = await import(${JSON.stringify(DATABASE)});
	for (let i = 0; i < 200; i++) {
		const database = new Database(process.argv[1]);
		database.transaction(() => database.run('INSERT OR REPLACE INTO looks (file, body) VALUES (?, ?)', process.pid + '-' + i, '{}'));
		database.close();
	}`;

it('several processes open and write one home at the same time', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'millwright-test-'));
	try {
		const path = join(folder, 'ledger.db');
		await Promise.all(Array.from({ length: 6 }, () => run(process.execPath, ['--input-type=module', '-e', SCRIPT, path])));
		const { Database } = await import('../../server/stores/database.ts');
		const database = new Database(path);
		expect(database.all('SELECT file FROM looks')).toHaveLength(1200);
		database.close();
	} finally {
		await rm(folder, { recursive: true });
	}
});
