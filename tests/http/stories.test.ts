/** The stories as the page does them: upload, plan, run, download. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Input, PlanEvent, RunStreamEvent, RunView } from '../../server/http/api.ts';
import { plan } from '../../server/planner/index.ts';
import { Workplace } from '../cli/harness.ts';
import { makeStoryFiles } from '../cli/story-files.ts';
import { STORIES } from '../cli/story-list.ts';
import { readEvents, startServer, type TestServer } from './server.ts';

let place: Workplace;
let server: TestServer;
beforeAll(async () => {
	place = new Workplace();
	await makeStoryFiles(place);
	server = await startServer(({ engine }) => ({ plan: (request, options) => plan(request, options, engine) }));
});
afterAll(async () => {
	await server.close();
	place.remove();
});

describe.each(STORIES)('$name', ({ name, goals, inputs, test }) => {
	it.each(['en', 'zh'] as const)('over HTTP, in %s', async (language) => {
		const uploaded = await Promise.all(inputs.flatMap(filesOf).map(upload));
		const started = await server.ask('POST', '/api/plans', {
			body: { goal: goals[language], inputs: uploaded.map(({ id }) => id), planner: 'offline', language },
		});
		const events = await readEvents<PlanEvent>(server, `/api/plans/${started.json<{ id: string }>().id}/events`);
		const last = events.at(-1)?.event;
		if (last?.type !== 'planned' || last.plan.recipe === undefined) throw new Error(JSON.stringify(last));
		expect(last.plan).toMatchObject({ outcome: 'planned', ...(inputs.length === 0 ? {} : { tried: { ok: true } }) });
		const run = await finished({ recipe: last.plan.recipe, bindings: last.bindings });
		expect({ state: run.state, problems: run.problems }).toEqual({ state: 'done', problems: [] });
		expect(run.checks.filter(({ ok }) => !ok)).toEqual([]);
		await test(await download(run, `${name.replaceAll(' ', '-').slice(0, 40)}-${language}`), { recipe: last.plan.recipe });
	});
});

function filesOf(input: string): string[] {
	const path = resolve(place.folder, input);
	return statSync(path).isDirectory() ? readdirSync(path).map((file) => join(path, file)) : [path];
}

async function upload(path: string): Promise<Input> {
	return (await server.ask('POST', `/api/inputs?name=${encodeURIComponent(basename(path))}`, { body: readFileSync(path) })).json<Input>();
}

async function finished(body: object): Promise<RunView> {
	const { id } = (await server.ask('POST', '/api/runs', { body })).json<RunView>();
	await readEvents<RunStreamEvent>(server, `/api/runs/${id}/events`);
	return (await server.ask('GET', `/api/runs/${id}`)).json<RunView>();
}

async function download(run: RunView, folder: string): Promise<string[]> {
	await mkdir(join(server.folder, folder));
	const saved = run.outputs.filter(({ file }) => file !== null);
	return Promise.all(
		saved.map(async ({ n, file }) => {
			const path = join(server.folder, folder, file ?? '');
			writeFileSync(path, (await server.ask('GET', `/api/runs/${run.id}/outputs/${n}`)).bytes);
			return path;
		}),
	);
}
