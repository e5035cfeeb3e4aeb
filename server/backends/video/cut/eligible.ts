/** Which outputs of a group may be made without encoding every frame anew: pure, and shared by `explain` and by the runner. */
import type { VideoMetadata } from '../../../../nodes/define.ts';
import type { VideoStep, VideoTarget } from '../../../../nodes/steps/video.ts';
import type { Group, GroupInput, GroupOutput } from '../../../engine/group.ts';
import { copiesInto, PICTURE_CODECS } from '../command/encode.ts';
import { seeksExactly } from '../command/inputs.ts';
import { stepsOf } from '../command/steps.ts';

export type FilmTarget = Extract<VideoTarget, { codec: string }>;
export interface Span {
	readonly start: number;
	readonly end: number | null;
}

/** An output whose frames nothing touches: some are left out, at most. */
export interface Cut {
	readonly output: GroupOutput;
	readonly source: Extract<GroupInput, { from: 'file' }>;
	readonly video: VideoMetadata;
	/** One within the other, in the order in which they are made; empty for a change of container only. */
	readonly spans: readonly Span[];
	readonly sound: boolean;
	readonly target: FilmTarget;
}

/** A saved film whose frames nothing touches; and, where its streams can't be copied whatever the file turns out to be, why. */
interface Untouched {
	readonly cut: Cut;
	readonly against: string | null;
}

/** The outputs of a group that may be cut out of their file; the file's key frames decide, which only a worker may look at. */
export function cutsOf(group: Group): readonly Cut[] {
	return group.outputs.flatMap((output) => {
		const found = untouchedFilm(group, output);
		return found === null || found.against !== null || copiedWhole(found.cut) ? [] : [found.cut];
	});
}

/** The parts that save a film of which no frame, or hardly one, is encoded, as far as can be foreseen. */
export function sparedParts(group: Group): ReadonlySet<number> {
	return new Set(
		group.outputs.flatMap((output) => {
			const found = untouchedFilm(group, output);
			return found === null || found.against !== null ? [] : [output.part];
		}),
	);
}

/** What `explain` says of how the untouched films of a group are made. */
export function notesOf(group: Group): readonly string[] {
	return group.outputs.flatMap((output) => {
		const found = untouchedFilm(group, output);
		if (found === null) return [];
		if (found.against !== null) return [`# re-encodes: ${found.against}`];
		if (copiedWhole(found.cut)) return ['# stream copy: nothing touches the frames'];
		if (found.cut.spans.length === 0) return ['# stream copy, if the file does not say that it has to be turned; otherwise this:'];
		return [CUT_NOTE[found.cut.target.codec]];
	});
}

const ONLY_COPY = '# stream copy, if the cut lies on key frames of the file; otherwise this:';
const CUT_NOTE = {
	h264: "# stream copy or smart cut, decided by the file's key frames: only frames beside a cut are encoded; where that can't be exact, this:",
	h265: ONLY_COPY,
	vp9: ONLY_COPY,
	av1: ONLY_COPY,
} as const;

/** Whether the group's one command copies it as it is. */
function copiedWhole({ spans, target, video }: Cut): boolean {
	return spans.length === 0 && copiesInto(target.format, video.format);
}

function untouchedFilm(group: Group, output: GroupOutput): Untouched | null {
	const steps: VideoStep[] = [];
	let part = group.parts[output.part];
	let input: GroupInput | undefined;
	while (part !== undefined && input === undefined) {
		const own = stepsOf(part);
		if (!own.every(({ op }) => op === 'trim' || op === 'mute' || op === 'encode')) return null;
		steps.unshift(...own);
		const ref = Object.values(part.inputs)[0]?.[0];
		if (ref === undefined) return null;
		if ('input' in ref) input = group.inputs[ref.input];
		else part = group.parts[ref.part];
	}
	const end = steps.at(-1);
	if (input?.from !== 'file' || input.metadata.kind !== 'video' || end?.op !== 'encode' || !('codec' in end.target)) return null;
	const { metadata: video } = input;
	const spans = steps.flatMap((step) => (step.op === 'trim' ? [{ start: step.start, end: step.end }] : []));
	const sound = video.audio === true && steps.every(({ op }) => op !== 'mute');
	return { cut: { output, source: input, video, spans, sound, target: end.target }, against: against(input, video, end.target, spans.length > 0) };
}

function against(input: GroupInput, video: VideoMetadata, target: FilmTarget, cut: boolean): string | null {
	if (!target.copy) return 'draft' in target && target.draft === true ? 'made small, to look at' : 'a quality is set';
	if (video.codec === null) return 'the frames come from an intermediate file';
	const codec = PICTURE_CODECS[target.codec];
	if (video.codec !== codec) return `the file has ${video.codec}, ${codec} is asked for`;
	if ((video.width ?? 1) % 2 !== 0 || (video.height ?? 1) % 2 !== 0) return 'a side of odd length loses its last line';
	if (cut && !seeksExactly(input)) return `the times in ${video.format ?? 'this'} files are not exact enough`;
	return null;
}
