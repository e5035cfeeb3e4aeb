/** Kills a batch on the command line at random moments, again and again, and looks each time at what it left. `npm test` does it a little, `bench/kill.ts` for long. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import type { Report } from '../../server/cli/report.ts';
import { processesOf, Workplace } from '../cli/harness.ts';
import { halved, small } from '../cli/materials.ts';
import { seeded } from './random.ts';

export interface Killing {
	/** Kills that hit a running process. */
	readonly points: number;
	readonly seed: number;
	readonly items: number;
	readonly onKill?: (killed: number, outcome: Killed) => void;
}

export interface Killed {
	readonly kills: number;
	/** Batches that were killed, each until it was done at last. */
	readonly rounds: number;
	/** Results that were there after a kill, over all kills, each of them compared. */
	readonly compared: number;
	/** Kills before the first result, between two results, and after the last. */
	readonly moments: { readonly before: number; readonly between: number; readonly after: number };
	/** Longest time for which a process of the killed batch was still there, in milliseconds. */
	readonly slowest: number;
	/** Whatever isn't as it should be. */
	readonly wrong: readonly string[];
}

/** Milliseconds after which nothing of a killed batch may be left. */
const GRACE = 2000;

export async function killAtRandom(killing: Killing): Promise<Killed> {
	const place = new Workplace();
	try {
		return await new Rounds(place, killing).go();
	} finally {
		place.remove();
	}
}

class Rounds {
	readonly #place: Workplace;
	readonly #killing: Killing;
	readonly #random: () => number;
	/** Hash of each result, of a run that nobody disturbed; and how long that took. */
	#reference = new Map<string, string>();
	#duration = 0;
	#kills = 0;
	#rounds = 0;
	#compared = 0;
	#slowest = 0;
	readonly #moments = { before: 0, between: 0, after: 0 };
	readonly #wrong: string[] = [];

	constructor(place: Workplace, killing: Killing) {
		this.#place = place;
		this.#killing = killing;
		this.#random = seeded(killing.seed);
	}

