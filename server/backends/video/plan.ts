/** The pure half of the video backend: what may run as one ffmpeg command, what it will be, and what it will cost. */
import { basename } from 'node:path';
import type { Words } from '../../../nodes/messages/words.ts';
import type { Group, Part, Planner } from '../../engine/group.ts';
import { commandOf } from './command/build.ts';
import { shell } from './command/quote.ts';
import { isVideoStep, stepsOf } from './command/steps.ts';
import { notesOf, sparedParts } from './cut/eligible.ts';
import { videoMemory } from './memory.ts';
import { afterVideoStep } from './rules/after.ts';
import { VIDEO_RULES } from './rules/index.ts';
import { videoScript } from './script.ts';

/** Bytes of frames that may wait in memory inside a command. */
const HELD_BYTES = 400e6;

const LONG_PARTS: Words = {
	en: 'the next joins parts of one long video: read from disk, they need not all wait in memory',
	zh: '下一步要拼接同一长视频的几段：从磁盘读取，就不必都放在内存里',
};
const BACKWARDS: Words = { en: 'the next plays backwards, for which all frames have to be there first', zh: '下一步要倒放，须先有全部画面' };
const AGAIN: Words = { en: 'the next plays it again, for which all frames have to be there first', zh: '下一步要重复播放，须先有全部画面' };

function canJoin(group: readonly Part[], part: Part): true | Words {
	const before = Object.values(part.inputs)
		.flat()
		.flatMap((ref) => ('part' in ref ? [group[ref.part]] : []));
	for (const source of before) {
		const end = source?.steps.at(-1)?.op;
		if (end === 'encode') return { en: 'the next reads a finished file, which has to be written first', zh: '下一步要读完整的文件，须先写好' };
		if (end === 'frames' || end === 'frame') return { en: 'the next reads pictures, which have to be written first', zh: '下一步要读图片，须先写好' };
	}
	const holds = part.steps.find((step) => step.op === 'reverse' || step.op === 'repeat' || step.op === 'concat')?.op;
	if (holds === undefined || before.length === 0) return true;
	if (heldBytes(part) <= HELD_BYTES) return true;
	if (holds === 'concat') return sharesSource(group, part) ? LONG_PARTS : true;
	return holds === 'reverse' ? BACKWARDS : AGAIN;
}

/* A part that begins with a cut opens the file where the cut begins: from one decoder, all before it would be decoded too. */
function shares(group: readonly Part[], part: Part): boolean {
	const apart = [...group, part].some(({ steps }) => steps[0]?.op === 'trim' || steps.some(({ op }) => op === 'concat' || op === 'reverse' || op === 'repeat'));
	return !apart && group.length < MOST_PARTS;
}

/* Decoded once, a file is still encoded for each output: more of them would wait for each other. */
const MOST_PARTS = 24;

function heldBytes(part: Part): number {
	const expected = Object.values(part.expected)[0];
	if (expected?.kind !== 'video') return 0;
	return (expected.width ?? 1280) * (expected.height ?? 720) * 1.5 * (expected.duration ?? 60) * (expected.fps ?? 30);
}

/** Whether a value in the group feeds this part on more than one way. */
function sharesSource(group: readonly Part[], part: Part): boolean {
	const seen = new Set<number>();
	const visit = (one: Part): boolean =>
		Object.values(one.inputs)
			.flat()
			.some((ref) => {
				if (!('part' in ref)) return false;
				if (seen.has(ref.part)) return true;
				seen.add(ref.part);
				const source = group[ref.part];
				return source !== undefined && visit(source);
			});
	return visit(part);
}

function explain(group: Group): readonly string[] {
	const command = commandOf(group);
	const inputs = group.inputs;
	const prepared = command.prepare.map(({ input, as, name }) => {
		const source = inputs[input];
		const from = source?.from === 'file' ? basename(source.name) : '';
		return as === 'png' ? `# ${from} as an upright PNG: ${name}` : `# the frames of ${from} as PNG, with their durations: ${name}`;
	});
	const texts = command.texts.map(({ name, text }) => `printf %s ${shell(text)} > ${name}`);
	const folders = command.outputs.filter((output) => output.many).map((output) => `mkdir -p ${output.name.split('/')[0]}`);
	return [...notesOf(group), ...prepared, ...texts, ...folders, ['ffmpeg', ...command.args].map(shell).join(' ')];
}

/** Megapixels a second and core, roughly, by what is asked of them; measured on a small x86 machine. */
const SPEED = {
	decode: 250,
	filter: 200,
	text: 150,
	blur: 40,
	camera: 12,
	h264: 30,
	h265: 5,
	vp9: 8,
	av1: 12,
	gif: 25,
	webp: 6,
	lossless: 60,
	picture: 12,
	copy: 10_000,
};

function estimate(group: Group): number {
	return work(group, sparedParts(group));
}

/* `copied`: parts that save what is copied. */
function work(group: Group, copied: ReadonlySet<number>): number {
	let total = 0.08;
	const decode = copied.size > 0 && copied.size === group.outputs.length ? SPEED.copy : SPEED.decode;
	for (const input of group.inputs) total += megapixels(input.metadata) / decode;
	for (const [index, part] of group.parts.entries()) {
		const size = Object.values(part.expected).reduce((sum, metadata) => sum + megapixels(metadata), 0);
		for (const step of stepsOf(part)) {
			if (step.op === 'blur' || step.op === 'camera' || step.op === 'text') total += size / SPEED[step.op];
			else if (step.op === 'encode' && copied.has(index)) total += size / SPEED.copy;
			else if (step.op === 'encode')
				total += size / ('codec' in step.target ? SPEED[step.target.codec] : SPEED[step.target.format === 'webp' ? 'webp' : 'gif']);
			else if (step.op === 'frames' || step.op === 'frame') total += size / SPEED.picture;
			else if (step.op !== 'trim' && step.op !== 'mute') total += size / SPEED.filter;
		}
	}
	for (const output of group.outputs) {
		const metadata = group.parts[output.part]?.expected[output.port];
		if (metadata?.kind === 'video') total += megapixels(metadata) / SPEED.lossless;
	}
	return total;
}

function megapixels(metadata: Group['inputs'][number]['metadata']): number {
	if (metadata.kind === 'file') return metadata.content === null ? 0 : megapixels(metadata.content);
	if (metadata.kind === 'audio') return (metadata.duration ?? 60) * 0.2;
	if (metadata.kind === 'image') return ((metadata.width ?? 1000) * (metadata.height ?? 1000) * (metadata.frames ?? 1)) / 1e6;
	if (metadata.kind !== 'video') return 0;
	return ((metadata.width ?? 1280) * (metadata.height ?? 720) * (metadata.duration ?? 30) * (metadata.fps ?? 30)) / 1e6;
}

/* ffmpeg's own threads pay for themselves only when there is something to share. */
function threads(group: Group, cores: number): number {
	/* Where a film turns out not to be cut without encoding, it is encoded. */
	const cost = work(group, new Set());
	return cost < 1 ? 1 : Math.min(cores, cost < 4 ? 2 : 8);
}

const after: Planner['after'] = (step, entering) => (isVideoStep(step) ? afterVideoStep(step, entering) : entering);

/** Plans for ffmpeg. */
export const videoPlanner: Planner = {
	shape: 'graph',
	canJoin,
	shares,
	explain,
	script: videoScript,
	estimate,
	threads,
	memory: videoMemory,
	rules: VIDEO_RULES,
	after,
};
