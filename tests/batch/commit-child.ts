/** Commits files all at once and kills itself before a given one gets its name: `commit-child.ts OUT STORE KILL-AT existing`. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Recorder } from '../../server/batch/record.ts';
import { Transaction } from '../../server/batch/transaction.ts';
import { ArtifactFolder } from '../../server/stores/artifacts.ts';
import { Database } from '../../server/stores/database.ts';
import { openHome } from '../../server/stores/home.ts';
import { WrittenLedger } from '../../server/stores/written.ts';

const [out = '', store = '', killAt = '', existing = 'error'] = process.argv.slice(2);
const home = openHome(join(store, 'home'));
const written = new WrittenLedger(new Database(home.database));
const artifacts = new ArtifactFolder(home.artifacts, home.temporary);
written.begin({ id: 'killed', name: 'killed', out, likeness: 'killed' });
const record = new Recorder('killed', { written, artifacts });
const transaction = await Transaction.open({ out, existing: existing === 'overwrite' ? 'overwrite' : 'error', commit: 'end', record });
for (const name of ['a', 'b', 'c', 'd']) {
	const path = join(store, name);
	const bytes = readFileSync(path);
	await transaction.write({ path, content: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }, join(out, 'sub', `${name}.txt`));
}
await transaction.commit((index) => {
	if (index === Number(killAt)) process.kill(process.pid, 'SIGKILL');
});
await transaction.close();
written.end('killed', 'ended');
