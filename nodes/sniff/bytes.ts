/** Reading of small things at places in bytes. Past the end everything is 0 or empty. */

/** Characters of one byte each. */
export function ascii(bytes: Uint8Array, start: number, length: number): string {
	return String.fromCharCode(...bytes.subarray(start, start + length));
}

export function uint32(bytes: Uint8Array, at: number): number {
	return byte(bytes, at) * 0x1000000 + ((byte(bytes, at + 1) << 16) | (byte(bytes, at + 2) << 8) | byte(bytes, at + 3));
}

export function uint16le(bytes: Uint8Array, at: number): number {
	return byte(bytes, at) | (byte(bytes, at + 1) << 8);
}

export function uint32le(bytes: Uint8Array, at: number): number {
	return uint16le(bytes, at) + uint16le(bytes, at + 2) * 0x10000;
}

export function byte(bytes: Uint8Array, at: number): number {
	return bytes[at] ?? 0;
}

/** Where a short run of characters first occurs, from `start`; -1 where it doesn't. */
export function find(bytes: Uint8Array, text: string, start = 0, end = bytes.length): number {
	const first = text.charCodeAt(0);
	for (let at = bytes.indexOf(first, start); at !== -1 && at + text.length <= end; at = bytes.indexOf(first, at + 1)) {
		if (ascii(bytes, at, text.length) === text) return at;
	}
	return -1;
}
