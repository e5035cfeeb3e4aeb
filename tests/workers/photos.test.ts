import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, expect, it } from 'vitest';
import { type Bench, bench, recipe } from '../engine/harness.ts';

const COUNT = 12;
let engine: Bench | undefined;
afterEach(() => engine?.done());

it('finishes every photo of a batch, however little memory there is to share', async () => {
	engine = await bench({ cores: 2, budget: 20 * 2 ** 20 });
	const { folder } = engine;
	const photo = await sharp({ create: { width: 6000, height: 4000, channels: 3, background: '#4080c0' } })
		.jpeg()
		.toBuffer();
	const half = recipe({ in: ['io.file', { kind: 'image' }], half: ['image.resize', { width: 300 }], save: ['image.save', { format: 'jpeg' }] }, [
		'in.value > half.image',
		'half.image > save.image',
	]);
	const names = Array.from({ length: COUNT }, (_, i) => join(folder, `${i}.jpg`));
	for (const [i, name] of names.entries()) writeFileSync(name, Buffer.concat([photo, Buffer.from(String(i))]));
	const states = names.map(async (name) => {
		const source = await engine?.engine.look(name);
		const result = await engine?.engine.run({ recipe: half, bindings: { in: source === undefined ? [] : [source] }, priority: 'batch' });
		return result?.state;
	});
	expect(await Promise.all(states)).toEqual(names.map(() => 'done'));
});
