/** Previews of the nodes' outputs at preview quality: asked for shortly after a change; a newer request supersedes an older one. */
import { create } from 'zustand';
import { specOf } from '../../nodes/catalogue.ts';
import type { Problem } from '../../nodes/problems.ts';
import type { Preview, PreviewReply } from '../../server/http/api.ts';
import { api } from '../app/api.ts';
import { currentDoc } from '../canvas/document.ts';
import { type Scene, useScene } from '../canvas/scene.ts';
import { usePlan } from '../prompt/plan.ts';

interface NodePreview {
	readonly signature: string;
	readonly previews: readonly Preview[];
	readonly problem: Problem | null;
}

interface Previews {
	readonly nodes: Readonly<Record<string, NodePreview>>;
	/** Nodes whose preview is being made. */
	readonly asked: ReadonlySet<string>;
}

export const usePreviews = create<Previews>(() => ({ nodes: {}, asked: new Set() }));

const DELAY = 40;
const channel = `canvas-${crypto.randomUUID()}`;
let timer: ReturnType<typeof setTimeout> | undefined;
let request: AbortController | null = null;
/** Signatures that were asked for and gave nothing; not asked for again. */
const fruitless = new Set<string>();

/** Starts following the scene. */
export function followPreviews(): void {
	useScene.subscribe((scene) => {
		forget(scene);
		if (scene.mode === 'draft') return;
		clearTimeout(timer);
		timer = setTimeout(ask, DELAY);
	});
}

/** A run goes first: what is being previewed is stopped, and asked for again when the run is over. */
export function stopPreviews(): void {
	clearTimeout(timer);
	request?.abort();
}
export function previewAgain(): void {
	clearTimeout(timer);
	timer = setTimeout(ask, DELAY);
}

/** Previews of nodes that are gone, or are of another type now. */
function forget(scene: Scene): void {
	const { nodes } = usePreviews.getState();
	const left = Object.entries(nodes).filter(([id]) => scene.graph.nodes[id] !== undefined);
	if (left.length !== Object.keys(nodes).length) usePreviews.setState({ nodes: Object.fromEntries(left) });
}

/** Nodes that can be previewed and whose preview doesn't hold any more. Models and the network are only asked by a run. */
function wanted(scene: Scene): string[] {
	const able = new Set<string>();
	for (const node of scene.checked.nodes) {
		const open = node.spec.medium === 'source' && (scene.bindings[node.id] ?? []).length === 0;
		const costly = specOf(node.spec.id)?.effects === 'network';
		const fed = Object.values(node.feeds)
			.flat()
			.every((end) => able.has(end.node));
		if (!open && !costly && fed) able.add(node.id);
	}
	const { nodes } = usePreviews.getState();
	return [...able].filter((id) => nodes[id]?.signature !== scene.signatures[id] && !fruitless.has(scene.signatures[id] ?? ''));
}

async function ask(): Promise<void> {
	const scene = useScene.getState();
	const ids = wanted(scene);
	if (scene.mode === 'draft' || ids.length === 0) return;
	request?.abort();
	const mine = new AbortController();
	request = mine;
	// A proposal is shown as it would be.
	const recipe = usePlan.getState().proposal?.recipe ?? currentDoc().recipe;
	const { bindings } = scene;
	usePreviews.setState({ asked: new Set(ids) });
	try {
		for (const part of inTurn(scene, ids)) {
			const reply = await api.preview({ recipe, bindings, nodes: part, channel }, mine.signal);
			if (request !== mine || reply.state === 'superseded') return;
			keep(scene, part, reply.nodes);
		}
	} catch {
		if (mine.signal.aborted) return;
		for (const id of ids) fruitless.add(scene.signatures[id] ?? '');
	} finally {
		if (request === mine) {
			request = null;
			usePreviews.setState({ asked: new Set() });
		}
	}
}

/** What is there at once comes first; pictures don't wait for the film that is made of them. */
function inTurn(scene: Scene, ids: readonly string[]): string[][] {
	const slow = new Set<string>();
	for (const node of scene.checked.nodes) {
		const films = node.spec.medium === 'video';
		const fed = Object.values(node.feeds)
			.flat()
			.some((end) => slow.has(end.node));
		if (films || fed) slow.add(node.id);
	}
	return [ids.filter((id) => !slow.has(id)), ids.filter((id) => slow.has(id))].filter((part) => part.length > 0);
}

function keep(scene: Scene, ids: readonly string[], made: PreviewReply['nodes']): void {
	const fresh = ids.map((id): [string, NodePreview] => {
		const one = made[id];
		const signature = scene.signatures[id] ?? '';
		if (one === undefined || 'skipped' in one) return [id, { signature, previews: [], problem: null }];
		return 'problem' in one ? [id, { signature, previews: [], problem: one.problem }] : [id, { signature, previews: one.previews, problem: null }];
	});
	usePreviews.setState(({ nodes, asked }) => ({
		nodes: { ...nodes, ...Object.fromEntries(fresh) },
		asked: new Set([...asked].filter((id) => !ids.includes(id))),
	}));
}
