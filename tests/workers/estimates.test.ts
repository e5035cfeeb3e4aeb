import { describe, expect, it } from 'vitest';
import type { Metadata, Params, Step } from '../../nodes/define.ts';
import { unknownOf } from '../../nodes/kinds.ts';
import { imagePlanner } from '../../server/backends/image/plan.ts';
import { LIMITS } from '../../server/backends/sandbox/arguments.ts';
import { tablePlanner } from '../../server/backends/table/plan.ts';
import { taskPlanner } from '../../server/backends/task/plan.ts';
import { videoPlanner } from '../../server/backends/video/plan.ts';
import type { BackendName, Group } from '../../server/engine/group.ts';
import { memoryOf } from '../../server/engine/memory.ts';

const planners = { image: imagePlanner, video: videoPlanner, table: tablePlanner, task: taskPlanner };
const MB = 2 ** 20;

const PHOTO: Metadata = { kind: 'image', width: 6000, height: 4000, frames: 1, duration: 0, alpha: false, format: 'jpeg' };
const FILM: Metadata = { ...unknownOf('video'), width: 3840, height: 2160, duration: 10, fps: 30, audio: true };
const ROWS: Metadata = { kind: 'table', rows: 2_000_000, columns: [{ name: 'n', type: 'integer' }], format: 'csv' };

interface Given {
	readonly steps?: readonly Step[];
	readonly expected?: Metadata;
	readonly spec?: string;
	readonly params?: Params;
	readonly from?: 'memory';
	readonly keep?: 'memory' | 'file';
}

function group(backend: BackendName, read: Metadata, { steps = [], expected = read, spec = '', params = {}, from, keep = 'file' }: Given): Group {
	return {
		backend,
		parts: [{ node: 'a', spec, params, steps, inputs: { in: [{ input: 0 }] }, expected: { out: expected } }],
		inputs: [from === 'memory' ? { key: 'in', metadata: read, from } : { key: 'in', metadata: read, from: 'file', path: '/in', name: 'in' }],
		outputs: [{ key: 'out', part: 0, port: 'out', keep }],
	};
}

function megabytes(backend: BackendName, read: Metadata, given: Given, threads = 2): number {
	return planners[backend].memory(group(backend, read, given), threads) / MB;
}

const encode = { op: 'encode', format: 'jpeg', quality: 80, lossless: false, keepMetadata: false, background: '#ffffff', loop: 0 } as const;
const shrink = { op: 'resize', width: 1600, height: 1067, fit: 'fill' } as const;
const rotate = { op: 'rotate', angle: 7, background: '#ffffff' } as const;
const film = { op: 'encode', target: { format: 'mp4', codec: 'h264', quality: 70, copy: false } } as const;

describe('pictures', () => {
	it('need little more than themselves where they are only made smaller', () => {
		const plain = megabytes('image', PHOTO, { steps: [shrink, encode] });
		expect(plain).toBeGreaterThan(150);
		expect(plain).toBeLessThan(300);
		expect(megabytes('image', PHOTO, { steps: [rotate, encode] })).toBeGreaterThan(plain * 1.5);
	});

	it('need more where pixels go from one pass to the next', () => {
		const steps = [{ op: 'negate' }, { op: 'blur', sigma: 2 }, { op: 'negate' }] as const;
		expect(megabytes('image', PHOTO, { steps })).toBeGreaterThan(megabytes('image', PHOTO, { steps: steps.slice(0, 1) }));
	});

	it('count every frame of an animation', () => {
		const gif = { ...PHOTO, width: 240, height: 180, format: 'gif' };
		const few = megabytes('image', { ...gif, frames: 10 }, { steps: [shrink] });
		const many = megabytes('image', { ...gif, frames: 4000 }, { steps: [shrink] });
		expect(many).toBeGreaterThan(few + (240 * 180 * 4 * 3990) / MB);
	});

	it('count what is handed on in memory until the end of the piece', () => {
		const first = group('image', PHOTO, { keep: 'memory' });
		const second = group('image', PHOTO, { steps: [shrink, encode], from: 'memory' });
		const kept = (6000 * 4000 * 3) / MB;
		expect(memoryOf([first, second], planners, 1) / MB).toBeGreaterThanOrEqual(imagePlanner.memory(second, 1) / MB + kept);
	});
});

describe('films', () => {
	it('need more the larger their frames are, the more their encoder looks ahead, and the more threads there are', () => {
		const large = megabytes('video', FILM, { steps: [film] });
		expect(large).toBeGreaterThan(4 * megabytes('video', { ...FILM, width: 1280, height: 720 }, { steps: [film] }));
		expect(large).toBeGreaterThan(2 * megabytes('video', FILM, { steps: [{ op: 'mute' }] }));
		expect(megabytes('video', FILM, { steps: [film] }, 8)).toBeGreaterThan(large);
	});

	it('are held whole to be played backwards, or to become a GIF', () => {
		const whole = (3840 * 2160 * 1.5 * 300) / MB;
		expect(megabytes('video', FILM, { steps: [{ op: 'reverse' }] })).toBeGreaterThan(whole);
		const gif = { op: 'encode', target: { format: 'gif', fps: 30, colours: 256, dither: true, loop: 0 } } as const;
		expect(megabytes('video', FILM, { steps: [gif] })).toBeGreaterThan(whole);
	});
});

describe('tables', () => {
	it('are held to be sorted, and stream through a filter', () => {
		const where = { is: 'literal', value: true } as const;
		const filtered = megabytes('table', ROWS, { steps: [{ op: 'filter', where }] });
		const sorted = megabytes('table', ROWS, { steps: [{ op: 'sort', by: [{ column: 'n', descending: false }] }] });
		expect(sorted - filtered).toBeGreaterThan((2_000_000 * 8) / MB);
	});

	it('go to disk rather than ask for all memory', () => {
		const sort = { op: 'sort', by: [{ column: 'n', descending: false }] } as const;
		expect(megabytes('table', { ...ROWS, rows: 1e12 }, { steps: [sort] })).toBeLessThanOrEqual(8192);
	});
});

describe('tasks', () => {
	it('need more for pages at a higher resolution', () => {
		const document: Metadata = { ...unknownOf('document'), pages: 3, width: 595, height: 842, sizes: [[595, 842]] };
		const at = (dpi: number) => megabytes('task', document, { spec: 'document.pages', params: { dpi } });
		expect(at(600)).toBeGreaterThan(at(72) + 300);
	});

	it('never need more for a script than the sandbox allows it', () => {
		const script = (read: Metadata) => megabytes('task', read, { spec: 'code.python' });
		expect(script({ ...ROWS, rows: 10 })).toBeLessThan(script(ROWS));
		expect(script({ ...ROWS, rows: 1e12 })).toBeLessThanOrEqual(LIMITS.memory / MB + 200);
	});
});

it('is a number, whatever is not known', () => {
	for (const kind of ['image', 'video', 'audio', 'document', 'table', 'text', 'chart', 'page', 'file'] as const)
		for (const backend of ['image', 'video', 'table', 'task'] as const)
			for (const spec of ['code.python', 'document.pages', 'image.contact-sheet', 'image.stitch', 'image.qr', 'text.count'])
				expect(megabytes(backend, unknownOf(kind), { spec })).toBeGreaterThan(10);
});
