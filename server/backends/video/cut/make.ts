/** Cuts a piece out of a film without encoding it anew, where that is exact; otherwise says why not. */
import { writeFile } from 'node:fs/promises';
import { join as inFolder } from 'node:path';
import { Cancelled, RunError } from '../../../../nodes/problems.ts';
import type { RunContext } from '../../../engine/group.ts';
import { runChild } from '../child.ts';
import { soundCopies } from '../command/encode.ts';
import { copyTurn, firstUnits, parameterSetIds, shareParameterSets } from './boxes.ts';
import { copyPart, encodedPart, join, lead, partList, rewrapped, type SoundCut } from './commands.ts';
import type { Cut, Span } from './eligible.ts';
import { type Facts, factsOf, type Packet, packetsOf, type StreamFacts } from './packets.ts';
import { type CutPlan, planCut } from './plan.ts';

export type Attempt =
	/** `how` says what was done, in seconds. */
	{ readonly path: string; readonly how: string } | { readonly why: string };

/**
 * Tries to make an output without encoding it anew, in the group's folder under `name`.
 * A failure is only a reason to encode: the file's real trouble is told then.
 * @throws Cancelled, or RunError where the machine lacks something (disk, ffmpeg).
 */
export async function cutOut(cut: Cut, name: string, context: RunContext): Promise<Attempt> {
	try {
		return await attempt(cut, name, context);
	} catch (error) {
		if (error instanceof Cancelled || context.signal.aborted) throw error;
		if (error instanceof RunError && error.problem.resource === true) throw error;
		return { why: error instanceof Error ? error.message : String(error) };
	}
}

async function attempt(cut: Cut, name: string, context: RunContext): Promise<Attempt> {
	const asked = { path: cut.source.path, name: cut.source.name, signal: context.signal };
	const facts = await factsOf(asked);
	const { picture } = facts;
	if (picture === null) return { why: 'there is no picture' };
	const turned = picture.side_data_list?.some(({ rotation = 0 }) => rotation !== 0) === true;
	if (turned && !quicktime(cut)) return { why: 'the file says that it has to be turned, and the container has no place for that' };
	if (cut.spans.length === 0) return rewrap(cut, facts, name, context);
	if (Number.isNaN(picture.clock)) return { why: 'its clock is odd' };
	const fps = cut.video.fps ?? 25;
	const span = whole(cut.spans);
	/* From before the first of the cuts on: the next is counted from the first frame that it keeps. */
	const from = (cut.spans[0]?.start ?? 0) - lead(fps);
	const packets = await packetsOf(asked, facts, from > 0 ? from + facts.begins : null, span.end === null ? null : span.end + facts.begins + 2 * lead(fps));
	const encodes = cut.target.codec === 'h264' && encodable(picture);
	const clock = { tick: 1 / picture.clock, begins: facts.begins, fps };
	const plan = planCut(packets.picture, cut.spans, clock, { encodes, leading: cut.target.codec === 'h265' });
	if (typeof plan === 'string') return { why: plan };
	const sound = cut.sound && facts.sound !== null ? soundCut(cut, facts.sound, facts.begins, packets.sound, span) : null;
	return new Cutting(cut, facts, picture, sound, plan, context).make(name, turned);
}

const quicktime = ({ target }: Cut) => target.format === 'mp4' || target.format === 'mov';

/* AAC frames stand alone but for an overlap with the one before: two more, which MP4 can say to skip, make the cut exact to the sample. */
function soundCut(cut: Cut, sound: StreamFacts, begins: number, packets: readonly Packet[], { start, end }: Span): SoundCut {
	const rate = sound.sample_rate ?? 48_000;
	const packet = 1024 / rate;
	const copies = sound.codec_name === 'aac' && sound.profile === 'LC' && soundCopies(cut.target, 'aac') && !Number.isNaN(sound.clock);
	if (!copies) return { start, end, copy: null };
	const from = start > 0 ? (quicktime(cut) ? -2 * packet : 0) - 0.000_1 : Number.NEGATIVE_INFINITY;
	/* A last packet is kept where it lies inside by more than half. */
	const until = end === null ? Number.POSITIVE_INFINITY : end - start - packet / 2;
	const times = packets.map(({ pts }) => pts / sound.clock - begins - start);
	/* ffmpeg lets packets go by the clock of what it writes: samples in MP4, milliseconds in Matroska (5.1; `tb` names another one). */
	return { start, end, copy: { from, until, clock: quicktime(cut) ? rate : 1000, count: times.filter((time) => time >= from && time <= until).length } };
}

/** One cut within another, as one. */
function whole(spans: readonly Span[]): Span {
	return spans.reduce<Span>(
		(outer, { start, end }) => {
			const until = end === null ? outer.end : Math.min(outer.end ?? Number.POSITIVE_INFINITY, outer.start + end);
			return { start: outer.start + start, end: until };
		},
		{ start: 0, end: null },
	);
}

/* Frames can be joined to copied ones only where an encoder makes the very same kind. */
function encodable({ pix_fmt, field_order, is_avc, profile = '' }: StreamFacts): boolean {
	const plain = pix_fmt === 'yuv420p' || pix_fmt === 'yuvj420p';
	return plain && is_avc === 'true' && (field_order === undefined || field_order === 'progressive') && /^(Constrained Baseline|Main|High)$/.test(profile);
}

async function rewrap(cut: Cut, facts: Facts, name: string, context: RunContext): Promise<Attempt> {
	const copies = soundCopies(cut.target, facts.sound?.codec_name ?? null);
	await runCommand(rewrapped(cut.source.path, cut.sound, copies, cut.target, name), cut, context);
	return { path: inFolder(context.folder, name), how: 'stream copy' };
}

