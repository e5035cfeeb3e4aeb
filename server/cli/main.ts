import { readFileSync } from 'node:fs';
import { ProblemError, problemOf, sayProblem } from '../../nodes/problems.ts';
import { type Arguments, parseCommand, UsageError } from './arguments.ts';
import { EXIT, emptyReport } from './report.ts';
import { USAGE } from './usage.ts';

type Command = (args: Arguments) => Promise<number>;

/** Each command's code is loaded only when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
	serve: async () => (await import('./serve.ts')).serve,
	plan: async () => (await import('./plan.ts')).planCommand,
	do: async () => (await import('./plan.ts')).doCommand,
	edit: async () => (await import('./plan.ts')).editCommand,
	run: async () => (await import('./run.ts')).runCommand,
	watch: async () => (await import('./watch.ts')).watchCommand,
	undo: async () => (await import('./undo.ts')).undoCommand,
	explain: async () => (await import('./explain.ts')).explainCommand,
	eject: async () => (await import('./eject.ts')).ejectCommand,
	nodes: async () => (await import('./nodes.ts')).nodesCommand,
	doctor: async () => (await import('./doctor.ts')).doctorCommand,
	store: async () => (await import('./store.ts')).storeCommand,
};

/** Runs a command; the result is the exit status. */
export async function main(argv: readonly string[]): Promise<number> {
	const [name = 'help', ...rest] = argv;
	if (name === 'help' || name === '--help' || name === '-h') {
		console.log(USAGE);
		return EXIT.done;
	}
	let args: Arguments | null = null;
	try {
		const command = COMMANDS[name];
		if (command === undefined) throw new UsageError(`There is no command ${name}. Commands: ${Object.keys(COMMANDS).join(', ')}.`);
		args = parseCommand(rest);
		/* What goes on with an earlier batch finds most of it done, and often all. */
		if ((name === 'run' || name === 'do') && !rest.includes('--resume'))
			(await import('../ahead.ts')).startAhead(name === 'run' ? specsIn(args.words[0]) : [], args.inputs[0] ?? args.words[1]);
		return await (await command())(args);
	} catch (error) {
		return failed(error, args, rest.includes('--json'));
	}
}

/** Ids of the specs in a recipe's file, as far as it has the form of one; it is read properly later. */
function specsIn(recipe: string | undefined): string[] {
	try {
		return [...readFileSync(recipe ?? '', 'utf8').matchAll(/"spec"\s*:\s*"([a-z.-]{1,60})"/g)].map((match) => match[1] ?? '');
	} catch {
		return [];
	}
}

function failed(error: unknown, args: Arguments | null, json: boolean): number {
	if (error instanceof UsageError) {
		console.error(`${error.message}\n"millwright help" shows the commands.`);
		if (json) console.log(JSON.stringify({ ...emptyReport('failed'), errors: [{ message: error.message }] }));
		return EXIT.usage;
	}
	const problem = problemOf(error);
	const message = sayProblem(args?.language ?? 'en', problem);
	console.error(error instanceof ProblemError ? message : error);
	const place = { ...(problem.node === undefined ? {} : { node: problem.node }), ...(problem.param === undefined ? {} : { param: problem.param }) };
	if (json) console.log(JSON.stringify({ ...emptyReport('failed'), errors: [{ ...place, message }] }));
	return problem.type === 'cancelled' ? EXIT.cancelled : EXIT.failed;
}
