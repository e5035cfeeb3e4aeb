/** The few bytes of an MP4 file of ours that ffmpeg has no option for: parameter sets of more than one encoder, and the turn of the picture. */
import { type FileHandle, open } from 'node:fs/promises';

interface Box {
	readonly type: string;
	/** Place of the box, and of what follows it. */
	readonly at: number;
	readonly end: number;
}

/** H.264 parameter sets: the bytes that an `avcC` box holds them as. */
interface ParameterSets {
	readonly head: Buffer;
	readonly sequence: readonly Buffer[];
	readonly picture: readonly Buffer[];
	readonly rest: Buffer;
}

/* Boxes on the way to the parameter sets, and how many bytes stand before the boxes inside. */
const TO_SETS = [
	['moov', 8],
	['trak', 8],
	['mdia', 8],
	['minf', 8],
	['stbl', 8],
	['stsd', 16],
	['avc1', 86],
	['avcC', 8],
] as const;
const MATRIX = { length: 36, version0: 8 + 4 + 20 + 16, version1: 8 + 4 + 32 + 16 };

/** Lets the first file know the parameter sets of the others too, so that one description is true of all of them joined. */
export async function shareParameterSets(first: string, others: readonly string[]): Promise<void> {
	const foreign = await Promise.all(others.map(async (path) => setsOf(await readIndex(path))));
	const file = await open(first, 'r+');
	try {
		const { at, bytes, last } = await indexOf(file);
		if (!last) throw new Error('the index does not come last');
		const own = setsOf(bytes);
		const sequence = [own.sequence, ...foreign.map((one) => one.sequence)].flat();
		const picture = [own.picture, ...foreign.map((one) => one.picture)].flat();
		const sets = [Buffer.from([0xe0 | sequence.length]), ...sequence.flatMap(sized), Buffer.from([picture.length]), ...picture.flatMap(sized)];
		const path = wayTo(bytes);
		const config = path.at(-1);
		if (config === undefined) throw new Error('no parameter sets');
		const changed = Buffer.concat([bytes.subarray(0, config.at + 8), own.head, ...sets, own.rest, bytes.subarray(config.end)]);
		const more = changed.length - bytes.length;
		for (const box of path) changed.writeUInt32BE(box.end - box.at + more, box.at);
		await file.write(changed, 0, changed.length, at);
	} finally {
		await file.close();
	}
}

/** Numbers by which a file's parameter sets are called; sets of another encoder need others. */
export async function parameterSetIds(path: string): Promise<ReadonlySet<number>> {
	const { sequence, picture } = setsOf(await readIndex(path));
	/* Before the number stand one byte of type and, in a sequence's, three of profile and level. */
	return new Set([...sequence.map((set) => golomb(set.subarray(4))), ...picture.map((set) => golomb(set.subarray(1)))]);
}

/** Copies the place in which the first picture's turn stands. */
export async function copyTurn(from: string, to: string): Promise<void> {
	const source = await readIndex(from);
	const place = matrixOf(source);
	const file = await open(to, 'r+');
	try {
		const { at, bytes } = await indexOf(file);
		await file.write(source, place, MATRIX.length, at + matrixOf(bytes));
	} finally {
		await file.close();
	}
}

/** Types of the units in a file's first frame, as the codec numbers them (`avc1`, `hvc1`, `hev1` with four bytes of length). */
export async function firstUnits(path: string, codec: 'h264' | 'hevc'): Promise<readonly number[]> {
	const file = await open(path, 'r');
	try {
		const media = (await topBoxes(file)).find(({ type }) => type === 'mdat');
		const types: number[] = [];
		const bytes = Buffer.alloc(6);
		let at = media === undefined ? 0 : media.at + media.header;
		while (media !== undefined && at < media.end && types.length < 32) {
			const { bytesRead } = await file.read(bytes, 0, 6, at);
			if (bytesRead < 6) break;
			const type = codec === 'h264' ? (bytes[4] ?? 0) & 31 : ((bytes[4] ?? 0) >> 1) & 63;
			types.push(type);
			if (codec === 'h264' ? type >= 1 && type <= 5 : type < 32) break;
			at += 4 + bytes.readUInt32BE(0);
		}
		return types;
	} finally {
		await file.close();
	}
}

