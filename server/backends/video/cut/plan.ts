/** Which packets are copied and which frames are encoded, so that the result has exactly the frames that encoding all of them would give: pure. */
import type { Span } from './eligible.ts';
import type { Packet } from './packets.ts';

/** Frames that are encoded anew: ticks of the first one, and how many. */
export interface Encoded {
	readonly from: number;
	readonly count: number;
}

export interface CutPlan {
	/** Ticks at which each kept frame is shown in the source, ascending. */
	readonly frames: readonly number[];
	readonly head: Encoded | null;
	/** Packets of [from, until) in ticks; `until` null: to the end. `delay` is by how much its first frame is decoded before it is shown. */
	readonly copy: { readonly from: number; readonly until: number | null; readonly count: number; readonly delay: number };
	readonly tail: Encoded | null;
	/** Ticks for which the last frame is shown. */
	readonly last: number;
}

export interface Clock {
	/** Seconds of a tick. */
	readonly tick: number;
	/** Seconds at which the file begins. */
	readonly begins: number;
	/** Frames a second, nominally. */
	readonly fps: number;
}

/* As the filters cut: a millisecond early, in microseconds. */
const EARLY = 0.001;
const micro = (seconds: number) => Math.round(seconds * 1e6);

/** The ticks of the frames that these cuts keep, ascending; null where a hole at a cut moves the pictures against their times. */
export function keptFrames(packets: readonly Packet[], spans: readonly Span[], clock: Clock): readonly number[] | null {
	let frames = packets.map(({ pts }) => pts).sort((a, b) => a - b);
	let zero = clock.begins;
	for (const { start, end } of spans) {
		const after = start > 0 ? micro(start - EARLY) : Number.NEGATIVE_INFINITY;
		const before = end === null ? Number.POSITIVE_INFINITY : micro(end - EARLY);
		const at = (pts: number) => micro(pts * clock.tick - zero);
		frames = frames.filter((pts) => at(pts) >= after && at(pts) < before);
		const first = frames[0];
		if (first === undefined) return frames;
		if (at(first) > micro(start + 1 / Math.max(1, clock.fps))) return null;
		zero = first * clock.tick;
	}
	return frames;
}

/**
 * How the kept frames are made. `encodes`: whether frames beside a cut may be encoded and joined to copied ones.
 * `leading`: whether packets after a key frame that are shown before it may be left out (they are, where decoding begins there).
 */
export function planCut(
	packets: readonly Packet[],
	spans: readonly Span[],
	clock: Clock,
	{ encodes, leading }: { readonly encodes: boolean; readonly leading: boolean },
): CutPlan | string {
	if (packets.some(({ pts }) => !Number.isFinite(pts))) return 'its packets have no times';
	const frames = keptFrames(packets, spans, clock);
	if (frames === null) return 'its times have a hole at the cut';
	const [first, end] = [frames[0], frames.at(-1)];
	if (first === undefined || end === undefined) return 'no frame lies in it';
	const wanted = packets.filter(({ pts }) => pts >= first && pts <= end);
	if (wanted.some(({ hidden }) => hidden)) return 'an edit list hides some of its frames';
	if (wanted.length !== new Set(frames).size) return 'two of its frames have one time';
	const start = closedKey(packets, first, leading);
	if (start === null) return "the source's key frames are open, or there is none in the piece";
	const following = packets.slice(start).filter(({ pts }) => pts >= (packets[start]?.pts ?? 0));
	const key = following[0];
	if (key === undefined || (key.pts > first && !encodes)) return 'the cut does not begin at a key frame';
	const kept = cleanEnd(following, end);
	const until = following.slice(kept).reduce<number | null>((least, { pts }) => (least === null || pts < least ? pts : least), null);
	const head = frames.filter((pts) => pts < key.pts).length;
	const after = frames.filter((pts) => until !== null && pts >= until);
	if (after.length > 0 && !encodes) return 'frames before the cut need one behind it';
	if (head + kept + after.length !== frames.length) return 'the order of its frames is not what their times say';
	if (head + after.length > kept) return 'most of it lies beside key frames';
	const last = packets.find(({ pts }) => pts === end)?.duration ?? 0;
	return {
		frames,
		head: head === 0 ? null : { from: first, count: head },
		copy: { from: key.pts, until, count: kept, delay: delayOf(following) },
		tail: after[0] === undefined ? null : { from: after[0], count: after.length },
		last: last > 0 ? last : Math.round(1 / Math.max(1, clock.fps) / clock.tick),
	};
}

/** The first key frame at or after `first` behind which nothing is shown before it; its place. */
function closedKey(packets: readonly Packet[], first: number, leading: boolean): number | null {
	const least = leastFrom(packets);
	const found = packets.findIndex(({ key, pts }, i) => key && pts >= first && (leading || least[i] === pts));
	return found < 0 ? null : found;
}

/** How many packets give a piece without gaps and nothing after `end`: whatever follows them is shown later than all of them. */
function cleanEnd(packets: readonly Packet[], end: number): number {
	const least = leastFrom(packets);
	let most = Number.NEGATIVE_INFINITY;
	let clean = 0;
	for (const [i, { pts }] of packets.entries()) {
		most = Math.max(most, pts);
		if (most > end) break;
		if ((least[i + 1] ?? Number.POSITIVE_INFINITY) > most) clean = i + 1;
	}
	return clean;
}

/* Matroska keeps no times of decoding: there the frames say by how much they have to be decoded earlier than they are shown. */
function delayOf(packets: readonly Packet[]): number {
	const key = packets[0];
	if (key !== undefined && Number.isFinite(key.dts)) return Math.max(0, key.pts - key.dts);
	const shown = packets.map(({ pts }) => pts).sort((a, b) => a - b);
	return packets.reduce((most, { pts }, i) => Math.max(most, (shown[i] ?? pts) - pts), 0);
}

/** For each place, the earliest time at which a packet from there on is shown. */
function leastFrom(packets: readonly Packet[]): readonly number[] {
	const least: number[] = [];
	for (let i = packets.length - 1; i >= 0; i--) least[i] = Math.min(least[i + 1] ?? Number.POSITIVE_INFINITY, packets[i]?.pts ?? 0);
	return least;
}
