/**
 * The HTTP interface, as types. The page imports this file with `import type`; the routes beside it implement it.
 *
 * JSON in and out, errors as `{ problem }` with a fitting status. Every request carries the session cookie that `GET /` set.
 * Event streams are server-sent events: `id` counts up, `Last-Event-ID` resumes, the first event after a (re)connect is `state`.
 *
 *   GET    /api/doctor                              Doctor
 *   POST   /api/inputs?name=FILE                    raw body, streamed → Input
 *   POST   /api/inputs/text { name, text }          → Input                    (pasted tables, texts)
 *   POST   /api/inputs/place { root, path }         → Input                    (a file in place, below a granted root)
 *   GET    /api/inputs/:id                          → Input
 *   GET    /api/inputs/:id/content                  bytes, ranges
 *   GET    /api/roots                               → Root[]                   (folders that the user may read from and write to)
 *   POST   /api/roots { path }                      → Root                     (only a folder below the user's home or one named at start)
 *   GET    /api/roots/:root/list?path=              → Listing
 *   GET    /api/recipes                             → RecipeEntry[]
 *   GET    /api/gallery                             → RecipeEntry[]            (ready recipes that come with the product)
 *   POST   /api/recipes { recipe }                  → SavedRecipe
 *   GET    /api/recipes/:id, /api/gallery/:id       → SavedRecipe
 *   PUT    /api/recipes/:id { recipe, revision }    → SavedRecipe; 409 { problem, current: SavedRecipe } when it changed meanwhile
 *   DELETE /api/recipes/:id                         204 (kept in the history)
 *   GET    /api/recipes/:id/history                 → { revision, at, name }[]
 *   GET    /api/recipes/:id/history/:revision       → SavedRecipe
 *   POST   /api/plans PlanBody                      → { id }
 *   GET    /api/plans/:id/events                    PlanEvent stream; ends after `planned` or `failed`
 *   DELETE /api/plans/:id                           204, cancels
 *   POST   /api/previews PreviewBody                → PreviewReply             (an earlier one of the same `channel` is cancelled)
 *   POST   /api/explain { recipe, bindings }        → Explained[]              (an input without a file: for a typical one)
 *   POST   /api/eject { recipe, bindings, as }      the recipe as a script, as an attachment (as: `node` or `sh`; bindings: examples)
 *   POST   /api/runs RunBody                        → RunView
 *   GET    /api/runs                                → RunView[]                (newest first, at most 50)
 *   GET    /api/runs/:id                            → RunView
 *   GET    /api/runs/:id/events                     RunStreamEvent stream; ends after the run has
 *   DELETE /api/runs/:id                            204, cancels
 *   GET    /api/runs/:id/outputs/:n                 bytes as an attachment with its file name; ranges
 *   GET    /api/runs/:id/outputs/all.zip            all outputs
 *   GET    /api/artifacts/:hash?type=FORMAT         bytes, ranges; html only with a sandboxing CSP
 *   GET    /api/artifacts/:hash/rows?count=100      → { columns, rows }        (tables)
 *   POST   /api/batches BatchBody                   → BatchView
 *   POST   /api/batches/preview BatchBody           → BatchPreview             (dry run: items, names, collisions)
 *   GET    /api/batches, /api/batches/:id           → BatchView[], BatchView
 *   GET    /api/batches/:id/events                  BatchStreamEvent stream
 *   POST   /api/batches/estimate BatchBody          → Estimate                 (about how long and how much; an estimate)
 *   POST   /api/batches/:id/retry RetryBody         → BatchView                (failed items only; no body: all of them)
 *   POST   /api/batches/:id/pause, …/resume         → BatchView                (items under way end, no new ones start)
 *   POST   /api/batches/:id/undo                    → BatchView                (takes back what it wrote)
 *   GET    /api/batches/:id/report.csv?language=    what became of each item, as an attachment; report.json, too
 *   POST   /api/batches/:id/continue                → BatchView                (all items, after a canary)
 *   DELETE /api/batches/:id                         204, cancels
 *   POST   /api/watches WatchBody                   → WatchView                (a folder that is watched, or a schedule; survives a restart)
 *   GET    /api/watches                             → WatchView[]              (oldest first)
 *   PATCH  /api/watches/:id { paused }              → WatchView
 *   POST   /api/watches/:id/retry, /now             → WatchView                (failed files again; a schedule at once)
 *   DELETE /api/watches/:id                         204 (its results stay)
 *   GET    /api/settings                            → Settings
 *   PUT    /api/settings/key { key, baseUrl, model } 204                       (stored with 0600; never sent back)
 */
import type { Metadata } from '../../nodes/define.ts';
import type { Recipe } from '../../nodes/graph.ts';
import type { Language } from '../../nodes/messages/index.ts';
import type { Problem } from '../../nodes/problems.ts';
import type { CheckResult, NodeState as EngineNodeState } from '../engine/engine.ts';
import type { Why } from '../engine/why.ts';
import type { Plan } from '../planner/plan.ts';

