/** The stories on the command line, by the offline planner in two languages, and again from the saved recipe. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../server/cli/report.ts';
import { Workplace } from './harness.ts';
import { makeStoryFiles } from './story-files.ts';
import { STORIES } from './story-list.ts';

let place: Workplace;
beforeAll(async () => {
	place = new Workplace();
	await makeStoryFiles(place);
});
afterAll(() => place.remove());

describe.each(STORIES)('$name', ({ name, goals, inputs, test }) => {
	const id = name.replaceAll(' ', '-').slice(0, 40);

	it('in English, and again from the saved recipe', async () => {
		const { status, report } = await place.json('do', goals.en, ...inputs, '--out', `${id}-en`, '-o', `${id}.json`, '--planner', 'offline', '--lang', 'en');
		expect({ status, outcome: report.outcome, report: told(report) }).toMatchObject({ status: 0, outcome: 'done' });
		expect(report.checks.filter(({ ok }) => ok !== true)).toEqual([]);
		await test(pathsOf(report), report);
		const again = await place.json('run', `${id}.json`, ...(inputs.length === 0 ? [] : ['--in', ...inputs]), '--out', `${id}-run`);
		expect(again).toMatchObject({ status: 0, report: { outcome: 'done' } });
		expect(pathsOf(again.report).map((path) => readFileSync(path))).toEqual(pathsOf(report).map((path) => readFileSync(path)));
	});

	it('in Chinese', async () => {
		const { status, report } = await place.json('do', goals.zh, ...inputs, '--out', `${id}-zh`, '--planner', 'offline', '--lang', 'zh');
		expect({ status, outcome: report.outcome, report: told(report) }).toMatchObject({ status: 0, outcome: 'done' });
		await test(pathsOf(report), report);
	});
});

function pathsOf(report: Report): string[] {
	return report.outputs.map(({ path }) => place.path(path));
}

/** What a reader of a failed test wants to know. */
function told({ questions, notUnderstood, refusals, errors, checks }: Report): object {
	return { questions, notUnderstood, refusals, errors, checks };
}
