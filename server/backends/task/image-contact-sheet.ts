import { join } from 'node:path';
import { Cancelled, RunError } from '../../../nodes/problems.ts';
import type { TaskContext, TaskRunner } from '../../engine/group.ts';
import { blank, cellOf, groundOf, paste } from '../image/cells.ts';
import { writePng } from '../image/png-writer.ts';
import { imageMetadata, STILL } from '../image/write.ts';

/** Writes a grid of pictures; only one row of cells is in memory at a time. */
const contactSheet: TaskRunner = async (context) => {
	const wanted = params(context);
	const pictures = context.inputs.images ?? [];
	if (pictures.length === 0) throw new RunError('image.no-pictures', { port: 'images' });
	const across = Math.min(wanted.columns, pictures.length);
	const down = Math.ceil(pictures.length / wanted.columns);
	const { cellWidth, cellHeight, gap } = wanted;
	const [width, height] = [across * cellWidth + (across + 1) * gap, down * cellHeight + (down + 1) * gap];
	const ground = groundOf(wanted.background);
	const path = join(context.folder, 'sheet.png');
	await writePng(path, { width, height, channels: ground.channels }, rows());
	return { image: { path, metadata: imageMetadata(width, height, ground.channels === 4, STILL, null) } };

	async function* rows(): AsyncGenerator<Buffer> {
		for (let row = 0; row < down; row++) {
			const strip = { data: blank(width, cellHeight + gap, ground), width, height: cellHeight + gap };
			for (let column = 0; column < across; column++) {
				const picture = pictures[row * wanted.columns + column];
				if (picture === undefined) break;
				if (context.signal.aborted) throw new Cancelled();
				const cell = await cellOf(picture, { width: cellWidth, height: cellHeight }, wanted.fit, ground);
				paste(strip, cell, gap + column * (cellWidth + gap), gap, ground.channels);
			}
			context.progress((row + 1) / down);
			yield strip.data;
		}
		if (gap > 0) yield blank(width, gap, ground);
	}
};
export default contactSheet;

interface Wanted {
	readonly columns: number;
	readonly cellWidth: number;
	readonly cellHeight: number;
	readonly gap: number;
	readonly fit: 'whole' | 'fill';
	readonly background: string;
}

function params({ params }: TaskContext): Wanted {
	const { columns, cellWidth, cellHeight, gap, fit, background } = params;
	return {
		columns: Number(columns),
		cellWidth: Number(cellWidth),
		cellHeight: Number(cellHeight),
		gap: Number(gap),
		fit: fit === 'fill' ? 'fill' : 'whole',
		background: String(background),
	};
}
