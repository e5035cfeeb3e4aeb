import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
let ready: Promise<unknown> | null = null;

/** The texts of all codes in a picture of RGBA pixels. */
export async function readCodes(rgba: Buffer, width: number, height: number): Promise<string[]> {
	// Left to itself the library would fetch its WebAssembly from the network.
	ready ??= readFile(wasm).then((binary) => prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(binary).buffer }, fireImmediately: true }));
	await ready;
	const image = { data: Uint8ClampedArray.from(rgba), width, height, colorSpace: 'srgb' as const };
	const results = await readBarcodes(image, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 4 });
	return results.filter((result) => result.isValid).map((result) => result.text);
}
