/** The checks that a goal's own words make of one saved result. */
import type { Check, Graph } from '../../../nodes/graph.ts';
import type { Kind, Metadata, Seen } from '../../../nodes/kinds.ts';
import { checksOf, foreseen, type Promised } from '../checks.ts';
import type { Link } from './chain.ts';
import type { Reading } from './reading.ts';
import type { Target } from './saving.ts';
import type { Goal } from './text.ts';

interface Saved {
	readonly id: string;
	readonly format: string;
	readonly kind: Kind;
	readonly named: Target | null;
}

/** What was said outright becomes a check, where what is foreseen without running doesn't speak against it. */
export function promiseOf(
	goal: Goal,
	reading: Reading,
	saved: Saved,
	links: readonly Link[],
	graph: Graph,
	known: Readonly<Record<string, Seen>>,
	batch: boolean,
	placed: (link: Link) => string | undefined,
): Check[] {
	const ahead = foreseen(graph, known, saved.id);
	const content = ahead?.content;
	const film = saved.kind === 'video' && saved.format !== 'gif' && saved.format !== 'webp';
	const moving = saved.kind === 'video' || saved.kind === 'audio';
	const slots = links.flatMap((link) => link.wish.slots);
	const has = (id: string) => links.some((link) => link.spec.id === id);
	const timed = links.some((link) => /\.(?:trim|speed|loop|ken-burns|concat)$/.test(link.spec.id));
	const sized = slots.some((slot) => slot.type === 'px' || slot.type === 'size');
	const seconds = content !== undefined && 'duration' in content ? content.duration : null;
	const width = measureOf(content, 'width');
	const height = measureOf(content, 'height');
	const axes = new Set(
		slots.flatMap((slot) =>
			slot.type === 'size'
				? ['width', 'height']
				: slot.type === 'px'
					? [slot.axis === 'height' ? 'height' : slot.axis === 'width' || slot.axis === null ? 'width' : 'both']
					: [],
		),
	);
	// Small pictures among many aren't enlarged, so that the size is a limit.
	const loose = batch
		? links.map((link) => graph.nodes[placed(link) ?? '']).find((node) => node?.spec === 'image.resize' && node.params.enlarge !== true)
		: undefined;
	const limit = (side: 'width' | 'height') => (typeof loose?.params[side] === 'number' ? loose.params[side] : null);
	const wide = loose === undefined ? width : limit('width');
	const high = loose === undefined ? height : limit('height');
	const fps = slots.find((slot) => slot.type === 'unit' && slot.unit === 'fps');
	const promised: Promised = {
		...(saved.named === null || saved.named.format === null ? {} : { format: saved.format }),
		...(film && saved.format === 'mp4' && saved.named !== null && !/h\.?265|hevc/.test(goal.text) ? { playsAnywhere: true } : {}),
		...(moving && timed && seconds !== null ? { duration: Math.round(seconds * 1000) / 1000 } : {}),
		...(sized && wide !== null && (axes.has('width') || axes.has('both')) ? { width: wide } : {}),
		...(sized && high !== null && (axes.has('height') || axes.has('both')) ? { height: high } : {}),
		...(loose === undefined ? {} : { atMost: true }),
		...(fps?.type === 'unit' && has('video.fps') && film ? { fps: fps.value } : {}),
		...(has('video.mute') && !has('video.add-audio') && film ? { muted: true } : {}),
		...(saved.format === 'gif' && moving && /loop|循环/.test(goal.text) && !/once|不循环|一次/.test(goal.text) ? { loops: true } : {}),
		...(has('image.qr') ? decodes(graph) : {}),
		...(ahead !== undefined && ahead.count !== null && ahead.count !== 1 ? { count: ahead.count } : {}),
	};
	void reading;
	return checksOf(saved.id, promised);
}

function decodes(graph: Graph): Promised {
	const text = Object.values(graph.nodes).find((node) => node.spec === 'image.qr')?.params.text;
	return typeof text === 'string' ? { decodesTo: text } : {};
}

function measureOf(metadata: Metadata | undefined, side: 'width' | 'height'): number | null {
	return metadata !== undefined && (metadata.kind === 'image' || metadata.kind === 'video') ? metadata[side] : null;
}
