import { mkdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { SPECS } from '../../nodes/catalogue.ts';
import type { Metadata, Spec } from '../../nodes/define.ts';
import { type FileValue, fixtureValue, groupOf, inFolder, portMetadata, runGroup, runTask } from '../backends/table/harness.ts';

const MINE = SPECS.filter((spec) =>
	/^(table|chart|text)\.(filter|sort|group|distinct|select|compute|limit|sample|join|union|drop-blanks|fill-blanks|save|proxy|answer|count|bar|line|scatter|pie|preview)$/.test(
		spec.id,
	),
);

async function inputsOf(spec: Spec): Promise<Readonly<Record<string, readonly FileValue[]>>> {
	const entries = Object.entries(spec.example.inputs).map(async ([port, names]) => [port, await Promise.all([names ?? []].flat().map(fixtureValue))] as const);
	return Object.fromEntries(await Promise.all(entries));
}

async function made(spec: Spec, inputs: Readonly<Record<string, readonly FileValue[]>>, folder: string): Promise<FileValue | undefined> {
	if (spec.medium !== 'table') return Object.values(await runTask(spec.id, spec.example.params, inputs, folder))[0];
	const values = Object.values(inputs).flat();
	let at = 0;
	const refs = Object.fromEntries(Object.entries(inputs).map(([port, all]) => [port, all.map(() => ({ input: at++ }))]));
	return (await runGroup(groupOf(values, [{ spec, params: spec.example.params, inputs: refs }], [0]), folder))[0];
}

/** What is stated must hold; what is null is left open. */
function holds(promised: unknown, real: unknown, path: string): void {
	if (promised === null || promised === undefined || path.endsWith('values')) return;
	if (typeof promised !== 'object') {
		expect(real, path).toEqual(promised);
		return;
	}
	if (Array.isArray(promised)) expect(real, path).toHaveLength(promised.length);
	for (const [key, value] of Object.entries(promised))
		holds(value, typeof real === 'object' && real !== null ? Reflect.get(real, key) : undefined, `${path}.${key}`);
}

describe('table, chart and text nodes', () => {
	it('are all here', () => expect(MINE).toHaveLength(23));

	for (const spec of MINE) {
		it(`${spec.id}: the example runs, and is what describe says`, async () => {
			await inFolder(async (folder) => {
				await mkdir(`${folder}/run`);
				const inputs = await inputsOf(spec);
				const params = spec.params.parse(spec.example.params);
				const metadata: Readonly<Record<string, readonly Metadata[]>> = Object.fromEntries(
					Object.entries(inputs).map(([port, all]) => [port, all.map((one) => one.metadata)]),
				);
				const promised = Object.values(spec.describe(params, portMetadata(spec, metadata)))[0];
				const real = await made(spec, inputs, `${folder}/run`);
				holds(promised, real?.metadata, spec.id);
				expect((await readFile(real?.path ?? '')).length).toBeGreaterThan(0);
			});
		});

		it(`${spec.id}: describe holds up when nothing is known`, () => {
			const unknown = Object.fromEntries(
				Object.entries(spec.inputs).map(([port, { kind, many }]) => {
					const element = {
						table: { kind: 'table', columns: null, rows: null, format: null },
						chart: { kind: 'chart', width: null, height: null, mark: null, title: null },
						text: { kind: 'text', characters: null, lines: null },
					}[kind === 'chart' ? 'chart' : kind === 'text' ? 'text' : 'table'];
					return [port, many === true ? { count: null, element } : element];
				}),
			);
			expect(() => spec.describe(spec.params.parse(spec.example.params), portsOf(unknown))).not.toThrow();
		});

		if (spec.hidden !== true) {
			it(`${spec.id}: has enough phrases in both languages`, () => {
				expect(spec.phrases.en.length).toBeGreaterThanOrEqual(12);
				expect(spec.phrases.zh.length).toBeGreaterThanOrEqual(8);
				expect(spec.phrases.en.filter((phrase) => phrase !== phrase.toLowerCase())).toEqual([]);
			});
		}
	}
});

function portsOf(unknown: object): Parameters<Spec['describe']>[1] {
	return Object.fromEntries(Object.entries(unknown));
}
