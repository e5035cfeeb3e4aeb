/** The main colours of a picture: k-means in OKLab over a histogram, with k-means++ from a fixed seed, so that it is the same every time. */
import { apart, type Lab, oklab, type Rgb } from './oklab.ts';

export interface MainColour extends Rgb {
	/** Share of the pixels, 0…1. */
	readonly share: number;
}

interface Bin extends Rgb {
	readonly weight: number;
	readonly lab: Lab;
}

/** Colours that look the same become one; so there may be fewer than `count`. */
export function mainColours(rgba: Buffer, count: number): readonly MainColour[] {
	const bins = histogram(rgba);
	const total = bins.reduce((sum, bin) => sum + bin.weight, 0);
	if (total === 0) return [];
	const groups = best(bins, count);
	const colours = groups.map((members) => ({ ...typical(members), share: members.reduce((sum, bin) => sum + bin.weight, 0) / total }));
	return merged(colours).sort((one, other) => other.share - one.share);
}

/** 32 levels a channel; each bin is the mean of its pixels. What is mostly transparent doesn't count. */
function histogram(rgba: Buffer): readonly Bin[] {
	const sums = new Map<number, [number, number, number, number]>();
	for (let at = 0; at < rgba.length; at += 4) {
		const [r = 0, g = 0, b = 0, alpha = 0] = [rgba[at], rgba[at + 1], rgba[at + 2], rgba[at + 3]];
		if (alpha < 128) continue;
		const key = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
		const sum = sums.get(key);
		if (sum === undefined) sums.set(key, [1, r, g, b]);
		else {
			sum[0]++;
			sum[1] += r;
			sum[2] += g;
			sum[3] += b;
		}
	}
	return [...sums.values()].map(([weight, r, g, b]) => {
		const mean = { r: r / weight, g: g / weight, b: b / weight };
		return { ...mean, weight, lab: oklab(mean) };
	});
}

const TRIES = 3;
const ROUNDS = 30;

function best(bins: readonly Bin[], count: number): readonly (readonly Bin[])[] {
	const random = seeded(20260131);
	const tries = Array.from({ length: TRIES }, () => kMeans(bins, starts(bins, count, random)));
	return tries.reduce((one, other) => (other.error < one.error ? other : one)).groups;
}

/** k-means++: the heaviest bin first, then bins far from all chosen ones with a chance that grows with the distance. */
function starts(bins: readonly Bin[], count: number, random: () => number): readonly Lab[] {
	const heaviest = bins.reduce((one, other) => (other.weight > one.weight ? other : one));
	const chosen: Lab[] = [heaviest.lab];
	const far = bins.map((bin) => apart(bin.lab, heaviest.lab) * bin.weight);
	while (chosen.length < Math.min(count, bins.length)) {
		let left = random() * far.reduce((sum, value) => sum + value, 0);
		const index = far.findIndex((value) => {
			left -= value;
			return left < 0;
		});
		const next = bins[index];
		if (next === undefined) break;
		chosen.push(next.lab);
		for (const [at, bin] of bins.entries()) far[at] = Math.min(far[at] ?? 0, apart(bin.lab, next.lab) * bin.weight);
	}
	return chosen;
}

function kMeans(bins: readonly Bin[], from: readonly Lab[]): { readonly groups: readonly (readonly Bin[])[]; readonly error: number } {
	let centres = from;
	let groups: Bin[][] = [];
	let error = Number.POSITIVE_INFINITY;
	for (let round = 0; round < ROUNDS; round++) {
		groups = centres.map(() => []);
		let sum = 0;
		for (const bin of bins) {
			const distances = centres.map((centre) => apart(bin.lab, centre));
			const least = Math.min(...distances);
			groups[distances.indexOf(least)]?.push(bin);
			sum += least * bin.weight;
		}
		groups = groups.filter((group) => group.length > 0);
		centres = groups.map(meanLab);
		if (error - sum < 1e-9 * sum) return { groups, error: sum };
		error = sum;
	}
	return { groups, error };
}

function meanLab(bins: readonly Bin[]): Lab {
	const weight = bins.reduce((sum, bin) => sum + bin.weight, 0);
	const mean = (index: 0 | 1 | 2) => bins.reduce((sum, bin) => sum + bin.lab[index] * bin.weight, 0) / weight;
	return [mean(0), mean(1), mean(2)];
}

/** A colour that is really there: the heaviest bin, where it stands out; else the mean. */
function typical(bins: readonly Bin[]): Rgb {
	const weight = bins.reduce((sum, bin) => sum + bin.weight, 0);
	const heaviest = bins.reduce((one, other) => (other.weight > one.weight ? other : one));
	const mean = (pick: (bin: Bin) => number) => bins.reduce((sum, bin) => sum + pick(bin) * bin.weight, 0) / weight;
	const { r, g, b } = heaviest.weight > weight / 4 ? heaviest : { r: mean((bin) => bin.r), g: mean((bin) => bin.g), b: mean((bin) => bin.b) };
	return { r: Math.round(r), g: Math.round(g), b: Math.round(b) };
}

/** About what an eye can't tell apart in two swatches beside each other. */
const ALIKE = 0.025 ** 2;

function merged(colours: readonly MainColour[]): MainColour[] {
	const kept: MainColour[] = [];
	for (const colour of [...colours].sort((one, other) => other.share - one.share)) {
		const at = kept.findIndex((one) => apart(oklab(one), oklab(colour)) < ALIKE);
		const same = kept[at];
		if (same === undefined) kept.push(colour);
		else kept[at] = { ...same, share: same.share + colour.share };
	}
	return kept;
}

/** Mulberry32. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
