/** What a task holds, from metadata and parameters. */
import type { Metadata } from '../../../nodes/define.ts';
import { pageSize, pixelsOf } from '../../../nodes/document/size.ts';
import type { Group, Part } from '../../engine/group.ts';
import { LIMITS } from '../sandbox/arguments.ts';

/** The worker with the libraries of such a task loaded. */
const BASE = { chart: 330, code: 150, document: 260, image: 140, table: 260, text: 100 };
const MB = 2 ** 20;

/** Bytes that a task holds at most. */
export function taskMemory(group: Group): number {
	return group.parts.reduce((sum, part) => sum + needed(part, inputsOf(part, group)), 0);
}

function needed(part: Part, inputs: readonly Metadata[]): number {
	const base = baseOf(part.spec) * MB;
	const largest = Math.max(0, ...inputs.map(pixels));
	const params = (name: string, usual: number) => (typeof part.params[name] === 'number' ? part.params[name] : usual);
	switch (part.spec) {
		case 'code.python':
			/* A script may do anything; what it mostly does is to hold its tables a few times over, as objects. */
			return base + Math.min(LIMITS.memory, 768 * MB + inputs.reduce((sum, one) => sum + cells(one) * 120 + pixels(one) * 16, 0));
		case 'document.pages':
		case 'document.preview':
			return base + Math.max(0, ...inputs.map((one) => page(one, params('dpi', 150)))) * 12;
		case 'image.contact-sheet':
			return base + largest * 6 + params('columns', 4) * params('cellWidth', 320) * params('cellHeight', 240) * 8;
		case 'image.stitch':
			return base + largest * 8 + Math.max(0, ...Object.values(part.expected).map((one) => strip(one)));
		case 'image.palette':
			return base + largest * 6;
		case 'image.qr':
			return base + params('size', 1000) ** 2 * 24 + largest * 6;
		default:
			return base + largest * 6 + inputs.reduce((sum, one) => sum + cells(one) * 4 + letters(one) * 8, 0);
	}
}

function baseOf(spec: string): number {
	const area = spec.split('.')[0];
	return Object.entries(BASE).find(([name]) => name === area)?.[1] ?? 200;
}

function inputsOf(part: Part, group: Group): Metadata[] {
	const refs = Object.values(part.inputs).flat();
	return refs.flatMap((ref) => ('input' in ref ? (group.inputs[ref.input]?.metadata ?? []) : []));
}

function pixels(metadata: Metadata): number {
	return metadata.kind === 'image' ? (metadata.width ?? 4000) * (metadata.height ?? 3000) * (metadata.frames ?? 1) : 0;
}

/* A part of it at a time. */
function strip(metadata: Metadata): number {
	return Math.min(pixels(metadata) * 4, 32 * MB);
}

/** Pixels of the largest page. */
function page(metadata: Metadata, dpi: number): number {
	if (metadata.kind !== 'document') return 0;
	const count = metadata.sizes?.length ?? 1;
	const sizes = Array.from({ length: count }, (_, index) => pageSize(metadata, index + 1) ?? ([595, 842] as const));
	return Math.max(...sizes.map(([width, height]) => pixelsOf(width, dpi) * pixelsOf(height, dpi)));
}

function cells(metadata: Metadata): number {
	return metadata.kind === 'table' ? (metadata.rows ?? 1_000_000) * (metadata.columns?.length ?? 10) : 0;
}

function letters(metadata: Metadata): number {
	return metadata.kind === 'text' ? (metadata.characters ?? 100_000) : 0;
}
