import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../server/engine/engine.ts';
import { type Bench, bench, recipe } from './harness.ts';

let engine: Bench;
beforeAll(async () => {
	engine = await bench();
});
afterAll(() => engine.done());

function problemsOf(result: RunResult) {
	return result.state === 'failed' ? result.problems.map(({ key, node, port, param }) => ({ key, node, port, param })) : [];
}

const photo = (save: object = {}) =>
	recipe(
		{
			photo: ['io.file', { kind: 'image' }],
			resize: ['image.resize', { width: 100 }],
			sharpen: ['image.sharpen'],
			save: ['image.save', { format: 'webp', ...save }],
		},
		['photo.value > resize.image', 'resize.image > sharpen.image', 'sharpen.image > save.image'],
	);

describe('fusion', () => {
	it('runs neighbouring image nodes as one group and keeps nothing in between', async () => {
		const result = await engine.run(photo(), { photo: 'photo' });
		expect(result.state).toBe('done');
		expect(result.counts).toMatchObject({ groups: 1, made: 1 });
		expect(result.nodes.resize).toMatchObject({ state: 'fused', into: 'save' });
	});

	it('runs four chained video nodes as one ffmpeg command', async () => {
		const chain = recipe(
			{
				clip: ['io.file', { kind: 'video' }],
				trim: ['video.trim', { keep: 'first', seconds: 1 }],
				scale: ['video.scale', { width: 160 }],
				grey: ['video.greyscale'],
				save: ['video.save', { format: 'mp4' }],
			},
			['clip.value > trim.video', 'trim.video > scale.video', 'scale.video > grey.video', 'grey.video > save.video'],
		);
		const groups = await engine.engine.explain(chain, await engine.bind({ clip: 'clip' }));
		expect(groups).toHaveLength(1);
		expect(groups[0]?.nodes).toEqual(['trim', 'scale', 'grey', 'save']);
		expect(groups[0]?.commands.join('\n').match(/^ffmpeg /gm)).toHaveLength(1);
		const result = await engine.run(chain, { clip: 'clip' });
		expect(problemsOf(result)).toEqual([]);
		expect(result.counts.groups).toBe(1);
	});

	it('decodes a fan-out once: one command with two outputs', async () => {
		const fan = recipe(
			{
				clip: ['io.file', { kind: 'video' }],
				scale: ['video.scale', { width: 160 }],
				mp4: ['video.save', { format: 'mp4' }],
				gif: ['video.save', { format: 'gif' }],
			},
			['clip.value > scale.video', 'scale.video > mp4.video', 'scale.video > gif.video'],
		);
		const result = await engine.run(fan, { clip: 'clip' });
		expect(problemsOf(result)).toEqual([]);
		expect(result.counts.groups).toBe(1);
		expect(result.outputs.map((output) => output.node).sort()).toEqual(['gif', 'mp4']);
	});

	it('says why a group ends where it ends', async () => {
		const fan = recipe(
			{
				photo: ['io.file', { kind: 'image' }],
				resize: ['image.resize', { width: 90 }],
				a: ['image.save', { format: 'png' }],
				b: ['image.save', { format: 'webp' }],
			},
			['photo.value > resize.image', 'resize.image > a.image', 'resize.image > b.image'],
		);
		const groups = await engine.engine.explain(fan, await engine.bind({ photo: 'photo' }));
		expect(groups.find((group) => group.nodes.includes('resize'))?.cut.en).toMatch(/read by 2 nodes \(a, b\)/);
	});
});

describe('the store', () => {
	it('does nothing when everything is there already', async () => {
		await engine.run(photo(), { photo: 'photo' });
		const again = await engine.run(photo(), { photo: 'photo' });
		expect(again.counts).toMatchObject({ groups: 0, made: 0, cached: 1 });
		expect(again.nodes.save).toMatchObject({ state: 'done', from: 'cache' });
	});

	it('makes only what depends on a changed parameter', async () => {
		const pages = (quality: number) =>
			recipe(
				{
					pdf: ['io.file', { kind: 'document' }],
					pages: ['document.pages', { dpi: 40 }],
					long: ['image.stitch'],
					save: ['image.save', { format: 'jpeg', quality }],
				},
				['pdf.value > pages.document', 'pages.images > long.images', 'long.image > save.image'],
			);
		expect(problemsOf(await engine.run(pages(80), { pdf: 'pdf' }))).toEqual([]);
		const again = await engine.run(pages(60), { pdf: 'pdf' });
		expect(again.counts.groups).toBe(1);
		expect(again.nodes.long).toMatchObject({ state: 'done', from: 'cache' });
	});

	it('does not make again what follows from equal content', async () => {
		const chart = (count: number) =>
			recipe(
				{
					sales: ['io.file', { kind: 'table' }],
					first: ['table.limit', { count }],
					chart: ['chart.bar', { x: 'region', y: 'units' }],
					save: ['chart.save', { format: 'svg' }],
				},
				['sales.value > first.table', 'first.table > chart.table', 'chart.chart > save.chart'],
			);
		expect(problemsOf(await engine.run(chart(500), { sales: 'sales' }))).toEqual([]);
		const other = await engine.run(chart(600), { sales: 'sales' });
		expect(problemsOf(other)).toEqual([]);
		expect(other.counts.groups).toBe(1);
	});
});

