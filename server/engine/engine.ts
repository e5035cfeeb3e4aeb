/** What the engine offers to the command line, the HTTP server, batches and planners. */
import type { Metadata, Seen } from '../../nodes/define.ts';
import type { Check, Recipe } from '../../nodes/graph.ts';
import type { Words } from '../../nodes/messages/words.ts';
import type { Problem } from '../../nodes/problems.ts';
import type { Hash } from './group.ts';
import type { Why } from './why.ts';

/** A file of the user's that was looked at. */
export interface Source {
	/** Absolute. */
	readonly path: string;
	/** Name that the user knows, with its ending. */
	readonly name: string;
	/** Of its content. */
	readonly content: Hash;
	readonly bytes: number;
	readonly format: string;
	readonly readings: readonly Metadata[];
}

/** Source nodes → the files given for them. A node of one value takes one. */
export type Bindings = Readonly<Record<string, readonly Source[]>>;

export interface RunRequest {
	readonly recipe: Recipe;
	readonly bindings: Bindings;
	/** Nodes whose outputs are wanted; absent: everything that saves, and small answers nobody reads. */
	readonly observe?: readonly string[];
	/** `preview`: on proxies of the sources. */
	readonly quality?: 'full' | 'preview';
	readonly signal?: AbortSignal;
	/** Seconds for one group; 3600 unless told. */
	readonly timeout?: number;
	readonly onEvent?: (event: RunEvent) => void;
	/** Interactive work goes before batches. */
	readonly priority?: 'interactive' | 'batch';
}

/** A finished value in the store. */
export interface Artifact {
	readonly content: Hash;
	/** Absolute path in the store, or of the source itself. Read only. */
	readonly path: string;
	readonly bytes: number;
	readonly metadata: Metadata;
}

export type NodeState =
	| { readonly state: 'waiting' }
	| { readonly state: 'running' /** 0…1 */; readonly progress: number /** Seconds. */; readonly eta: number | null }
	| {
			readonly state: 'done';
			readonly from: 'made' | 'cache';
			readonly seconds: number;
			readonly outputs: Readonly<Record<string, readonly Artifact[]>>;
			/** Why it had to be made; of single runs. */
			readonly why?: Why;
	  }
	/** Ran as part of a group and left no bytes of its own. */
	| { readonly state: 'fused'; readonly into: string; readonly why?: Why }
	| { readonly state: 'failed'; readonly problem: Problem }
	| { readonly state: 'skipped'; readonly because: string };

export type RunEvent =
	| { readonly type: 'node'; readonly node: string; readonly state: NodeState }
	| { readonly type: 'progress'; readonly done: number /** 0…1 over the whole run. */; readonly share: number; readonly eta: number | null };

export interface CheckResult {
	readonly check: Check;
	readonly ok: boolean;
	readonly actual: string | number | boolean | null;
}

/** A result that a run was asked for: one file, or an answer. */
export interface Output {
	readonly node: string;
	readonly port: string;
	/** Position, where the value is a list. */
	readonly index: number | null;
	readonly artifact: Artifact;
	/** Name of the source that it was made from, without ending; what `{name}` stands for. */
	readonly stem: string;
}

export type RunResult = {
	readonly nodes: Readonly<Record<string, NodeState>>;
	readonly outputs: readonly Output[];
	readonly checks: readonly CheckResult[];
	readonly seconds: number;
	/** Groups that ran, and values that were in the store already. */
	readonly counts: { readonly groups: number; readonly made: number; readonly cached: number };
} & ({ readonly state: 'done' } | { readonly state: 'failed'; readonly problems: readonly Problem[] } | { readonly state: 'cancelled' });

/** A rule of the optimiser that changed how a group is made. */
export interface AppliedRule {
	readonly name: string;
	readonly summary: Words;
	/** Whether the result is the same to the bit, or as near as makes no difference to the eye. */
	readonly tolerance: 'exact' | 'tiny';
	/** The nodes that it was about. */
	readonly nodes: readonly string[];
}

/** One group as `explain` shows it. */
export interface Explained {
	readonly backend: string;
	readonly nodes: readonly string[];
	/** What will run, as people would type it. */
	readonly commands: readonly string[];
	/** How the steps were put so that it is quicker; the value is the same. */
	readonly rules: readonly AppliedRule[];
	/** Why the group ends where it ends. */
	readonly cut: Words;
	readonly cached: boolean;
	/** Why it is in the store, or has to be made. */
	readonly why: Why;
	/** Of one of them. */
	readonly seconds: number;
	/** How often it runs: once for each element of a list; `commands` are those of the first. */
	readonly times: number;
}

export interface Engine {
	/**
	 * Looks at a file in a worker: content hash, kind, metadata.
	 * @throws RunError `input.not-found`, `input.empty`, `input.unsupported`, `input.broken`.
	 */
	look(path: string, name?: string): Promise<Source>;
	/** Never throws for what goes wrong with the user's graph or bytes: that is in the result. */
	run(request: RunRequest): Promise<RunResult>;
	/** Does work that reads artifacts of several runs: what it touches stays in the store meanwhile. */
	during<T>(work: () => Promise<T>): Promise<T>;
	/** What would run. Sources that aren't bound are described by what the recipe says of them. */
	explain(recipe: Recipe, bindings: Bindings): Promise<readonly Explained[]>;
	/** Metadata of every output of every node, without running: `node.port` → what is known. */
	describe(recipe: Recipe, bindings: Bindings): { readonly seen: Readonly<Record<string, Seen>>; readonly problems: readonly Problem[] };
	/** Up to `count` rows of a finished table (as JSON values, or as they stand in its file), for grids, answers and items. */
	rows(artifact: Pick<Artifact, 'path' | 'metadata'>, count: number, as?: 'values' | 'texts'): Promise<readonly Readonly<Record<string, unknown>>[]>;
	close(): Promise<void>;
}
