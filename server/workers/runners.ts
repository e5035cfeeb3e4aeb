/** The native halves of the backends, loaded when first used. */
import { pathToFileURL } from 'node:url';
import type { BackendName, Made, MadeValue, Runner, TaskInput, TaskRunner } from '../engine/group.ts';
import { codePath } from '../place.ts';
import { readAs } from './read-as.ts';

/** Loads the runner of a backend; each worker does this once. */
export async function runnerOf(backend: BackendName): Promise<Runner> {
	if (backend === 'image') return (await import('../backends/image/run.ts')).imageRunner;
	if (backend === 'video') return (await import('../backends/video/run.ts')).videoRunner;
	if (backend === 'table') return (await import('../backends/table/run.ts')).tableRunner;
	return taskRunner;
}

const taskRunner: Runner = {
	async run(group, context) {
		const [part] = group.parts;
		if (part === undefined || group.parts.length !== 1) throw new Error('a task runs alone');
		const runner = await loadTask(part.spec);
		const inputs = Object.fromEntries(
			Object.entries(part.inputs).map(([port, refs]) => [
				port,
				refs.map((ref): TaskInput => {
					const input = 'input' in ref ? group.inputs[ref.input] : undefined;
					if (input?.from !== 'file') throw new Error(`the input ${port} of ${part.spec} is not a file`);
					return { metadata: input.metadata, path: input.path, name: input.name };
				}),
			]),
		);
		const result = await runner({
			...context,
			params: part.params,
			inputs,
			expected: part.expected,
			readAs,
			...(part.element === undefined ? {} : { element: part.element }),
		});
		return group.outputs.flatMap((output): Made[] => {
			const value = result[output.port];
			if (value === undefined) throw new Error(`${part.spec} made nothing for its output ${output.port}`);
			return [isList(value) ? { key: output.key, values: value } : { key: output.key, value }];
		});
	},
};

function isList(value: MadeValue | readonly MadeValue[]): value is readonly MadeValue[] {
	return Array.isArray(value);
}

/** The runner of a task, found by the name of its spec. */
export async function loadTask(spec: string): Promise<TaskRunner> {
	const name = spec.replaceAll('.', '-');
	if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`${spec} is not the name of a task`);
	const module: { readonly default: TaskRunner } = await import(pathToFileURL(codePath(`server/backends/task/${name}`)).href);
	return module.default;
}
