/** The server's HTTP interface, typed by `server/http/api.ts`. */

import type { Recipe } from '../../nodes/graph.ts';
import { type Problem, ProblemError } from '../../nodes/problems.ts';
import type {
	BatchBody,
	BatchPreview,
	BatchView,
	Doctor,
	Estimate,
	Explained,
	Input,
	InputBindings,
	Listing,
	PlanBody,
	PreviewBody,
	PreviewReply,
	RecipeEntry,
	RetryBody,
	Root,
	RunBody,
	RunView,
	SavedRecipe,
	Settings,
	WatchBody,
	WatchView,
} from '../../server/http/api.ts';
import { useUi } from './ui.ts';

/** Somebody else saved the recipe meanwhile. */
export class Conflict extends Error {
	readonly current: SavedRecipe;
	constructor(current: SavedRecipe) {
		super('the recipe was changed elsewhere');
		this.current = current;
	}
}

/** The server didn't answer, or not in its own words. */
export class Unreachable extends Error {}

async function send(method: string, path: string, body?: BodyInit | null, headers: HeadersInit = {}, signal?: AbortSignal): Promise<Response> {
	let response: Response;
	try {
		response = await fetch(path, { method, body: body ?? null, headers, signal: signal ?? null, credentials: 'same-origin' });
	} catch (error) {
		if (signal?.aborted === true) throw error;
		useUi.setState({ online: false });
		throw new Unreachable(String(error));
	}
	if (!useUi.getState().online) useUi.setState({ online: true });
	if (response.ok) return response;
	const reply: { readonly problem?: Problem; readonly current?: SavedRecipe } = await response.json().catch(() => ({}));
	if (response.status === 409 && reply.current !== undefined) throw new Conflict(reply.current);
	if (reply.problem !== undefined) throw new ProblemError(reply.problem);
	throw new Unreachable(`${response.status} ${response.statusText}`);
}

async function json<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
	const response = await send(
		method,
		path,
		body === undefined ? null : JSON.stringify(body),
		body === undefined ? {} : { 'content-type': 'application/json' },
		signal,
	);
	return response.json();
}

const encode = encodeURIComponent;

