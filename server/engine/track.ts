/** Keeps the state of every node while a run goes on, and tells about changes. */
import type { Problem } from '../../nodes/problems.ts';
import type { Artifact, NodeState, RunEvent } from './engine.ts';
import type { Why } from './why.ts';

interface Tally {
	calls: number;
	finished: number;
	seconds: number;
	made: boolean;
	readonly shares: Map<string, number>;
	readonly outputs: Record<string, Artifact[]>;
	why?: Why;
}

export class Tracker {
	readonly #states = new Map<string, NodeState>();
	readonly #tallies = new Map<string, Tally>();
	readonly #emit: (event: RunEvent) => void;
	#expected = 0;
	#spent = 0;
	#running = new Map<string, { readonly seconds: number; share: number }>();
	#startedAt = performance.now();

	constructor(emit: (event: RunEvent) => void) {
		this.#emit = emit;
	}

	get states(): Readonly<Record<string, NodeState>> {
		return Object.fromEntries(this.#states);
	}

	state(node: string): NodeState | undefined {
		return this.#states.get(node);
	}

	set(node: string, state: NodeState): void {
		this.#states.set(node, state);
		this.#emit({ type: 'node', node, state });
	}

	/** This many calls of a node are to be made. */
	expect(node: string, calls: number): void {
		const tally = this.#tally(node);
		tally.calls += calls;
		if (this.#states.get(node)?.state !== 'running') this.set(node, { state: 'waiting' });
	}

	/** Why a node's value has to be made; the first reason stays. */
	because(node: string, why: () => Why): void {
		const tally = this.#tally(node);
		tally.why ??= why();
	}

	/** Estimated seconds of a group that will run. */
	plan(seconds: number): void {
		this.#expected += seconds;
	}

	progress(group: string, nodes: readonly string[], seconds: number, share: number): void {
		this.#running.set(group, { seconds, share });
		const eta = this.#eta();
		for (const node of new Set(nodes)) {
			const tally = this.#tally(node);
			tally.shares.set(group, share);
			const sum = [...tally.shares.values()].reduce((total, one) => total + one, 0);
			this.set(node, { state: 'running', progress: Math.min(1, (tally.finished + sum) / Math.max(1, tally.calls)), eta });
		}
		this.#overall(eta);
	}

	/** A group is finished; `kept`: the artifacts that came of it, by node and port. */
	finish(
		group: string,
		nodes: readonly string[],
		estimate: number,
		seconds: number,
		kept: readonly { node: string; port: string; artifacts: readonly Artifact[] }[],
	): void {
		this.#running.delete(group);
		this.#spent += estimate;
		for (const one of kept) {
			const outputs = this.#tally(one.node).outputs;
			outputs[one.port] = [...(outputs[one.port] ?? []), ...one.artifacts];
		}
		const last = nodes.at(-1) ?? '';
		for (const node of nodes) {
			const tally = this.#tally(node);
			tally.shares.delete(group);
			tally.finished++;
			tally.seconds += seconds;
			tally.made = true;
			if (tally.finished < tally.calls || this.#states.get(node)?.state === 'failed') continue;
			const why = tally.why === undefined ? {} : { why: tally.why };
			if (Object.keys(tally.outputs).length === 0 && node !== last) this.set(node, { state: 'fused', into: last, ...why });
			else this.set(node, { state: 'done', from: 'made', seconds: tally.seconds, outputs: tally.outputs, ...why });
		}
		this.#overall(this.#eta());
	}

	cached(node: string, port: string, artifacts: readonly Artifact[]): void {
		const tally = this.#tally(node);
		if (tally.calls > 0 && tally.finished < tally.calls) return;
		tally.outputs[port] = [...artifacts];
		this.set(node, { state: 'done', from: tally.made ? 'made' : 'cache', seconds: tally.seconds, outputs: tally.outputs });
	}

	fail(problem: Problem): void {
		if (problem.node !== undefined) this.set(problem.node, { state: 'failed', problem });
	}

	#overall(eta: number | null): void {
		const running = [...this.#running.values()].reduce((sum, one) => sum + one.seconds * one.share, 0);
		const share = this.#expected === 0 ? 0 : Math.min(1, (this.#spent + running) / this.#expected);
		this.#emit({ type: 'progress', done: this.#spent, share, eta });
	}

	/** Elapsed time stretched to the whole; before a twentieth is done it would be a guess, so it is null. */
	#eta(): number | null {
		const running = [...this.#running.values()].reduce((sum, one) => sum + one.seconds * one.share, 0);
		const share = this.#expected === 0 ? 0 : (this.#spent + running) / this.#expected;
		const elapsed = (performance.now() - this.#startedAt) / 1000;
		return share < 0.05 ? null : Math.max(0, (elapsed / share) * (1 - share));
	}

	#tally(node: string): Tally {
		let tally = this.#tallies.get(node);
		if (tally === undefined) {
			tally = { calls: 0, finished: 0, seconds: 0, made: false, shares: new Map(), outputs: {} };
			this.#tallies.set(node, tally);
		}
		return tally;
	}
}
