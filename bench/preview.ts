/**
 * A photo of 24 megapixels and five nodes on the canvas: from a changed parameter to the pictures of all nodes that hang on it.
 * As the page does it: one request for the nodes that changed, then the picture of each. The page waits 40 ms before it asks; that is not in here.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { type Recipe, recipeFrom } from '../nodes/graph.ts';
import type { Input, PreviewBody, PreviewReply } from '../server/http/api.ts';
import { largePhoto } from './inputs.ts';
import { expect, median, ROOT, type Setting } from './measure.ts';
import { type Serving, serving } from './server.ts';
import { left, type Row } from './table.ts';

const TIMES = 20;
const CHANGED = ['adjust', 'sharpen', 'resize', 'save'] as const;

export async function benchPreview({ small }: Setting): Promise<Row[]> {
	const photo = await readFile(await largePhoto());
	const recipe = recipeFrom(JSON.parse(await readFile(join(ROOT, 'bench/recipes/preview.json'), 'utf8')));
	return serving(async (server) => {
		const input: Input = await (await server.ask('inputs?name=photo.jpg', photo)).json();
		const first = await shown(server, { recipe, bindings: { photo: [input.id] }, nodes: ['photo', ...CHANGED], channel: 'bench' });
		const replies: number[] = [];
		const pictures: number[] = [];
		for (let i = 1; i <= (small ? 3 : TIMES); i++) {
			const one = await shown(server, { recipe: brighter(recipe, i), bindings: { photo: [input.id] }, nodes: CHANGED, channel: 'bench' });
			replies.push(one.reply);
			pictures.push(one.pictures);
		}
		const ms = (value: number) => `${value.toFixed(0)} ms`;
		return [
			{ what: 'preview of a photo of 24 MP, 5 nodes', way: 'after a change, with its pictures', value: ms(median(pictures)), ratio: '', aim: '≤ 100 ms' },
			left("after a change, the server's reply", ms(median(replies))),
			left('the first one, when nothing is known of the photo', ms(first.pictures)),
		];
	});
}

function brighter({ graph, ...recipe }: Recipe, brightness: number): Recipe {
	const { adjust, ...nodes } = graph.nodes;
	if (adjust === undefined) throw new Error('the recipe has no node "adjust"');
	return { ...recipe, graph: { ...graph, nodes: { ...nodes, adjust: { ...adjust, params: { brightness } } } } };
}

/** Milliseconds until the reply, and until the last picture. */
async function shown(server: Serving, body: PreviewBody): Promise<{ readonly reply: number; readonly pictures: number }> {
	const started = performance.now();
	const answered: PreviewReply = await (await server.ask('previews', body)).json();
	const reply = performance.now() - started;
	const artifacts = Object.entries(answered.nodes).flatMap(([node, one]) => {
		expect('previews' in one, `${node} has no preview: ${JSON.stringify(one)}`);
		return 'previews' in one ? one.previews.flatMap(({ artifact }) => artifact ?? []) : [];
	});
	const bytes = await Promise.all(artifacts.map(async ({ hash, format }) => (await server.ask(`artifacts/${hash}?type=${format}`)).arrayBuffer()));
	const pictures = performance.now() - started;
	expect(artifacts.length === body.nodes?.length, `${artifacts.length} pictures`);
	for (const one of bytes) expect((await sharp(Buffer.from(one)).metadata()).width > 100, 'a picture is tiny');
	return { reply, pictures };
}
