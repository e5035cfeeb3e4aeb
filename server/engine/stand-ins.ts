/** Typical files in place of inputs that nobody has given, so that `explain` can show what would run. */
import { checkGraph } from '../../nodes/check.ts';
import type { Kind, Metadata } from '../../nodes/define.ts';
import type { Recipe } from '../../nodes/graph.ts';
import type { Bindings, Source } from './engine.ts';

const TYPICAL: { readonly [K in Kind]: { readonly metadata: Metadata; readonly format: string } } = {
	image: { metadata: { kind: 'image', width: 4000, height: 3000, frames: 1, duration: 0, alpha: false, format: 'jpeg' }, format: 'jpeg' },
	video: {
		metadata: { kind: 'video', width: 1920, height: 1080, duration: 60, fps: 30, audio: true, codec: 'h264', audioCodec: 'aac', format: 'mp4' },
		format: 'mp4',
	},
	audio: { metadata: { kind: 'audio', duration: 180, sampleRate: 44_100, channels: 2, codec: 'mp3', format: 'mp3' }, format: 'mp3' },
	document: { metadata: { kind: 'document', pages: 3, width: 595, height: 842, encrypted: false, format: 'pdf' }, format: 'pdf' },
	table: { metadata: { kind: 'table', columns: null, rows: null, format: 'csv' }, format: 'csv' },
	text: { metadata: { kind: 'text', characters: 1000, lines: 20 }, format: 'txt' },
	chart: { metadata: { kind: 'chart', width: 640, height: 400, mark: 'bar', title: null }, format: 'json' },
	page: { metadata: { kind: 'page', title: null }, format: 'html' },
	file: { metadata: { kind: 'file', format: null, bytes: null, content: null }, format: 'bin' },
};

/** A typical file for every source node. */
export function standIns(recipe: Recipe): Bindings {
	const { nodes } = checkGraph(recipe.graph);
	const entries = nodes.flatMap((node): [string, readonly Source[]][] => {
		const port = node.spec.medium === 'source' ? Object.values(node.outputs)[0] : undefined;
		if (port === undefined) return [];
		const { metadata, format } = TYPICAL[port.kind];
		const name = `${node.id}.${format}`;
		return [[node.id, [{ path: name, name, content: `typical-${port.kind}`, bytes: 0, format, readings: [metadata] }]]];
	});
	return Object.fromEntries(entries);
}
