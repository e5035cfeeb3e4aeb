import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { failureOf, PYTHON } from '../../server/backends/code/failure.ts';
import { LIMITS } from '../../server/backends/sandbox/arguments.ts';
import { runBoxed } from '../../server/backends/sandbox/sandbox.ts';
import { processesWith, type Session, session } from '../backends/sandbox/script.ts';

let python: Session;
beforeAll(() => {
	python = session();
});
afterAll(() => python.close());

/** Whatever a script does, nothing of it may be left: its sandbox has the folder among its arguments. The kernel takes a moment to clear up. */
afterEach(async () => {
	for (let i = 0; i < 20 && processesWith(python.folder).length > 0; i += 1) await wait(100);
	expect(processesWith(python.folder)).toEqual([]);
});

/** Runs Python expressions in the sandbox and says what came of each: its value, or the name of the error. */
async function tried(...expressions: readonly string[]): Promise<string[]> {
	const script = `import os, socket, subprocess, glob
results = []
for text in ${JSON.stringify(expressions)}:
    try:
        results.append(repr(eval(text)))
    except BaseException as error:
        results.append(type(error).__name__)
open(outputs["result"], "w").write("\\n".join(results))`;
	const { result } = await python.run(script);
	return readFileSync(result?.path ?? '', 'utf8').split('\n');
}

