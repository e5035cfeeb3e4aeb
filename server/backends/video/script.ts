/** A group of videos as JavaScript and as lines of a shell: the very list of arguments that the runner gives to ffmpeg. */
import type { Group, ScriptPart, ShellPart } from '../../engine/group.ts';
import { type Command, type CommandOutput, commandOf } from './command/build.ts';
import { type Cut, cutsOf } from './cut/eligible.ts';

const PREPARE = new URL('./prepare.ts', import.meta.url);
const CUT = new URL('./cut/make.ts', import.meta.url);
const FONTS = new URL('./fonts.ts', import.meta.url);

/** Stand in a command for what only the script knows. The sign in front is in no path and in no argument of ours. */
const SIGN = '\u0001';
const FONT = `${SIGN}font${SIGN}`;
const THREADS = 987_654_321;
const pathOf = (input: number) => `${SIGN}${input}${SIGN}`;

/** The group as a script. */
export function videoScript(group: Group): ScriptPart | string {
	if (group.inputs.some((input) => input.from === 'memory')) return 'reads pixels from memory, which ffmpeg can not';
	const marked = { ...group, inputs: group.inputs.map((input, index) => ({ ...input, from: 'file' as const, path: pathOf(index), name: '' })) };
	const command = commandOf(marked, { font: FONT, threads: THREADS });
	const usesFont = command.args.some((arg) => arg.includes(FONT));
	const prepared = command.prepare.map(
		({ input, as, name }) => `await ${as === 'png' ? 'writePicture' : 'writeFrames'}(inputs[${input}].path, join(folder, ${JSON.stringify(name)}));`,
	);
	const texts = command.texts.map(({ name, text }) => `await writeFile(join(folder, ${JSON.stringify(name)}), ${JSON.stringify(text)});`);
	const folders = command.outputs
		.filter((output) => output.many)
		.map((output) => `await mkdir(join(folder, ${JSON.stringify(folderOf(output))}), { recursive: true });`);
	const lines = wrapped(['"-v"', '"error"', ...command.args.flatMap(argument)]);
	const encoding = `run('ffmpeg', [\n${lines.map((line) => `\t${line}`).join('\n')}\n], folder);`;
	const cuts = cutsOf(marked);
	const values = command.outputs.map((output) => valueText(group, output));
	const encodes = [...(usesFont ? ["const font = (await chineseFont()) ?? 'Noto Sans CJK SC';"] : []), ...prepared, ...texts, ...folders, encoding];
	return {
		code: cuts.length === 0 ? [...encodes, `return [${values.join(', ')}];`].join('\n') : cutText(cuts, command.outputs, values, encodes.join('\n')),
		uses: [
			...(command.prepare.length === 0
				? []
				: [{ module: PREPARE, names: [...new Set(command.prepare.map(({ as }) => (as === 'png' ? 'writePicture' : 'writeFrames')))] }]),
			...(cuts.length === 0 ? [] : [{ module: CUT, names: ['cutOut'] }]),
			...(usesFont ? [{ module: FONTS, names: ['chineseFont'] }] : []),
		],
		packages: command.prepare.length === 0 ? [] : ['sharp'],
		programs: cuts.length === 0 ? ['ffmpeg'] : ['ffmpeg', 'ffprobe'],
		shell: shellPart(command),
	};
}

