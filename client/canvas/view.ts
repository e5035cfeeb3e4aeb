/** The view onto the canvas: what keys and buttons do to it from outside. */
import type { ReactFlowInstance } from '@xyflow/react';
import { create } from 'zustand';
import type { Kind, Seen } from '../../nodes/define.ts';
import { useDoc } from './document.ts';

let flow: ReactFlowInstance | null = null;
export function setFlow(instance: ReactFlowInstance | null): void {
	flow = instance;
}

const calm = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 260);

/** Room that the tools and the prompt (as high as it is now) need. */
function padding(): { readonly top: `${number}px`; readonly bottom: `${number}px`; readonly left: `${number}px`; readonly right: `${number}px` } {
	const dock = document.querySelector<HTMLElement>('.dock')?.offsetHeight ?? 130;
	const room = window.innerHeight - 52 - dock;
	const narrow = window.innerWidth < 760;
	return { top: '28px', bottom: `${room < 260 ? 40 : dock + 44}px`, left: narrow ? '62px' : '76px', right: narrow ? '16px' : '36px' };
}

/** Whether the user has moved the view since it was last fitted; a view that was, stays. */
let moved = false;
export function viewMoved(): void {
	moved = true;
}

/** Fits again when the room has changed, unless the user has chosen a view. */
export function refit(): void {
	if (!moved) setTimeout(fitAll, 60);
}

export function fitAll(): void {
	moved = false;
	void flow?.fitView({ duration: calm(), maxZoom: 1, padding: padding() });
}
export function zoomFull(): void {
	void flow?.zoomTo(1, { duration: calm() });
}
export function zoomBy(factor: number): void {
	if (flow !== null) void flow.zoomTo(flow.getZoom() * factor, { duration: calm() });
}
export function fitSelection(): void {
	const { selected } = useDoc.getState();
	if (selected.length === 0) fitAll();
	else void flow?.fitView({ nodes: selected.map((id) => ({ id })), duration: calm(), maxZoom: 1.2, padding: padding() });
}

/** Brings a node into view without changing the zoom much. */
export function reveal(id: string): void {
	const node = flow?.getNode(id);
	if (flow === null || node === undefined) return;
	const width = node.measured?.width ?? 248;
	const height = node.measured?.height ?? 240;
	void flow.setCenter(node.position.x + width / 2, node.position.y + height / 2 + 40 / flow.getZoom(), {
		zoom: Math.max(0.6, flow.getZoom()),
		duration: calm(),
	});
}

/** Brings nodes into view where some of them can't be seen; otherwise the view stays. */
export function revealAll(ids: readonly string[]): void {
	const room = document.querySelector('.canvas')?.getBoundingClientRect();
	if (flow === null || room === undefined) return;
	const seen = ids.every((id) => {
		const box = document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.getBoundingClientRect();
		return box !== undefined && box.left >= room.left && box.right <= room.right && box.top >= room.top && box.bottom <= room.bottom;
	});
	if (!seen) void flow.fitView({ nodes: ids.map((id) => ({ id })), duration: calm(), maxZoom: 1, padding: padding() });
}

export function toFlow(screen: { readonly x: number; readonly y: number }): readonly [number, number] {
	const point = flow?.screenToFlowPosition(screen) ?? screen;
	return [point.x, point.y];
}

/** The middle of what is visible, for things that are added by key. */
export function middle(): { x: number; y: number } {
	return { x: window.innerWidth / 2, y: Math.max(120, window.innerHeight / 2 - 120) };
}

export function sizeOf(id: string): { width: number; height: number } {
	const measured = flow?.getNode(id)?.measured;
	return { width: measured?.width ?? 248, height: measured?.height ?? 260 };
}

/** A port that a wire is being pulled from. */
export interface Loose {
	readonly node: string;
	readonly port: string;
	readonly side: 'out' | 'in';
	readonly kind: Kind;
	readonly seen: Seen | undefined;
}

export interface Asked {
	/** On the screen. */
	readonly at: { readonly x: number; readonly y: number };
	/** Only what fits this end of a wire. */
	readonly loose?: Loose;
	/** Only what turns the one end into what the other takes. */
	readonly between?: { readonly from: string; readonly to: string; readonly kind: Kind; readonly wanted: Kind; readonly seen: Seen | undefined };
}

interface View {
	/** The node search, where it is open. */
	readonly search: Asked | null;
	readonly pulling: Loose | null;
	readonly hoveredWire: string | null;
	/** A node whose title is being edited. */
	readonly renaming: string | null;
	/** What the picker of connections is about. */
	readonly connecting: string | null;
	readonly pointer: { readonly x: number; readonly y: number } | null;
}

export const useView = create<View>(() => ({ search: null, pulling: null, hoveredWire: null, renaming: null, connecting: null, pointer: null }));

export function openSearch(asked: Partial<Asked> = {}): void {
	useView.setState({ search: { at: asked.at ?? useView.getState().pointer ?? middle(), ...asked } });
}
export function closeSearch(): void {
	useView.setState({ search: null });
}
