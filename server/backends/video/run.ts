/** The native half of the video backend: one ffmpeg process a group, but for films that are cut without being encoded anew. */
import { readdir, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Metadata } from '../../../nodes/define.ts';
import { RunError } from '../../../nodes/problems.ts';
import type { Group, GroupOutput, Made, MadeValue, RunContext, Runner } from '../../engine/group.ts';
import { runChild } from './child.ts';
import { type Command, type CommandOutput, commandOf } from './command/build.ts';
import { cutsOf } from './cut/eligible.ts';
import { cutOut } from './cut/make.ts';
import { chineseFont } from './fonts.ts';
import { prepareFiles, readAnimatedPicture } from './prepare.ts';
import { probeEncoded, probeMedia, probePicture } from './probe.ts';

async function run(group: Group, context: RunContext): Promise<readonly Made[]> {
	const made: Made[] = [];
	for (const cut of cutsOf(group)) {
		const name = `cut-${made.length}.${cut.target.format}`;
		const attempt = await cutOut(cut, name, context);
		if ('path' in attempt) made.push({ key: cut.output.key, value: await madeValue(attempt.path, expectedOf(group, cut.output), context) });
	}
	const outputs = group.outputs.filter(({ key }) => made.every((one) => one.key !== key));
	return outputs.length === 0 ? made : [...made, ...(await encode({ ...group, outputs }, context))];
}

/** Everything by one command. */
async function encode(group: Group, context: RunContext): Promise<readonly Made[]> {
	const font = writesText(group) ? await chineseFont() : undefined;
	const command = commandOf(group, {
		...(context.threads < availableParallelism() ? { threads: context.threads } : {}),
		...(font === undefined ? {} : { font }),
	});
	await prepareFiles(command, group, context);
	const name = group.inputs.flatMap((input) => (input.from === 'file' ? [input.name] : []))[0] ?? '';
	await runChild('ffmpeg', ['-v', 'error', '-nostats', '-progress', 'pipe:1', ...command.args], {
		cwd: context.folder,
		signal: context.signal,
		name,
		onLine: (line) => report(line, command, context),
	});
	return Promise.all(command.outputs.map((output) => collect(group, output, context)));
}

const writesText = (group: Group) => group.parts.some((part) => part.steps.some((step) => step.op === 'text'));

/* `out_time_ms` is in microseconds, too (ffmpeg keeps the name for old readers); `N/A` before the first frame. */
function report(line: string, command: Command, context: RunContext): void {
	const time = /^out_time_us=(\d+)$/.exec(line)?.[1];
	if (time !== undefined && command.duration > 0) context.progress(Math.min(1, Number(time) / 1e6 / command.duration));
}

const expectedOf = (group: Group, output: GroupOutput) => group.parts[output.part]?.expected[output.port];

async function collect(group: Group, output: CommandOutput, context: RunContext): Promise<Made> {
	const { key } = output.output;
	const path = join(context.folder, output.name);
	const expected = expectedOf(group, output.output);
	if (!output.many) return { key, value: await madeValue(path, expected, context) };
	const folder = dirname(path);
	const names = (await readdir(folder)).filter((name) => name.endsWith('.png')).sort();
	const first = names[0];
	if (first === undefined) throw new RunError('video.failed', { reason: 'no picture came out' });
	const metadata = await probePicture(join(folder, first), 'png', context.signal);
	return { key, values: names.map((name) => ({ path: join(folder, name), metadata })) };
}

async function madeValue(path: string, expected: Metadata | undefined, context: RunContext): Promise<MadeValue> {
	const { size } = await stat(path).catch(() => ({ size: 0 }));
	if (size === 0) throw new RunError('video.failed', { reason: `nothing came out (${basename(path)})` });
	const format = path.slice(path.lastIndexOf('.') + 1);
	if (expected?.kind === 'file') {
		const content = format === 'webp' ? await readAnimatedPicture(path, format) : await probeEncoded(path, format, context.signal);
		return { path, metadata: { kind: 'file', format, bytes: size, content } };
	}
	if (format === 'png') return { path, metadata: await probePicture(path, 'png', context.signal) };
	const readings = await probeMedia(path, format, basename(path), context.signal);
	const reading = readings.find((one) => one.kind === expected?.kind) ?? readings[0];
	if (reading === undefined) throw new RunError('video.failed', { reason: 'nothing came out' });
	return { path, metadata: asDescribed(lossless(reading), expected) };
}

/* Made by us to go on from: its codec and container say nothing about what the user has. */
function lossless(metadata: Metadata): Metadata {
	if (metadata.kind === 'video') return { ...metadata, codec: null, audioCodec: null, format: null };
	if (metadata.kind === 'audio') return { ...metadata, codec: null, format: null };
	return metadata;
}

/* A container's clock and a last frame of unknown length move the end a little, and the rate with it: going on from the file has to be the same as going on in the command, which goes by what was described. */
const NEAR_SECONDS = 0.25;

function asDescribed(made: Metadata, expected: Metadata | undefined): Metadata {
	if ((made.kind !== 'video' && made.kind !== 'audio') || expected?.kind !== made.kind) return made;
	const near = expected.duration !== null && made.duration !== null && Math.abs(expected.duration - made.duration) < NEAR_SECONDS;
	if (!near) return made;
	if (made.kind === 'audio' || expected.kind === 'audio') return { ...made, duration: expected.duration };
	return { ...made, duration: expected.duration, fps: expected.fps ?? made.fps };
}

/** Carries out groups with ffmpeg. */
export const videoRunner: Runner = { run };