describe('lists', () => {
	it('maps a node over the pages of a document', async () => {
		const pages = recipe(
			{ pdf: ['io.file', { kind: 'document' }], pages: ['document.pages', { dpi: 36 }], grey: ['image.greyscale'], save: ['image.save', { format: 'png' }] },
			['pdf.value > pages.document', 'pages.images > grey.image', 'grey.image > save.image'],
		);
		const result = await engine.run(pages, { pdf: 'pdf' });
		expect(problemsOf(result)).toEqual([]);
		expect(result.outputs.map((output) => output.index)).toEqual([0, 1, 2]);
		const groups = await engine.engine.explain(pages, await engine.bind({ pdf: 'pdf' }));
		expect(groups.some((group) => group.cut.en.includes('in memory'))).toBe(true);
	});

	it('makes a list first when only making it tells its length', async () => {
		const frames = recipe(
			{
				clip: ['io.file', { kind: 'video' }],
				frames: ['video.frames', { fps: 2 }],
				resize: ['image.resize', { width: 40 }],
				save: ['image.save', { format: 'png' }],
			},
			['clip.value > frames.video', 'frames.images > resize.image', 'resize.image > save.image'],
		);
		const result = await engine.run(frames, { clip: 'clip' });
		expect(problemsOf(result)).toEqual([]);
		expect(result.outputs).toHaveLength(6);
	});

	it('refuses lists of different lengths before anything runs', async () => {
		const uneven = recipe(
			{
				a: ['io.file', { kind: 'document' }],
				pages: ['document.pages', { dpi: 36 }],
				some: ['document.pages', { dpi: 36, pages: '1-2' }],
				mark: ['image.watermark-image'],
				save: ['image.save'],
			},
			['a.value > pages.document', 'a.value > some.document', 'pages.images > mark.image', 'some.images > mark.mark', 'mark.image > save.image'],
		);
		expect(problemsOf(await engine.run(uneven, { a: 'pdf' }))).toMatchObject([{ key: 'graph.zip-lengths', node: 'mark' }]);
	});
});

describe('what is wrong with a graph', () => {
	it.each([
		['a cycle', { a: ['image.blur'], b: ['image.blur'] }, ['a.image > b.image', 'b.image > a.image'], { key: 'graph.cycle' }],
		['a missing input', { save: ['image.save'] }, [], { key: 'graph.missing-input', node: 'save', port: 'image' }],
		['an unknown node type', { x: ['acme.unknown'] }, [], { key: 'graph.unknown-spec', node: 'x' }],
		['an unknown parameter', { qr: ['image.qr', { text: 'hi', wings: 2 }] }, [], { key: 'param.unknown', node: 'qr', param: 'wings' }],
		['a missing parameter', { qr: ['image.qr', {}], save: ['image.save'] }, ['qr.image > save.image'], { node: 'qr' }],
		[
			'a parameter out of range',
			{ in: ['io.file', { kind: 'image' }], r: ['image.resize', { width: -4 }] },
			['in.value > r.image'],
			{ key: 'param.invalid', node: 'r', param: 'width' },
		],
		[
			'a wire to a wrong kind',
			{ in: ['io.file', { kind: 'table' }], r: ['image.blur'] },
			['in.value > r.image'],
			{ key: 'graph.kind', node: 'r', port: 'image' },
		],
	] as const)('%s is named before anything runs', async (_, nodes, wires, expected) => {
		const result = await engine.engine.run({ recipe: recipe(nodes, wires), bindings: {} });
		expect(result.counts.groups).toBe(0);
		expect(problemsOf(result)).toContainEqual(expect.objectContaining(expected));
	});

	it('names the columns that there are', async () => {
		const wrong = recipe({ in: ['io.file', { kind: 'table' }], sort: ['table.sort', { column: 'prize' }], save: ['table.save'] }, [
			'in.value > sort.table',
			'sort.table > save.table',
		]);
		const result = await engine.run(wrong, { in: 'sales' });
		if (result.state !== 'failed') throw new Error('it should fail');
		expect(JSON.stringify(result.problems[0]?.values)).toMatch(/prize.*region.*product.*units.*price/s);
	});

	it('skips what hangs on a failed node and says so', async () => {
		const wrong = recipe(
			{
				in: ['io.file', { kind: 'table' }],
				py: ['code.python', { script: 'raise SystemExit(3)', inputs: [], outputs: [{ name: 'table', kind: 'table' }] }],
				sort: ['table.limit', { count: 1 }],
				save: ['table.save'],
			},
			['py.table > sort.table', 'sort.table > save.table'],
		);
		const result = await engine.run(wrong, {});
		expect(problemsOf(result)).toMatchObject([{ node: 'py' }]);
		expect(result.nodes.save).toMatchObject({ state: 'skipped' });
	});
});

describe('checks', () => {
	it('are tested on the output file, and a failed one is not green', async () => {
		const checked = recipe(
			{ photo: ['io.file', { kind: 'image' }], resize: ['image.resize', { width: 100 }], save: ['image.save', { format: 'png' }] },
			['photo.value > resize.image', 'resize.image > save.image'],
			[
				{ node: 'save', property: 'width', compare: '=', value: 100 },
				{ node: 'save', property: 'format', compare: '=', value: 'png' },
				{ node: 'save', property: 'bytes', compare: '<=', value: 10 },
			],
		);
		const result = await engine.run(checked, { photo: 'photo' });
		expect(result.checks.map(({ ok }) => ok)).toEqual([true, true, false]);
	});
});

describe('previews', () => {
	it('come from smaller sources and are never taken for results', async () => {
		const request = { recipe: photo(), bindings: await engine.bind({ photo: 'photo' }), observe: ['sharpen'] };
		const preview = await engine.engine.run({ ...request, quality: 'preview' });
		const full = await engine.engine.run(request);
		expect(preview.state).toBe('done');
		expect(preview.outputs[0]?.artifact.metadata.kind).toBe('file');
		expect(full.outputs[0]?.artifact.content).not.toBe(preview.outputs[0]?.artifact.content);
	});
});
