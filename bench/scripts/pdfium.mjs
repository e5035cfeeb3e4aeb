/** Pages by pdfium (WebAssembly) and sharp on all cores: pdfium.mjs MODULES PDF TO. A thread a core, each with every nth page. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import sharp from 'sharp';

const [modules, from, to] = process.argv.slice(2);

async function lane(first, step) {
	const { PDFiumLibrary } = createRequire(join(modules, 'package.json'))('@hyzyla/pdfium');
	sharp.concurrency(1);
	const library = await PDFiumLibrary.init();
	const document = await library.loadDocument(await readFile(from));
	let writing = Promise.resolve();
	for (let index = first; index < document.getPageCount(); index += step) {
		const render = async ({ data, width, height }) => {
			// What stands in the library's memory is drawn over by the next page.
			const pixels = Buffer.from(data);
			await writing;
			writing = sharp(pixels, { raw: { width, height, channels: 4 } })
				.removeAlpha()
				.png({ compressionLevel: 6 })
				.toFile(join(to, `page-${String(index + 1).padStart(4, '0')}.png`));
			return new Uint8Array();
		};
		await document.getPage(index).render({ scale: 100 / 72, render });
	}
	await writing;
	document.destroy();
	library.destroy();
}

if (isMainThread) {
	const cores = availableParallelism();
	const workers = Array.from(
		{ length: cores },
		(_, first) => new Worker(fileURLToPath(import.meta.url), { argv: [modules, from, to], workerData: { first, step: cores } }),
	);
	await Promise.all(workers.map((worker) => new Promise((resolve, reject) => worker.on('error', reject).on('exit', resolve))));
} else await lane(workerData.first, workerData.step);
