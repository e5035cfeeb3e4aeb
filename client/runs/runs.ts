/** The run that the page follows, and those before it. */
import { create } from 'zustand';
import type { RunBody, RunStreamEvent, RunView } from '../../server/http/api.ts';
import { api, Unreachable } from '../app/api.ts';
import { listen } from '../app/events.ts';
import { notifyError } from '../app/explain-error.ts';
import { sayNow } from '../app/language.ts';
import { notify, showPanel, useUi } from '../app/ui.ts';
import { currentDoc, select, useDoc } from '../canvas/document.ts';
import { useScene } from '../canvas/scene.ts';
import { closePlan, usePlan } from '../prompt/plan.ts';
import { previewAgain, stopPreviews } from '../viewers/previews.ts';

interface Runs {
	readonly run: RunView | null;
	/** Signatures of the nodes when it started: a node's state holds as long as its signature does. */
	readonly signatures: Readonly<Record<string, string>>;
	readonly starting: boolean;
	readonly list: readonly RunView[] | null;
}

export const useRuns = create<Runs>(() => ({ run: null, signatures: {}, starting: false, list: null }));

const KEY = 'millwright.run';
let stop: () => void = () => undefined;

export const isRunning = () => useRuns.getState().run?.state === 'running' || useRuns.getState().starting;

/** Runs the graph, or only what leads to these nodes. */
export async function startRun(nodes?: readonly string[]): Promise<void> {
	if (isRunning() || useScene.getState().mode !== 'edit' || !mayRun(nodes)) return;
	const { recipe, bindings } = currentDoc();
	const { signatures } = useScene.getState();
	const recipeId = useDoc.getState().saved?.id;
	const body: RunBody = { recipe, bindings, ...(nodes === undefined ? {} : { nodes }), ...(recipeId === undefined ? {} : { recipeId }) };
	const { plan } = usePlan.getState();
	if (plan !== null && plan.outcome === 'planned' && plan.refusals.length === 0 && plan.notUnderstood.length === 0) closePlan();
	useRuns.setState({ starting: true });
	stopPreviews();
	try {
		const run = await api.run(body);
		sessionStorage.setItem(KEY, JSON.stringify({ id: run.id, signatures }));
		useRuns.setState({ run, signatures, starting: false });
		follow(run.id);
	} catch (error) {
		useRuns.setState({ starting: false });
		notifyError(error);
	}
}

/** Says what is missing instead of starting a run that has to fail. */
function mayRun(nodes: readonly string[] | undefined): boolean {
	const { graph, unbound, checked } = useScene.getState();
	if (Object.keys(graph.nodes).length === 0) {
		notify(sayNow('run.nothing'));
		return false;
	}
	const open = unbound.find((id) => graph.nodes[id]?.muted !== true);
	if (open !== undefined && nodes === undefined) {
		select([open]);
		showPanel('node');
		notify(sayNow('run.choose-file'));
		return false;
	}
	const problem = checked.problems.find((one) => one.node !== undefined);
	if (problem?.node !== undefined && nodes === undefined) {
		select([problem.node]);
		showPanel('node');
		notify(sayNow('run.mend-first'));
		return false;
	}
	return true;
}

function follow(id: string): void {
	stop();
	stop = listen<RunStreamEvent>(`/api/runs/${encodeURIComponent(id)}/events`, take, () => {
		void api.runView(id).then(settle, (error) => (error instanceof Unreachable ? notifyError(error) : useRuns.setState({ run: null })));
	});
}

function take(event: RunStreamEvent): boolean {
	if (event.type === 'end') {
		settle(event.run);
		return true;
	}
	if (event.type === 'state') {
		useRuns.setState({ run: event.run });
		if (event.run.state !== 'running') {
			settle(event.run);
			return true;
		}
		return false;
	}
	useRuns.setState(({ run }) => {
		if (run === null) return {};
		if (event.type === 'node') return { run: { ...run, nodes: { ...run.nodes, [event.node]: event.view } } };
		return { run: { ...run, share: event.share, eta: event.eta } };
	});
	return false;
}

function settle(run: RunView): void {
	useRuns.setState({ run });
	previewAgain();
	if (run.state === 'done' && run.outputs.length > 0) showPanel('results');
	if (run.state === 'failed') {
		const failed = Object.keys(run.nodes).find((id) => run.nodes[id]?.state === 'failed');
		if (failed !== undefined && currentDoc().recipe.graph.nodes[failed] !== undefined) select([failed]);
		useUi.setState({ panel: failed === undefined ? 'results' : 'node', panelOpen: true });
	}
	if (useRuns.getState().list !== null) void loadRuns();
}

export function cancelRun(): void {
	const { run } = useRuns.getState();
	if (run?.state === 'running') void api.cancelRun(run.id).catch(notifyError);
}

/** Comes back to a run that was left. */
export async function resumeRun(): Promise<void> {
	const text = sessionStorage.getItem(KEY);
	if (text === null) return;
	try {
		const { id, signatures }: { id: string; signatures: Record<string, string> } = JSON.parse(text);
		const run = await api.runView(id);
		useRuns.setState({ run, signatures });
		if (run.state === 'running') follow(id);
	} catch {
		sessionStorage.removeItem(KEY);
	}
}

/** Shows an earlier run's results. */
export async function openRun(id: string): Promise<void> {
	try {
		const run = await api.runView(id);
		stop();
		useRuns.setState({ run, signatures: {} });
		showPanel('results');
		if (run.state === 'running') follow(id);
	} catch (error) {
		notifyError(error);
	}
}

export async function loadRuns(): Promise<void> {
	try {
		useRuns.setState({ list: await api.runs() });
	} catch (error) {
		notifyError(error);
	}
}
