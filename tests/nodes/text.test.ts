import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inFolder, runTask, tableFile } from '../backends/table/harness.ts';

async function count(text: string | Uint8Array): Promise<string> {
	return inFolder(async (folder) => {
		await writeFile(`${folder}/in.txt`, text);
		const { text: made } = await runTask(
			'text.count',
			{},
			{ text: [{ path: `${folder}/in.txt`, name: 'in.txt', metadata: { kind: 'text', characters: null, lines: null } }] },
			folder,
		);
		return readFile(made?.path ?? '', 'utf8');
	});
}

async function answer(csv: string, template: string): Promise<string> {
	return inFolder(async (folder) => {
		await writeFile(`${folder}/in.csv`, csv);
		const { text } = await runTask('table.answer', { template }, { table: [await tableFile(`${folder}/in.csv`)] }, folder);
		return readFile(text?.path ?? '', 'utf8');
	});
}

describe('counting words', () => {
	it('counts English words as people do', async () => {
		expect(await count("Don't stop: 1,200.50 on 2026-01-31 — ok?\n")).toBe('6 words, 40 characters (34 without spaces), 1 line.');
	});

	it('counts each Chinese character as a word', async () => {
		expect(await count('我能吞下玻璃而不伤身体。')).toMatch(/^共 11 字（其中汉字等 11 个），12 个字符/);
		expect(await count('用 Node 写的\n第二行\n')).toMatch(/^共 7 字.*2 行。$/);
	});

	it('counts nothing in nothing, and reads other encodings', async () => {
		expect(await count('')).toBe('0 words, 0 characters (0 without spaces), 0 lines.');
		expect(await count(Buffer.from('b3c7cad0c8cbbfda', 'hex'))).toMatch(/^共 4 字/);
	});
});

describe('answers in words', () => {
	it('say one row with its value', async () => expect(await answer('城市,人口\n重庆,3191\n', '')).toBe('重庆 (3,191)'));
	it('fill a template, and leave places that name no column', async () =>
		expect(await answer('city,n\nOslo,1234.5\n', '{city} has {n} of {x}')).toBe('Oslo has 1,234.5 of {x}'));
	it('say that nothing matches', async () => expect(await answer('city,n\n', '')).toBe('No rows match.'));
});
