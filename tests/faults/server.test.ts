import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processesOf, type Started, until, Workplace } from '../cli/harness.ts';
import { fixture } from '../fixtures/index.ts';

let place: Workplace;
let servers: Started[] = [];
beforeEach(() => {
	place = new Workplace();
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

function serve(): Started {
	const server = place.start(['serve', '--port', '0', '--lang', 'en']);
	servers.push(server);
	return server;
}

async function ready(server: Started): Promise<string> {
	await until(() => server.stdout.includes('http://') || server.stderr !== '');
	const url = /http:\/\/\S+/.exec(server.stdout)?.[0];
	if (url === undefined) throw new Error(server.stderr);
	return url;
}

interface Reply {
	readonly status: number;
	readonly cookie: string;
	readonly text: string;
}

function ask(url: string, method: string, path: string, cookie: string, body?: Buffer | object): Promise<Reply> {
	const bytes = body === undefined ? undefined : Buffer.isBuffer(body) ? body : JSON.stringify(body);
	const headers = { cookie, ...(typeof bytes === 'string' ? { 'content-type': 'application/json' } : {}) };
	return new Promise((resolve, reject) => {
		const asked = request(new URL(path, url), { method, headers, agent: false }, (response) => {
			let text = '';
			response.setEncoding('utf8').on('data', (chunk: string) => {
				text += chunk;
			});
			response.on('end', () => resolve({ status: response.statusCode ?? 0, cookie: response.headers['set-cookie']?.[0]?.split(';')[0] ?? '', text }));
		});
		asked.on('error', reject).end(bytes);
	});
}

const file = { spec: 'io.file', version: 1, params: { kind: 'image' } };
/** Both take minutes. */
const LONG = {
	ffmpeg: {
		nodes: {
			photo: file,
			zoom: { spec: 'video.ken-burns', version: 1, params: { duration: 120, width: 1280, height: 720 } },
			save: { spec: 'video.save', version: 1, params: { format: 'mp4' } },
		},
		edges: [
			{ from: 'photo.value', to: 'zoom.image' },
			{ from: 'zoom.video', to: 'save.video' },
		],
	},
	python: {
		nodes: {
			photo: file,
			sleep: { spec: 'code.python', version: 1, params: { script: 'import time\ntime.sleep(600)', inputs: [], outputs: [{ name: 'table', kind: 'table' }] } },
			rows: { spec: 'table.save', version: 1, params: { format: 'csv' } },
		},
		edges: [{ from: 'sleep.table', to: 'rows.table' }],
	},
};

describe('kill -9 of the server', () => {
	it.each(['ffmpeg', 'python'] as const)('in the middle of a run leaves no %s, and the next one starts at once', async (program) => {
		const server = serve();
		const url = await ready(server);
		const { cookie } = await ask(url, 'GET', '/', '');
		const input = await ask(url, 'POST', '/api/inputs?name=photo.jpg', cookie, readFileSync(fixture('photo')));
		const { id }: { id: string } = JSON.parse(input.text);
		const run = await ask(url, 'POST', '/api/runs', cookie, { recipe: { millwright: 1, name: 'long', graph: LONG[program] }, bindings: { photo: [id] } });
		expect(run.status, run.text).toBe(201);
		await until(() => descendants(server.pid).some((pid) => nameOf(pid).startsWith(program)));
		const before = descendants(server.pid);
		process.kill(server.pid, 'SIGKILL');
		await server.ended;
		await until(() => before.every((pid) => nameOf(pid) === ''), 5);
		expect(processesOf(place.folder)).toEqual([]);
		const next = serve();
		await ready(next);
		expect(place.files('.home/temporary')).toEqual([]);
	});
});

function descendants(parent: number): number[] {
	const rows = execFileSync('ps', ['-eo', 'pid=,ppid='])
		.toString()
		.trim()
		.split('\n')
		.map((line) => line.trim().split(/\s+/).map(Number));
	const below = (pid: number): number[] => rows.flatMap(([own = 0, above]) => (above === pid ? [own, ...below(own)] : []));
	return below(parent);
}

/** Empty: there is no such process. */
function nameOf(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/comm`, 'utf8');
	} catch {
		return '';
	}
}

describe('two servers on one home folder', () => {
	it('can not be: the second one names the first and ends; a lock whose owner is gone is taken over', async () => {
		const first = serve();
		await ready(first);
		const second = await serve().ended;
		expect(second.status).toBe(1);
		expect(second.stderr).toContain(`process ${first.pid}`);
		expect(second.stderr).toContain('MILLWRIGHT_HOME');
		first.kill('SIGTERM');
		expect((await first.ended).status).toBe(0);
		writeFileSync(place.path('.home/server.pid'), '4194303');
		await ready(serve());
		expect(readFileSync(place.path('.home/server.pid'), 'utf8')).toBe(String(servers.at(-1)?.pid));
	});
});
