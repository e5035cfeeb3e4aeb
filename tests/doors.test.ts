import { describe, expect, it } from 'vitest';
import { importsOf, wallsBroken } from '../scripts/doors.ts';

function broken(path: string, text: string): string {
	return wallsBroken(new Map([[path, text]])).join('\n');
}

describe('a wrong import is noticed', () => {
	it.each([
		['nodes/image/grow.ts', "import { readFile } from 'node:fs/promises';", 'knows no Node'],
		['nodes/image/grow.ts', "import sharp from 'sharp';", 'only zod'],
		['nodes/image/grow.ts', "import { x } from '../../server/engine/run.ts';", 'nothing of ours'],
		['server/engine/run.ts', "import { Database } from '../stores/database.ts';", 'only its types'],
		['server/engine/run.ts', "const { x } = await import('../stores/database.ts');", 'only its types'],
		['server/engine/run.ts', "export * from '../http/api.ts';", 'server/engine imports only'],
		['server/engine/run.ts', "import express from 'express';", 'only zod'],
		['server/planner/offline/index.ts', "import { x } from '../../stores/home.ts';", 'server/planner imports only'],
		['server/backends/image/runner.ts', "import { x } from '../video/probe.ts';", 'server/backends/image imports only'],
		['server/backends/task/qr.ts', "import {\n\tx,\n\ty,\n} from '../video/run.ts';", 'server/backends/task imports only'],
		['server/backends/table/runner.ts', "import { derive } from '../../engine/derive.ts';", 'server/backends/table imports only'],
		['server/backends/table/runner.ts', "import { Group } from '../../engine/group.ts';", 'only its types'],
		['server/stores/ledger.ts', "import { say } from '../../nodes/messages/index.ts';", 'only its types'],
		['server/http/runs.ts', "import { x } from '../workers/pool.ts';", 'server/http imports only'],
		['server/cli/run.ts', "import { x } from '../backends/image/runner.ts';", 'server/cli imports only'],
		['client/app/app.tsx', "import { x } from '../../server/http/api.ts';", 'only its types'],
		['client/app/app.tsx', "import type { Plan } from '../../server/planner/plan.ts';", 'client imports only'],
		['client/app/app.tsx', "import sharp from 'sharp';", 'a browser can not run it'],
		['client/app/app.tsx', "import { x } from '../../tests/fixtures/index.ts';", 'client imports only'],
		['server/http/runs.ts', "import vm from 'node:vm';", 'nothing runs text as code'],
		['server/http/runs.ts', 'const f = new Function("return 1");', 'runs text as code'],
		['client/app/app.tsx', 'const four = eval("2 + 2");', 'runs text as code'],
	])('%s: %s', (path, text, reason) => {
		expect(broken(path, text)).toContain(reason);
		expect(broken(path, text)).toMatch(new RegExp(`^${path}:\\d+ `));
	});
});

describe('a right import is let through', () => {
	it.each([
		['nodes/image/grow.ts', "import { z } from 'zod';\nimport { x } from '../define.ts';"],
		['nodes/image/grow.ts', "import type { Sharp } from 'sharp';"],
		['server/engine/run.ts', "import type { Runner } from '../backends/image/runner.ts';\nimport { type A, type B } from '../stores/ledger.ts';"],
		['server/planner/openai/ask.ts', "import OpenAI from 'openai';\nimport { x } from '../../engine/engine.ts';"],
		['server/backends/image/runner.ts', "import sharp from 'sharp';\nimport type { Group } from '../../engine/group.ts';\nimport { y } from './slots.ts';"],
		['server/backends/task/document-pages.ts', "import { open } from '../document/open.ts';"],
		['server/main.ts', "import { x } from './backends/image/runner.ts';\nimport { y } from './stores/ledger.ts';"],
		['client/app/app.tsx', "import type { Plan } from '../../server/http/api.ts';\nimport { SPECS } from '../../nodes/catalogue.ts';"],
		['server/http/runs.ts', "// never eval(x), import x from '../workers/pool.ts'\nconst text = 'no eval(here)';\nframe.eval(x);"],
		['nodes/define.ts', "/** Example:\n *     import sharp from 'sharp';\n */"],
	])('%s: %s', (path, text) => {
		expect(broken(path, text)).toBe('');
	});
});

it('imports are found wherever they stand', () => {
	const text =
		"import a, { b } from './a.ts';\nexport { c } from './c.ts';\nimport './d.ts';\nconst e = await import('./e.ts');\ntype F = typeof import('./f.ts');";
	expect(importsOf(text).map(({ from, typesOnly, line }) => [from, typesOnly, line])).toEqual([
		['./a.ts', false, 1],
		['./c.ts', false, 2],
		['./d.ts', false, 3],
		['./e.ts', false, 4],
		['./f.ts', true, 5],
	]);
});
