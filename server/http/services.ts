/** What the HTTP server is given by `main.ts`, and what its routes share. */
import type { Stores } from '../batch/record.ts';
import type { EjectRequest } from '../eject/eject.ts';
import type { Engine, Source } from '../engine/engine.ts';
import type { Plan, PlanRequest } from '../planner/plan.ts';
import type { Home } from '../stores/home.ts';
import { InputFolder } from '../stores/inputs.ts';
import type { Ledger } from '../stores/ledger.ts';
import type { RecipeFolder } from '../stores/recipes.ts';
import type { Watches } from '../watch/watches.ts';
import type { Doctor, RunView } from './api.ts';
import type { BatchRecord } from './batch-record.ts';
import { InputSet } from './input-set.ts';
import { ResultSet } from './result-set.ts';
import { RootSet } from './root-set.ts';

export interface Services {
	readonly engine: Engine;
	readonly plan: (request: PlanRequest, options: { readonly planner: 'auto' | 'offline' | 'openai' }) => Promise<Plan>;
	readonly eject: (request: EjectRequest) => Promise<string>;
	readonly recipes: RecipeFolder;
	readonly runs: Ledger<RunView>;
	readonly batches: Ledger<BatchRecord>;
	/** Started by the app; whoever made them ends them. */
	readonly watches: Watches;
	/** What batches wrote, and the bytes that they replaced. */
	readonly stores: Stores;
	/** Where the artifact with this hash is, or would be. */
	readonly artifactPath: (content: string) => string;
	readonly doctor: () => Promise<Doctor>;
	readonly home: Home;
	/** Folders that were named at start. */
	readonly roots: readonly string[];
	/** Of this start, from `newToken()`; every request but those for the page carries it. */
	readonly token: string;
	/** Folder of the ready recipes. */
	readonly gallery?: string;
	/** Folder of the built page. */
	readonly client?: string;
	/** Other machines can reach the server: the page demands the token, too. */
	readonly exposed?: boolean;
	/** `name:port` that it answers to, besides the loopback's names. */
	readonly hosts?: readonly string[];
	/** Bytes of one upload; 64 GB unless told. */
	readonly maxUpload?: number;
}

/** The services, and what the server knows while it runs. */
export interface Context extends Services {
	readonly rootSet: RootSet;
	readonly inputs: InputSet;
	readonly results: ResultSet;
}

export function contextOf(services: Services): Context {
	const rootSet = new RootSet(services.home.folder, services.roots);
	const inputs = new InputSet(services.engine, new InputFolder<Source>(services.home.inputs, services.home.temporary), rootSet);
	return { ...services, rootSet, inputs, results: new ResultSet(services, inputs) };
}
