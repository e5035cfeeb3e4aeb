import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { bind } from '../batch/inputs.ts';
import type { Bindings } from '../engine/engine.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { loadRecipe, withSettings } from './recipes.ts';
import { EXIT } from './report.ts';
import { expandInputs } from './run.ts';
import { withEngine } from './session.ts';

/** Examples that are looked at; more would make a script that nobody can read. */
const MOST = 200;

/** `millwright eject RECIPE [--in INPUT…] [-o FILE] [--as node|sh]` */
export async function ejectCommand(args: Arguments): Promise<number> {
	const [name, ...more] = args.words;
	if (name === undefined) throw new UsageError('Expected a recipe: millwright eject RECIPE [--in INPUT…] [-o FILE].');
	const as = args.values.as ?? (args.values.output?.endsWith('.sh') === true ? 'sh' : 'node');
	if (as !== 'node' && as !== 'sh') throw new UsageError(`Expected node or sh for --as, got ${as}.`);
	const recipe = withSettings(await loadRecipe(name), args.settings);
	const { output } = args.values;
	return withEngine(async (session) => {
		const { files } = bind(recipe, await expandInputs([...args.inputs, ...more], args, session));
		const examples: Record<string, Bindings[string]> = {};
		for (const [node, found] of Object.entries(files)) {
			if (found.length > MOST) throw new UsageError(`Expected at most ${MOST} files as examples for ${node}, got ${found.length}.`);
			examples[node] = await Promise.all(found.map((file) => session.engine.look(file.path, basename(file.item))));
		}
		const text = await session.eject({ recipe, examples, as, ...(output === undefined ? {} : { file: basename(output) }) });
		if (output === undefined) process.stdout.write(text);
		else await write(output, text, args.values.overwrite);
		return EXIT.done;
	});
}

async function write(path: string, text: string, overwrite: boolean): Promise<void> {
	try {
		await writeFile(path, text, { flag: overwrite ? 'w' : 'wx', mode: 0o755 });
		console.log(path);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
			throw new UsageError(`${path} is there already. It was left as it is; --overwrite replaces it.`);
		throw error;
	}
}
