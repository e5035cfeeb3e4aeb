import { fill, type Language, say as sayIn } from '../../nodes/messages/index.ts';
import { bind } from '../batch/inputs.ts';
import type { Bindings, Explained } from '../engine/engine.ts';
import { standIns } from '../engine/stand-ins.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { loadRecipe, withSettings } from './recipes.ts';
import { EXIT } from './report.ts';
import { expandInputs } from './run.ts';
import { withEngineFor } from './session.ts';

/** `millwright explain RECIPE [--in INPUT]` */
export async function explainCommand(args: Arguments): Promise<number> {
	const [name, ...more] = args.words;
	if (name === undefined) throw new UsageError('Expected a recipe: millwright explain RECIPE [--in INPUT].');
	const recipe = withSettings(await loadRecipe(name), args.settings);
	return withEngineFor(args, async (session) => {
		const { files } = bind(recipe, await expandInputs([...args.inputs, ...more], args, session));
		const bound: Record<string, Bindings[string]> = {};
		for (const [node, found] of Object.entries(files)) {
			const [first] = found;
			if (first !== undefined) bound[node] = [await session.engine.look(first.path)];
		}
		const groups = await session.engine.explain(recipe, { ...standIns(recipe), ...bound });
		if (args.values.json) process.stdout.write(`${JSON.stringify({ groups })}\n`);
		else for (const [i, group] of groups.entries()) console.log(asText(group, i, args.language));
		return EXIT.done;
	});
}

const WORDS = {
	en: { rule: 'rule', tiny: ' (differs too little to be seen)', cached: ' (in the store)', about: ' (about {time} s)', ends: 'ends:' },
	zh: { rule: '规则', tiny: '（差别小到看不出）', cached: '（缓存中已有）', about: '（约 {time} 秒）', ends: '到此为止：' },
} as const;

function asText({ backend, nodes, commands, rules, cut, cached, why, seconds, times }: Explained, i: number, language: Language): string {
	const words = WORDS[language];
	const applied = rules.map(({ name, summary, tolerance }) => `   ${words.rule} ${name}: ${summary[language]}${tolerance === 'tiny' ? words.tiny : ''}`);
	const head = `${i + 1}. ${backend}: ${nodes.join(' → ')}${times > 1 ? ` × ${times}` : ''}${cached ? words.cached : fill(words.about, { time: seconds.toFixed(1) }, language)}`;
	return [
		head,
		...commands.flatMap((command) => command.split('\n').map((line) => `     ${line}`)),
		...applied,
		`   ${words.ends} ${cut[language]}`,
		`   ${sayIn(language, why.key, why.values)}`,
		'',
	].join('\n');
}
