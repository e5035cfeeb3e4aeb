/** `/api/inputs`: the user's files. An upload is streamed into a private file, looked at in a worker, and then kept; or removed. */
import { createWriteStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, Router } from 'express';
import { bodyOf, param, placeBody, query, readJson, readLongJson, textBody } from './body.ts';
import { Refusal, readableBytes } from './problems.ts';
import { sendBytes } from './send.ts';
import type { Context } from './services.ts';

const MAX_UPLOAD = 64 * 1024 ** 3;

export function inputRoutes({ inputs, maxUpload = MAX_UPLOAD }: Context): Router {
	const router = Router();

	router.post('/', async (request, response) => {
		const name = fileName(query(request, 'name') ?? '');
		if (Number(request.headers['content-length']) > maxUpload) throw tooLarge(maxUpload);
		response.status(201).json(await received(name, (path) => save(request, path, name, maxUpload)));
	});

	router.post('/text', readLongJson, async (request, response) => {
		const { name, text } = bodyOf(request, textBody);
		response.status(201).json(await received(fileName(name), (path) => writeFile(path, text, { flag: 'wx', mode: 0o600 })));
	});

	router.post('/place', readJson, async (request, response) => {
		const { root, path } = bodyOf(request, placeBody);
		response.status(201).json(await inputs.place(root, path));
	});

	router.get('/:id', async (request, response) => {
		response.json(await inputs.view(await inputs.get(param(request, 'id'))));
	});

	router.get('/:id/content', async (request, response) => {
		const id = param(request, 'id');
		const { path, format, content } = await inputs.source(id);
		await sendBytes(request, response, { path, format, content, missing: new Refusal(404, 'input.unknown', { id }) });
	});

	/** The file lies in a folder of its own until it is known what it is; the folder goes in any case. */
	async function received(name: string, receive: (path: string) => Promise<void>) {
		const folder = await inputs.folder.receive();
		const path = join(folder, 'content');
		try {
			await receive(path);
			return await inputs.receive(path, name);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}
	return router;
}

async function save(request: Request, path: string, name: string, limit: number): Promise<void> {
	let bytes = 0;
	const capped = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			bytes += chunk.length;
			if (bytes > limit) done(tooLarge(limit));
			else done(null, chunk);
		},
	});
	try {
		await pipeline(request, capped, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
	} catch (error) {
		if (error instanceof Refusal) throw error;
		if (request.destroyed && !request.complete) throw new Refusal(400, 'upload.cut', { name });
		throw error;
	}
}

function tooLarge(limit: number): Refusal {
	return new Refusal(413, 'http.too-large', { limit: readableBytes(limit) });
}

/** A name is only ever shown and used as a stem; what could be taken for a path is refused. */
function fileName(name: string): string {
	const normal = name.normalize('NFC');
	if (normal === '' || normal === '.' || normal === '..' || normal.length > 255 || /[/\\\p{Cc}]/u.test(normal))
		throw new Refusal(400, 'upload.name', { name: name.slice(0, 100) });
	return normal;
}
