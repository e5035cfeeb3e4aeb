/** A folder of very many small files, some of them broken, run on the command line: every one is accounted for, and memory stays flat. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { onlyObject, Workplace } from '../cli/harness.ts';
import { halved, small } from '../cli/materials.ts';

export interface Many {
	readonly items: number;
	/** Names of the broken ones. */
	readonly broken: readonly string[];
	readonly first: Round;
	/** With `--failed-only`, after a third of the broken files were mended. */
	readonly again: Round;
	readonly mended: number;
	/** Files among the results, and those that none of the items stands for. */
	readonly results: number;
	/** Megabytes of the command line's process and of its largest worker: the most in the second and in the last fourth of the time. */
	readonly memory: { readonly own: readonly [number, number]; readonly worker: readonly [number, number] };
}
export interface Round {
	readonly status: number | null;
	readonly summary: { readonly items: number; readonly done: number; readonly failed: number; readonly skipped: number };
	/** Items that failed, by what the message says. */
	readonly failed: readonly string[];
	/** Groups of failures: how many each. */
	readonly groups: readonly { readonly cause: string; readonly count: number }[];
	readonly seconds: number;
}

export async function runMany(items: number, share: number): Promise<Many> {
	const place = new Workplace();
	try {
		mkdirSync(place.path('in'));
		writeFileSync(place.path('halve.json'), JSON.stringify(halved));
		const broken: string[] = [];
		const every = Math.round(1 / share);
		for (let i = 0; i < items; i++) {
			const name = `${i}.png`;
			const whole = await small(`number ${i} ${i * i}`);
			if (i % every === every - 1) broken.push(name);
			writeFileSync(place.path('in', name), i % every === every - 1 ? damaged(whole, broken.length) : whole);
		}
		const samples: [own: number, worker: number][] = [];
		const first = await round(place, [], samples);
		const mended = broken.filter((_, i) => i % 3 === 0);
		for (const name of mended) writeFileSync(place.path('in', name), await small(`mended ${name}`));
		const again = await round(place, ['--failed-only'], []);
		const most = (which: 0 | 1): [number, number] => {
			const most = (from: number, to: number) =>
				Math.max(0, ...samples.slice(Math.floor(samples.length * from), Math.ceil(samples.length * to)).map((one) => one[which]));
			return [most(0.25, 0.5), most(0.75, 1)];
		};
		return { items, broken, first, again, mended: mended.length, results: place.files('out').length, memory: { own: most(0), worker: most(1) } };
	} finally {
		place.remove();
	}
}

/** Each in another way: empty, a text, cut off, only its beginning, zeros. */
function damaged(whole: Buffer, kind: number): Buffer {
	const kinds = [Buffer.alloc(0), Buffer.from('only a text\n'), whole.subarray(0, whole.length - 40), whole.subarray(0, 8), Buffer.alloc(200)];
	return kinds[kind % kinds.length] ?? Buffer.alloc(0);
}

async function round(place: Workplace, words: readonly string[], samples: [number, number][]): Promise<Round> {
	const since = performance.now();
	const started = place.start(['run', 'halve.json', '--in', 'in', '--out', 'out', ...words, '--json']);
	let running = true;
	const ended = started.ended.finally(() => {
		running = false;
	});
	while (running) {
		const own = megabytes(started.pid);
		if (own > 0) samples.push([own, Math.max(0, ...childrenOf(started.pid).map(megabytes))]);
		await Promise.race([ended, wait(100)]);
	}
	const { status, stdout, stderr } = await ended;
	const report = onlyObject(stdout, stderr);
	const groups = (report.failures ?? []).map(({ cause, count }) => ({ cause, count }));
	return { status, summary: report.summary, failed: report.errors.map(({ item }) => item ?? ''), groups, seconds: (performance.now() - since) / 1000 };
}

function megabytes(pid: number): number {
	try {
		return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
	} catch {
		return 0;
	}
}

function childrenOf(pid: number): number[] {
	try {
		return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
			readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
		);
	} catch {
		return [];
	}
}