export const api = {
	doctor: () => json<Doctor>('GET', '/api/doctor'),
	/** Sends a file; large ones are streamed by the browser. */
	addInput: async (file: File): Promise<Input> =>
		(await send('POST', `/api/inputs?name=${encode(file.name)}`, file, { 'content-type': 'application/octet-stream' })).json(),
	addText: (name: string, text: string) => json<Input>('POST', '/api/inputs/text', { name, text }),
	input: (id: string) => json<Input>('GET', `/api/inputs/${encode(id)}`),
	roots: () => json<readonly Root[]>('GET', '/api/roots'),
	addRoot: (path: string) => json<Root>('POST', '/api/roots', { path }),
	list: (root: string, path: string) => json<Listing>('GET', `/api/roots/${encode(root)}/list?path=${encode(path)}`),
	recipes: () => json<readonly RecipeEntry[]>('GET', '/api/recipes'),
	gallery: () => json<readonly RecipeEntry[]>('GET', '/api/gallery'),
	recipe: (id: string) => json<SavedRecipe>('GET', `/api/recipes/${encode(id)}`),
	galleryRecipe: (id: string) => json<SavedRecipe>('GET', `/api/gallery/${encode(id)}`),
	saveNew: (recipe: Recipe) => json<SavedRecipe>('POST', '/api/recipes', { recipe }),
	save: (id: string, recipe: Recipe, revision: number) => json<SavedRecipe>('PUT', `/api/recipes/${encode(id)}`, { recipe, revision }),
	removeRecipe: async (id: string): Promise<void> => void (await send('DELETE', `/api/recipes/${encode(id)}`)),
	history: (id: string) =>
		json<readonly { readonly revision: number; readonly at: string; readonly name: string }[]>('GET', `/api/recipes/${encode(id)}/history`),
	revision: (id: string, revision: number) => json<SavedRecipe>('GET', `/api/recipes/${encode(id)}/history/${revision}`),
	plan: (body: PlanBody) => json<{ readonly id: string }>('POST', '/api/plans', body),
	cancelPlan: async (id: string): Promise<void> => void (await send('DELETE', `/api/plans/${encode(id)}`)),
	preview: (body: PreviewBody, signal?: AbortSignal) => json<PreviewReply>('POST', '/api/previews', body, signal),
	/** The text of a script that needs no Millwright. */
	eject: async (recipe: Recipe, bindings: InputBindings): Promise<string> => {
		const body = JSON.stringify({ recipe, bindings, as: 'node' });
		return (await send('POST', '/api/eject', body, { 'content-type': 'application/json' })).text();
	},
	explain: (recipe: Recipe, bindings: InputBindings) => json<readonly Explained[]>('POST', '/api/explain', { recipe, bindings }),
	run: (body: RunBody) => json<RunView>('POST', '/api/runs', body),
	runs: () => json<readonly RunView[]>('GET', '/api/runs'),
	runView: (id: string) => json<RunView>('GET', `/api/runs/${encode(id)}`),
	cancelRun: async (id: string): Promise<void> => void (await send('DELETE', `/api/runs/${encode(id)}`)),
	batch: (body: BatchBody) => json<BatchView>('POST', '/api/batches', body),
	batchPreview: (body: BatchBody, signal?: AbortSignal) => json<BatchPreview>('POST', '/api/batches/preview', body, signal),
	batches: () => json<readonly BatchView[]>('GET', '/api/batches'),
	batchEstimate: (body: BatchBody, signal?: AbortSignal) => json<Estimate>('POST', '/api/batches/estimate', body, signal),
	retryBatch: (id: string, body?: RetryBody) => json<BatchView>('POST', `/api/batches/${encode(id)}/retry`, body),
	pauseBatch: (id: string, on: boolean) => json<BatchView>('POST', `/api/batches/${encode(id)}/${on ? 'pause' : 'resume'}`),
	undoBatch: (id: string) => json<BatchView>('POST', `/api/batches/${encode(id)}/undo`),
	continueBatch: (id: string) => json<BatchView>('POST', `/api/batches/${encode(id)}/continue`),
	cancelBatch: async (id: string): Promise<void> => void (await send('DELETE', `/api/batches/${encode(id)}`)),
	watches: () => json<readonly WatchView[]>('GET', '/api/watches'),
	addWatch: (body: WatchBody) => json<WatchView>('POST', '/api/watches', body),
	pauseWatch: (id: string, paused: boolean) => json<WatchView>('PATCH', `/api/watches/${encode(id)}`, { paused }),
	retryWatch: (id: string) => json<WatchView>('POST', `/api/watches/${encode(id)}/retry`),
	watchNow: (id: string) => json<WatchView>('POST', `/api/watches/${encode(id)}/now`),
	removeWatch: async (id: string): Promise<void> => void (await send('DELETE', `/api/watches/${encode(id)}`)),
	settings: () => json<Settings>('GET', '/api/settings'),
	saveKey: async (body: { readonly key?: string; readonly baseUrl?: string; readonly model?: string }): Promise<void> =>
		void (await send('PUT', '/api/settings/key', JSON.stringify(body), { 'content-type': 'application/json' })),
	rows: (hash: string, count: number) =>
		json<{ readonly columns: readonly unknown[]; readonly rows: readonly Readonly<Record<string, unknown>>[] }>(
			'GET',
			`/api/artifacts/${encode(hash)}/rows?count=${count}`,
		),
	text: async (url: string): Promise<string> => (await send('GET', url)).text(),
};

export const artifactUrl = (hash: string, format: string) => `/api/artifacts/${encode(hash)}?type=${encode(format)}`;
export const inputUrl = (id: string) => `/api/inputs/${encode(id)}/content`;
export const outputUrl = (run: string, n: number) => `/api/runs/${encode(run)}/outputs/${n}`;
export const batchReportUrl = (id: string, format: 'csv' | 'json', language: string) =>
	`/api/batches/${encode(id)}/report.${format}?language=${encode(language)}`;
export const allOutputsUrl = (run: string) => `/api/runs/${encode(run)}/outputs/all.zip`;