class Cutting {
	readonly #cut: Cut;
	readonly #facts: Facts;
	readonly #picture: StreamFacts;
	readonly #sound: SoundCut | null;
	readonly #plan: CutPlan;
	readonly #context: RunContext;

	constructor(cut: Cut, facts: Facts, picture: StreamFacts, sound: SoundCut | null, plan: CutPlan, context: RunContext) {
		this.#cut = cut;
		this.#facts = facts;
		this.#picture = picture;
		this.#sound = sound;
		this.#plan = plan;
		this.#context = context;
	}

	async make(name: string, turned: boolean): Promise<Attempt> {
		const { head, tail } = this.#plan;
		const names = { head: `head-${name}.mp4`, copy: `copy-${name}.mp4`, tail: `tail-${name}.mp4` };
		const path = (part: string) => inFolder(this.#context.folder, part);
		const from = { path: this.#cut.source.path, begins: this.#facts.begins, clock: this.#picture.clock, fps: this.#cut.video.fps ?? 25 };
		await this.#run(copyPart(from, this.#plan, names.copy));
		if (!(await beginsAnew(path(names.copy), this.#picture.codec_name))) return { why: "the source's key frames are open" };
		if (head !== null || tail !== null) {
			const sets = unused(await parameterSetIds(path(names.copy)));
			if (sets === null) return { why: 'it uses every number for parameter sets' };
			if (head !== null) await this.#run(encodedPart(from, head, this.#plan, this.#picture, sets, names.head));
			if (tail !== null) await this.#run(encodedPart(from, tail, this.#plan, this.#picture, sets, names.tail));
			/* Both encoded parts come from one encoder with the same settings, and have the same sets. */
			if (head !== null) await shareParameterSets(path(names.head), [path(names.copy)]);
			else await shareParameterSets(path(names.copy), [path(names.tail)]);
		}
		const list = `parts-${name}.ffconcat`;
		await writeFile(path(list), partList(names, this.#plan, this.#picture.clock));
		await this.#run(join(this.#cut.source.path, list, this.#sound, this.#cut.target, name));
		if (turned) await copyTurn(path(names.copy), path(name));
		const wrong = await this.#wrong(path(name));
		return wrong === null ? { path: path(name), how: this.#how() } : { why: wrong };
	}

	/** What of the result is not as planned; null where every frame has its time. */
	async #wrong(path: string): Promise<string | null> {
		const asked = { path, name: this.#cut.source.name, signal: this.#context.signal };
		const facts = await factsOf(asked);
		const { picture, sound } = await packetsOf(asked, facts, null, null);
		const { frames } = this.#plan;
		const clock = facts.picture?.clock ?? Number.NaN;
		if (picture.length !== frames.length) return `${picture.length} frames came out in place of ${frames.length}`;
		const shown = picture.map(({ pts }) => pts / clock).sort((a, b) => a - b);
		const zero = shown[0] ?? 0;
		const off = shown.map((at, i) => Math.abs(at - zero - ((frames[i] ?? 0) - (frames[0] ?? 0)) / this.#picture.clock));
		if (!(off.reduce((most, one) => Math.max(most, one), 0) <= 0.6 / Math.min(clock, this.#picture.clock) + 2e-6))
			return 'the times of the frames came out otherwise';
		/* Matroska moves a whole film a little, and keeps no times of decoding. */
		if (!quicktime(this.#cut)) return zero < 0.1 ? this.#soundWrong(sound) : 'it begins late';
		if (zero !== 0) return 'it does not begin at once';
		const order = picture.every((packet, i) => packet.dts <= packet.pts && packet.dts > (picture[i - 1]?.dts ?? Number.NEGATIVE_INFINITY));
		return order ? this.#soundWrong(sound) : 'the order of the frames came out otherwise';
	}

	#soundWrong(packets: readonly Packet[]): string | null {
		if (this.#sound === null) return null;
		if (this.#sound.copy === null) return packets.length > 0 ? null : 'the sound is missing';
		const { count } = this.#sound.copy;
		return count > 0 && Math.abs(packets.length - count) <= 1 ? null : `${packets.length} packets of sound came out in place of ${count}`;
	}

	#how(): string {
		const { head, copy, tail } = this.#plan;
		const anew = (head?.count ?? 0) + (tail?.count ?? 0);
		if (anew === 0) return 'stream copy';
		const fps = Math.max(1, this.#cut.video.fps ?? 25);
		return `smart cut: encodes ${(anew / fps).toFixed(1)} s, copies ${(copy.count / fps).toFixed(1)} s`;
	}

	#run(args: readonly string[]): Promise<void> {
		return runCommand(args, this.#cut, this.#context);
	}
}

async function runCommand(args: readonly string[], cut: Cut, { folder, signal, threads }: RunContext): Promise<void> {
	const words = ['-nostdin', '-hide_banner', '-v', 'error', '-y', '-threads', String(threads), ...args];
	await runChild('ffmpeg', words, { cwd: folder, signal, name: cut.source.name });
}

/* IDR in H.264; IDR, or a frame that decoding may begin at, in H.265. The others' key frames always begin anew. */
async function beginsAnew(path: string, codec: string | undefined): Promise<boolean> {
	if (codec !== 'h264' && codec !== 'hevc') return true;
	const first = (await firstUnits(path, codec)).at(-1) ?? 0;
	return codec === 'h264' ? first === 5 : first >= 16 && first <= 21;
}

function unused(ids: ReadonlySet<number>): number | null {
	for (let id = 31; id >= 0; id--) if (!ids.has(id)) return id;
	return null;
}
