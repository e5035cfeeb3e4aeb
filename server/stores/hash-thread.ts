/** A thread that hashes one file, so that the process goes on meanwhile. Told by `workerData`: the path. */
import { createHash } from 'node:crypto';
import { openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const CHUNK = 1 << 20;

const hash = createHash('sha256');
const file = openSync(String(workerData), 'r');
const chunk = Buffer.allocUnsafe(CHUNK);
for (let length = readSync(file, chunk, 0, CHUNK, null); length > 0; length = readSync(file, chunk, 0, CHUNK, null)) hash.update(chunk.subarray(0, length));
parentPort?.postMessage(hash.digest('hex'));
