/** Writes a PNG row by row, so that a picture of any height needs the memory of a few rows only. */
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflate } from 'node:zlib';

export interface PngShape {
	readonly width: number;
	readonly height: number;
	/** 8-bit sRGB, or with transparency. */
	readonly channels: 3 | 4;
	/** Of compression, 1…9; 2 unless told. */
	readonly level?: number;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Writes `rows` (buffers of whole rows, top to bottom) as a PNG at `path`. */
export async function writePng(path: string, shape: PngShape, rows: AsyncIterable<Buffer>): Promise<void> {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(shape.width, 0);
	header.writeUInt32BE(shape.height, 4);
	header.set([8, shape.channels === 4 ? 6 : 2, 0, 0, 0], 8);
	let begun = false;
	const framed = new Transform({
		transform(data: Buffer, _, done) {
			if (!begun) this.push(Buffer.concat([SIGNATURE, chunk('IHDR', header)]));
			begun = true;
			done(null, chunk('IDAT', data));
		},
		flush(done) {
			done(null, chunk('IEND', Buffer.alloc(0)));
		},
	});
	await pipeline(filtered(shape, rows), createDeflate({ level: shape.level ?? 2, chunkSize: 1 << 18 }), framed, createWriteStream(path));
}

/** Every row of a PNG begins with the filter it uses; 0 is none. */
async function* filtered({ width, channels }: PngShape, rows: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
	const stride = width * channels;
	for await (const block of rows) {
		const count = block.length / stride;
		const out = Buffer.allocUnsafe(count * (stride + 1));
		for (let row = 0; row < count; row++) {
			out[row * (stride + 1)] = 0;
			block.copy(out, row * (stride + 1) + 1, row * stride, (row + 1) * stride);
		}
		yield out;
	}
}

function chunk(type: string, data: Buffer): Buffer {
	const out = Buffer.allocUnsafe(data.length + 12);
	out.writeUInt32BE(data.length, 0);
	out.write(type, 4, 'latin1');
	data.copy(out, 8);
	out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
	return out;
}