	async go(): Promise<Killed> {
		const { points, items } = this.#killing;
		mkdirSync(this.#place.path('in'));
		for (let i = 0; i < items; i++) writeFileSync(this.#place.path('in', `${i}.png`), await small(`picture ${i} ${i * i}`));
		writeFileSync(this.#place.path('halve.json'), JSON.stringify(halved));
		const since = performance.now();
		await this.#toTheEnd([], new Map());
		this.#duration = performance.now() - since;
		this.#reference = this.#results();
		for (; this.#kills < points; this.#rounds++) await this.#round(this.#rounds % 3 === 2 ? ['--commit', 'end'] : []);
		return this.#outcome();
	}

	/** One batch, killed until a run of it gets to its end by itself, or until there were enough kills. */
	async #round(words: readonly string[]): Promise<void> {
		for (const name of ['out', '.home']) rmSync(this.#place.path(name), { recursive: true, force: true });
		let kept: ReadonlyMap<string, string> = new Map();
		let made: ReadonlySet<string> = new Set();
		while (this.#kills < this.#killing.points) {
			const started = this.#place.start(['run', 'halve.json', '--in', 'in', '--out', 'out', '--resume', ...words]);
			const ended = started.ended.then(() => true);
			const early = await Promise.race([ended, wait(this.#moment(), false)]);
			if (early) break;
			process.kill(started.pid, 'SIGKILL');
			const since = performance.now();
			await ended;
			await this.#gone(since);
			this.#kills++;
			[kept, made] = this.#look(kept, made);
			this.#killing.onKill?.(this.#kills, this.#outcome());
		}
		await this.#toTheEnd(['--resume', ...words], kept);
		this.#look(kept, made, true);
	}

	/** Milliseconds after its start: at any time for a fourth of the kills, and for the others rather while it works than while it starts. */
	#moment(): number {
		const from = this.#random() < 0.25 ? 0 : 0.4;
		return (from + this.#random() * (1 - from)) * this.#duration;
	}

	/** The last run of a batch, which nobody disturbs. */
	async #toTheEnd(words: readonly string[], kept: ReadonlyMap<string, string>): Promise<void> {
		const { stdout, stderr } = await this.#place.run('run', 'halve.json', '--in', 'in', '--out', 'out', ...words, '--json');
		const { summary }: Report = JSON.parse(stdout === '' ? '{"summary":{}}' : stdout);
		const { items } = this.#killing;
		if (summary.done !== items || summary.failed !== 0) this.#wrong.push(`the last run ended with ${JSON.stringify(summary)}: ${stderr.slice(-500)}`);
		if (summary.fromCache < kept.size) this.#wrong.push(`${kept.size} results were there, ${summary.fromCache} came from the store`);
	}

	/** What is there: whole, as it should be, and what was there before is the same file. */
	#look(before: ReadonlyMap<string, string>, madeBefore: ReadonlySet<string>, last = false): readonly [ReadonlyMap<string, string>, ReadonlySet<string>] {
		const found = this.#results();
		for (const [name, hash] of found) if (hash !== this.#reference.get(name)) this.#wrong.push(`kill ${this.#kills}: ${name} is not what it should be`);
		const identities = new Map([...found.keys()].map((name) => [name, this.#identity(name)]));
		for (const [name, identity] of before) if (identities.get(name) !== identity) this.#wrong.push(`kill ${this.#kills}: ${name} was written again`);
		const made = this.#made();
		for (const row of madeBefore) if (!made.has(row)) this.#wrong.push(`kill ${this.#kills}: a result was made again: ${row}`);
		if (last) {
			const all = this.#place.files('out');
			if (found.size !== this.#reference.size || all.length !== found.size) this.#wrong.push(`at the end there is ${all.join(', ')}`);
			if (made.size !== this.#killing.items) this.#wrong.push(`${made.size} results were made of ${this.#killing.items} items`);
			const left = this.#place.files('.home/temporary');
			if (left.length > 0) this.#wrong.push(`left in the folder for temporary things: ${left.join(', ')}`);
		} else {
			this.#compared += found.size;
			this.#moments[found.size === 0 ? 'before' : found.size < this.#reference.size ? 'between' : 'after']++;
		}
		return [identities, made];
	}

	/** Name → hash of what a user sees. */
	#results(): Map<string, string> {
		if (!existsSync(this.#place.path('out'))) return new Map();
		const names = this.#place.files('out').filter((name) => !name.startsWith('.millwright-'));
		return new Map(
			names.map((name) => [
				name,
				createHash('sha256')
					.update(readFileSync(this.#place.path('out', name)))
					.digest('hex'),
			]),
		);
	}

	#identity(name: string): string {
		const { ino, mtimeMs } = statSync(this.#place.path('out', name));
		return `${ino} ${mtimeMs}`;
	}

	/** Results in the ledger with the time at which each was made; of a copy, so that the next run finds what the kill left. */
	#made(): Set<string> {
		if (!existsSync(this.#place.path('.home/ledger.db'))) return new Set();
		const copy = this.#place.path('.copy');
		rmSync(copy, { recursive: true, force: true });
		mkdirSync(copy);
		for (const name of ['ledger.db', 'ledger.db-wal'])
			if (existsSync(this.#place.path('.home', name))) cpSync(this.#place.path('.home', name), `${copy}/${name}`);
		const database = new DatabaseSync(`${copy}/ledger.db`);
		try {
			if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'results'").get() === undefined) return new Set();
			return new Set(
				database
					.prepare('SELECT key, made FROM results')
					.all()
					.map((row) => `${row.key} ${row.made}`),
			);
		} finally {
			database.close();
		}
	}

	async #gone(since: number): Promise<void> {
		while (processesOf(this.#place.folder).length > 0 && performance.now() - since < 2 * GRACE) await wait(5);
		const took = performance.now() - since;
		this.#slowest = Math.max(this.#slowest, took);
		if (took > GRACE) this.#wrong.push(`kill ${this.#kills}: ${processesOf(this.#place.folder).join('; ') || 'a process'} was there for ${took.toFixed(0)} ms`);
	}

	#outcome(): Killed {
		return {
			kills: this.#kills,
			rounds: this.#rounds,
			compared: this.#compared,
			moments: this.#moments,
			slowest: this.#slowest,
			wrong: this.#wrong,
		};
	}
}