describe('a script', () => {
	it('sees no file but its own', async () => {
		const secret = join(python.folder, 'secret.txt');
		writeFileSync(secret, 'secret');
		const paths = ['/etc/passwd', '/etc/shadow', secret, homedir(), '/root', '/home', '/var/lib', '/work', '/proc/1/root/etc/hostname', '/sys/kernel'];
		const seen = await tried(
			...paths.map((path) => `os.listdir(${JSON.stringify(path)}) if os.path.isdir(${JSON.stringify(path)}) else open(${JSON.stringify(path)}).read()`),
		);
		expect(seen).toEqual(paths.map(() => 'FileNotFoundError'));
		expect(await tried('sorted(os.listdir("/"))')).toEqual(["['bin', 'dev', 'etc', 'in', 'lib', 'lib64', 'out', 'proc', 'sbin', 'tmp', 'usr']"]);
	});

	it('is nobody, without rights, without our environment', async () => {
		const [uid, groups, caps, names] = await tried(
			'os.getuid()',
			'os.getgroups()',
			'[line.split()[1] for line in open("/proc/self/status") if line.startswith("Cap")]',
			'[name for name in os.environ if "MILLWRIGHT" in name or "NODE" in name or "KEY" in name]',
		);
		expect([uid, names]).toEqual(['65534', '[]']);
		expect(groups).toMatch(/^\[(65534)?(, 65534)*\]$/);
		expect(caps).toBe(`[${Array(5).fill("'0000000000000000'").join(', ')}]`);
	});

	it('sees no process but its own, and can not make namespaces', async () => {
		const [processes, unshared] = await tried(
			'len([name for name in os.listdir("/proc") if name.isdigit()])',
			'subprocess.run(["unshare", "-U", "true"], capture_output=True).returncode',
		);
		expect(Number(processes)).toBeLessThan(6);
		expect(unshared).not.toBe('0');
	});

	it('has no network, not even to this machine', async () => {
		const server = createServer((_, response) => response.end('reached')).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const address = server.address();
		const port = typeof address === 'object' ? address?.port : 0;
		try {
			const [local, far] = await tried(`socket.create_connection(("127.0.0.1", ${port}), 2)`, 'socket.create_connection(("192.0.2.1", 80), 2)');
			expect([local, far]).toEqual(['ConnectionRefusedError', 'OSError']);
		} finally {
			server.close();
		}
		await expect(python.run('import urllib.request\nurllib.request.urlopen("http://example.org")')).rejects.toMatchObject({
			problem: { key: 'code.no-network' },
		});
	});

	it('can not change its inputs or the system', async () => {
		const path = join(python.folder, 'given.txt');
		writeFileSync(path, 'given', { mode: 0o666 });
		const script = `import os
for path in (inputs["text"], "/in/script.py", "/usr/bin/python3", "/usr/x", "/in/x", "/x"):
    try:
        open(path, "a").write("changed")
        raise SystemExit("wrote " + path)
    except OSError:
        pass
open(outputs["result"], "w").write("contained")`;
		await python.run(script, { inputs: { text: { path, name: 'given.txt', metadata: { kind: 'text', characters: 5, lines: 1 } } } });
		expect(readFileSync(path, 'utf8')).toBe('given');
	});

	it('can not put a link, a pipe or a folder in the place of its output', async () => {
		const secret = join(python.folder, 'secret');
		mkdirSync(secret, { recursive: true });
		for (const change of [
			`os.symlink("/etc/passwd", path)`,
			`os.mkfifo(path)`,
			`os.mkdir(path)`,
			`os.rename("/tmp/link", path)`,
			`os.symlink("/etc/passwd", os.path.dirname(path) + "/other")`,
		]) {
			const script = `import os\npath = outputs["result"]\nos.symlink("/etc/passwd", "/tmp/link")\ntry:\n    os.remove(path)\nexcept OSError:\n    pass\n${change}`;
			await expect(python.run(script)).rejects.toMatchObject({
				problem: { key: 'code.failed', values: { reason: expect.stringMatching(/OSError|FileExistsError/) } },
			});
		}
	});

	it('can not fork without end', async () => {
		const script = `import os, time
n = 0
try:
    while True:
        if os.fork() == 0:
            time.sleep(3600)
        n += 1
except BlockingIOError:
    open(outputs["result"], "w").write(str(n))`;
		const { result } = await python.run(script);
		expect(Number(readFileSync(result?.path ?? '', 'utf8'))).toBeLessThan(64);
		await expect(python.run('import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass', { seconds: 2 })).rejects.toMatchObject({
			problem: { key: 'run.timeout', resource: true },
		});
	});

	it('can not fill the disk', async () => {
		const fill = (path: string) => `with open(${path}, "wb") as file:\n    block = bytes(1 << 24)\n    while True:\n        file.write(block)`;
		await expect(python.run(fill('"/tmp/x"'))).rejects.toMatchObject({
			problem: { key: 'code.failed', values: { reason: expect.stringContaining('No space left') } },
		});
		const seek = 'with open(outputs["result"], "wb") as file:\n    file.seek(3 << 30)\n    file.write(b"x")';
		await expect(python.run(seek)).rejects.toMatchObject({ problem: { values: { reason: expect.stringContaining('File too large') } } });
	});

	it('is stopped when it prints without end', async () => {
		await expect(python.run('while True:\n    print("x" * 10000)')).rejects.toMatchObject({ problem: { key: 'code.flood', values: { limit: 10 } } });
	});

	it('is stopped when it takes too much memory, alone or with its children', async () => {
		await expect(python.run('x = bytearray(8 << 30)')).rejects.toMatchObject({ problem: { key: 'code.memory', resource: true } });
		const together = `import os, time
for i in range(6):
    if os.fork() == 0:
        x = bytearray(b"x") * (100 << 20)
        time.sleep(60)
time.sleep(60)`;
		const limits = { ...LIMITS, memory: 400 * 2 ** 20 };
		const ended = await runBoxed({ command: [PYTHON, '-c', together], readable: [], writable: [], limits }, new AbortController().signal);
		expect(ended.stopped).toBe('memory');
		expect(failureOf(ended, limits)?.problem).toMatchObject({ key: 'code.memory', values: { limit: 400 } });
	});

	it('is stopped when its time is over, with all that it started', async () => {
		const token = '86399.125';
		const script = `import subprocess, time\nsubprocess.Popen(["setsid", "sleep", "${token}"])\ntime.sleep(86400)`;
		const running = python.run(script, { seconds: 1 });
		await expect(running).rejects.toMatchObject({ problem: { key: 'run.timeout', values: { seconds: 1 } } });
		await wait(200);
		expect(processesWith(token)).toEqual([]);
	});

	it('is stopped when nobody wants it any more', async () => {
		const abort = new AbortController();
		const running = python.run('import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(86400)', { signal: abort.signal });
		setTimeout(() => abort.abort(), 300);
		await expect(running).rejects.toMatchObject({ problem: { type: 'cancelled' } });
	});

	it('leaves no marker on this machine by its text', async () => {
		const marker = join(python.folder, 'marker');
		await expect(python.run(`"""' ; touch ${marker} ; $(touch ${marker})\n"""\nopen("${marker}", "w")`)).rejects.toMatchObject({
			problem: { key: 'code.failed' },
		});
		expect(existsSync(marker)).toBe(false);
	});
});