export type { Estimate } from '../batch/estimate.ts';
export type { Failure } from '../batch/failures.ts';
export type { Order } from '../batch/order.ts';
export type { Pairing } from '../batch/pair.ts';
export type { Doctor } from '../doctor/doctor.ts';
export type { CheckResult, Explained } from '../engine/engine.ts';
export type { LedgerRow, Plan } from '../planner/plan.ts';
export type {
	BatchBody,
	BatchFiles,
	BatchPreview,
	BatchStreamEvent,
	BatchView,
	CanaryView,
	ItemView,
	PassedOverView,
	RetryBody,
	UndoView,
} from './batch-view.ts';
export type { WatchBody, WatchedItem, WatchView, WatchWhen } from './watch-view.ts';

export interface Input {
	readonly id: string;
	readonly name: string;
	readonly bytes: number;
	readonly format: string;
	/** First: what people mean by it. */
	readonly readings: readonly Metadata[];
	/** A small picture of it (data for `<img>`), where there is one. */
	readonly thumbnail: string | null;
}

/** Source nodes → ids of inputs. */
export type InputBindings = Readonly<Record<string, readonly string[]>>;

export interface Root {
	readonly id: string;
	readonly path: string;
	readonly writable: boolean;
}
export interface Listing {
	readonly path: string;
	readonly entries: readonly { readonly name: string; readonly folder: boolean; readonly bytes: number }[];
}

export interface RecipeEntry {
	readonly id: string;
	readonly name: string;
	readonly goal: string | null;
	readonly description: string | null;
	readonly updated: string;
	/** Path of a picture, below the server. */
	readonly thumbnail: string | null;
}
export interface SavedRecipe extends RecipeEntry {
	readonly recipe: Recipe;
	readonly revision: number;
}

export interface PlanBody {
	readonly goal: string;
	readonly inputs: readonly string[];
	readonly planner: 'auto' | 'offline' | 'openai';
	readonly language: Language;
	/** For an edit. */
	readonly recipe?: Recipe;
	readonly bindings?: InputBindings;
}
export type PlanEvent =
	| { readonly type: 'state'; readonly state: 'planning' | 'trying' }
	/** A node was settled; `recipe` is what there is so far. */
	| { readonly type: 'node'; readonly node: string; readonly recipe: Recipe }
	| { readonly type: 'planned'; readonly plan: Plan /** Source nodes → input ids. */; readonly bindings: InputBindings }
	| { readonly type: 'failed'; readonly problem: Problem };

export interface PreviewBody {
	readonly recipe: Recipe;
	readonly bindings: InputBindings;
	/** Nodes to preview; absent: all. */
	readonly nodes?: readonly string[];
	/** Previews of one channel supersede each other. */
	readonly channel: string;
}
/** What a node's output looks like. */
export interface Preview {
	readonly port: string;
	readonly metadata: Metadata;
	/** Of lists: how many there are; the previews are of the first ones. */
	readonly count: number | null;
	/** Content hash and format to show it: an image, mp4, svg, html, text; tables carry rows. */
	readonly artifact: { readonly hash: string; readonly format: string } | null;
	readonly rows?: readonly Readonly<Record<string, unknown>>[];
	readonly text?: string;
}
export interface PreviewReply {
	readonly state: 'done' | 'superseded';
	readonly nodes: Readonly<Record<string, { readonly previews: readonly Preview[] } | { readonly problem: Problem } | { readonly skipped: true }>>;
}

export interface RunBody {
	readonly recipe: Recipe;
	readonly bindings: InputBindings;
	/** Run only up to these nodes. */
	readonly nodes?: readonly string[];
	/** Name of the saved recipe, for the list of runs. */
	readonly recipeId?: string;
}
export interface OutputView {
	readonly n: number;
	readonly node: string;
	/** File name that it is downloaded under; null for an answer that nobody saved. */
	readonly file: string | null;
	readonly hash: string;
	readonly bytes: number;
	readonly metadata: Metadata;
	/** Format to show it as (`mp4`, `png`, `html`, `csv`, `txt` …). */
	readonly format: string;
	/** Text of an answer. */
	readonly text?: string;
}
/** The engine's state of a node, with artifacts as hashes. */
export type NodeView =
	| Exclude<EngineNodeState, { state: 'done' }>
	| {
			readonly state: 'done';
			readonly from: 'made' | 'cache';
			readonly seconds: number;
			readonly why?: Why;
			readonly artifacts: readonly { readonly port: string; readonly hash: string; readonly bytes: number; readonly metadata: Metadata }[];
	  };
export interface RunView {
	readonly id: string;
	readonly name: string;
	readonly state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
	readonly startedAt: string;
	readonly seconds: number | null;
	/** 0…1. */
	readonly share: number;
	/** Seconds. */
	readonly eta: number | null;
	readonly nodes: Readonly<Record<string, NodeView>>;
	readonly outputs: readonly OutputView[];
	readonly checks: readonly CheckResult[];
	readonly problems: readonly Problem[];
}
export type RunStreamEvent =
	| { readonly type: 'state'; readonly run: RunView }
	| { readonly type: 'node'; readonly node: string; readonly view: NodeView }
	| { readonly type: 'progress'; readonly share: number; readonly eta: number | null }
	| { readonly type: 'end'; readonly run: RunView };

export interface Settings {
	readonly model: string;
	readonly baseUrl: string | null;
	/** Whether a key is configured; the key itself never leaves the server. */
	readonly key: boolean;
	readonly home: string;
}

export interface ErrorReply {
	readonly problem: Problem;
}