/** Copying what nothing touches comes first; where that can't be exact, the command encodes everything. */
function cutText(cuts: readonly Cut[], outputs: readonly CommandOutput[], values: readonly string[], encodes: string): string {
	const made = cuts.map(({ source, video, spans, sound, target }, index) => {
		const input = source.path.split(SIGN)[1] ?? '0';
		const cut = `{ source: inputs[${input}], video: { fps: ${video.fps} }, spans: ${JSON.stringify(spans)}, sound: ${sound}, target: ${JSON.stringify(target)} }`;
		const given = '{ folder, signal: new AbortController().signal, progress: () => {}, memory: new Map(), threads: availableParallelism() }';
		return `const cut${index} = await cutOut(${cut}, 'cut-${index}.${target.format}', ${given});`;
	});
	const missing = cuts.map((_, index) => `!('path' in cut${index})`);
	const needed = cuts.length === outputs.length ? missing.join(' || ') : 'true';
	const results = outputs.map(({ output }, index) => {
		const cut = cuts.findIndex((one) => one.output.key === output.key);
		const value = values[index] ?? '';
		return cut < 0 ? value : `'path' in cut${cut} ? { ...${value}, path: cut${cut}.path } : ${value}`;
	});
	return [...made, `if (${needed}) {`, encodes.replace(/^/gm, '\t'), '}', `return [${results.join(', ')}];`].join('\n');
}

/** An argument as JavaScript; null where it belongs to the number of threads. */
function argument(arg: string, index: number, all: readonly string[]): string[] {
	if (arg === String(THREADS)) return [];
	if (all[index + 1] === String(THREADS)) return [`...threads(${JSON.stringify(arg)})`];
	if (!arg.includes(SIGN)) return [JSON.stringify(arg)];
	const pieces = arg.split(new RegExp(`${SIGN}(font|\\d+)${SIGN}`));
	const texts = pieces.map((piece, at) => (at % 2 === 0 ? JSON.stringify(piece) : piece === 'font' ? 'font' : `inputs[${piece}].path`));
	return [texts.filter((text) => text !== '""').join(' + ')];
}

/** An option and its value on one line. */
function wrapped(args: readonly string[]): string[] {
	const lines: string[] = [];
	for (const arg of args) {
		const last = lines.at(-1);
		if (last === undefined || /^"-|^\.\.\./.test(arg) || !/^"-\D[^,]*,$/.test(last)) lines.push(`${arg},`);
		else lines[lines.length - 1] = `${last} ${arg},`;
	}
	return lines;
}

function folderOf(output: CommandOutput): string {
	return output.name.split('/')[0] ?? '';
}

function valueText(group: Group, output: CommandOutput): string {
	const { kind } = group.parts[output.output.part]?.expected[output.output.port] ?? { kind: 'video' };
	if (output.many) return `picturesIn(join(folder, ${JSON.stringify(folderOf(output))}))`;
	const metadata = output.name.endsWith('.png')
		? "{ kind: 'image', format: 'png' }"
		: kind === 'file'
			? `{ kind: 'file', format: ${JSON.stringify(output.name.slice(output.name.lastIndexOf('.') + 1))}, content: null }`
			: `{ kind: ${JSON.stringify(kind)}, format: null }`;
	return `{ path: join(folder, ${JSON.stringify(output.name)}), name: ${JSON.stringify(output.name)}, metadata: ${metadata} }`;
}

/** The same for a shell, which has nothing but programs. */
function shellPart(command: Command): ShellPart | string {
	if (command.prepare.length > 0) return 'reads a picture that has to be made ready for ffmpeg first';
	if (command.outputs.some((output) => output.many)) return 'makes a list of pictures';
	const out = (arg: string) => {
		const index = command.outputs.findIndex((output) => arg === `file:${output.name}`);
		return index < 0 ? arg : `file:{output ${index}}`;
	};
	const words = command.args
		.filter((arg, index) => arg !== String(THREADS) && command.args[index + 1] !== String(THREADS))
		.map((arg) =>
			out(arg)
				.replace(new RegExp(`${SIGN}(\\d+)${SIGN}`, 'g'), '{input $1}')
				.replaceAll(FONT, '{font}'),
		);
	return {
		texts: command.texts,
		words: ['ffmpeg', '-v', 'error', ...words],
		endings: command.outputs.map((output) => output.name.slice(output.name.lastIndexOf('.') + 1)),
		programs: ['ffmpeg'],
	};
}