async function readIndex(path: string): Promise<Buffer> {
	const file = await open(path, 'r');
	try {
		return (await indexOf(file)).bytes;
	} finally {
		await file.close();
	}
}

async function indexOf(file: FileHandle): Promise<{ at: number; bytes: Buffer; last: boolean }> {
	const boxes = await topBoxes(file);
	const index = boxes.find(({ type }) => type === 'moov');
	if (index === undefined) throw new Error('no index');
	const bytes = Buffer.alloc(index.end - index.at);
	await file.read(bytes, 0, bytes.length, index.at);
	return { at: index.at, bytes, last: boxes.at(-1) === index };
}

async function topBoxes(file: FileHandle): Promise<readonly (Box & { readonly header: number })[]> {
	const boxes: (Box & { readonly header: number })[] = [];
	const { size } = await file.stat();
	const bytes = Buffer.alloc(16);
	for (let at = 0; at + 8 <= size; ) {
		await file.read(bytes, 0, 16, at);
		const short = bytes.readUInt32BE(0);
		const length = short === 1 ? Number(bytes.readBigUInt64BE(8)) : short;
		if (length < 8) break;
		boxes.push({ type: bytes.toString('latin1', 4, 8), at, end: at + length, header: short === 1 ? 16 : 8 });
		at += length;
	}
	return boxes;
}

function inside(bytes: Buffer, from: number, end: number): readonly Box[] {
	const boxes: Box[] = [];
	for (let at = from; at + 8 <= end; ) {
		const length = bytes.readUInt32BE(at);
		if (length < 8) break;
		boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), at, end: at + length });
		at += length;
	}
	return boxes;
}

function wayTo(bytes: Buffer): readonly Box[] {
	const way: Box[] = [];
	let [from, end] = [0, bytes.length];
	for (const [type, header] of TO_SETS) {
		const box = inside(bytes, from, end).find((one) => one.type === type);
		if (box === undefined) throw new Error(`no ${type}`);
		way.push(box);
		[from, end] = [box.at + header, box.end];
	}
	return way;
}

function setsOf(bytes: Buffer): ParameterSets {
	const config = wayTo(bytes).at(-1);
	const body = config === undefined ? Buffer.alloc(0) : bytes.subarray(config.at + 8, config.end);
	let at = 6;
	const take = (count: number) =>
		Array.from({ length: count }, () => {
			const length = body.readUInt16BE(at);
			at += 2 + length;
			return body.subarray(at - length, at);
		});
	const sequence = take((body[5] ?? 0) & 31);
	const pictures = body[at++] ?? 0;
	const picture = take(pictures);
	return { head: body.subarray(0, 5), sequence, picture, rest: body.subarray(at) };
}

function sized(set: Buffer): readonly Buffer[] {
	const length = Buffer.alloc(2);
	length.writeUInt16BE(set.length);
	return [length, set];
}

/** The unsigned number that these bytes begin with (ITU-T H.264, 9.1). */
function golomb(bytes: Buffer): number {
	const bit = (i: number) => ((bytes[i >> 3] ?? 0) >> (7 - (i & 7))) & 1;
	let zeros = 0;
	while (zeros < 31 && bit(zeros) === 0) zeros++;
	let value = 1;
	for (let i = 1; i <= zeros; i++) value = value * 2 + bit(zeros + i);
	return value - 1;
}

function matrixOf(index: Buffer): number {
	const track = inside(index, 8, index.length).find(({ type }) => type === 'trak');
	const header = track === undefined ? undefined : inside(index, track.at + 8, track.end).find(({ type }) => type === 'tkhd');
	if (header === undefined) throw new Error('no track');
	return header.at + (index[header.at + 8] === 1 ? MATRIX.version1 : MATRIX.version0);
}
