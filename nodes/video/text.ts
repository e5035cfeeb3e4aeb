import { field, videoOp, z } from '../define.ts';
import { changed, PLACES, video } from './ports.ts';

/** Writes a caption or a watermark on the frames. */
export default videoOp({
	id: 'video.text',
	version: 1,
	title: { en: 'Text on video', zh: '视频文字' },
	summary: { en: 'Write a caption, title or watermark on a video.', zh: '在视频上写字幕、标题或文字水印。' },
	phrases: {
		en: [
			'text',
			'add text',
			'caption',
			'add a caption',
			'title',
			'add a title',
			'subtitle',
			'write',
			'write on it',
			'put the words',
			'put text',
			'that says',
			'saying',
			'overlay text',
			'text overlay',
			'watermark',
			'text watermark',
			'label',
			'label it',
			'copyright notice',
			'my name on it',
			'credit',
			'stamp',
			'banner',
			'headline',
			'lower third',
			'meme text',
			'print on the video',
			'type on',
			'with the words',
		],
		zh: [
			'文字',
			'加文字',
			'加字',
			'写上',
			'字幕',
			'加字幕',
			'标题',
			'加标题',
			'水印',
			'文字水印',
			'打水印',
			'加水印',
			'写着',
			'标注',
			'署名',
			'版权',
			'配文',
			'说明文字',
		],
	},
	inputs: video,
	outputs: video,
	params: z.object({
		text: field.longText({ title: { en: 'Text', zh: '文字' }, max: 1000, min: 1, default: 'Text' }),
		size: field.number({
			title: { en: 'Size', zh: '字号' },
			hint: { en: 'Empty: fits the picture', zh: '留空：按画面大小' },
			unit: 'px',
			min: 4,
			max: 1000,
			whole: true,
			logarithmic: true,
			optional: true,
		}),
		colour: field.colour({ title: { en: 'Colour', zh: '颜色' }, default: '#ffffff' }),
		gravity: field.choice({ title: { en: 'Place', zh: '位置' }, choices: PLACES, default: 'south' }),
		box: field.toggle({ title: { en: 'Dark box behind', zh: '深色底框' }, default: false }),
		from: field.number({ title: { en: 'From', zh: '开始' }, unit: 's', min: 0, max: 86_400, step: 0.1, optional: true }),
		to: field.number({ title: { en: 'To', zh: '结束' }, unit: 's', min: 0, max: 86_400, step: 0.1, optional: true }),
	}),
	describe: (_, { video }) => ({ video: changed(video) }),
	lower: ({ text, size, colour, gravity, box, from, to }, { video }) => {
		const height = size ?? Math.max(8, Math.round(Math.min(video.height, video.width) / 12));
		const margin = Math.round(Math.min(video.width, video.height) / 20);
		const lines = wrapped(text, (video.width - 2 * margin) / height);
		return [{ op: 'text', text: lines, size: height, colour, gravity, margin, box, start: from ?? null, end: to ?? null }];
	},
	example: { params: { text: 'Hello 你好' }, inputs: { video: 'clip' } },
});

/** Breaks lines that would run over the edge. Widths are in heights of the line: a Chinese character is square, a letter about half. */
function wrapped(text: string, room: number): string {
	return text
		.split(/\r?\n/)
		.map((line) => {
			const rows: string[] = [];
			let row = '';
			for (const word of line.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/gu) ?? []) {
				if (row !== '' && widthOf((row + word).trimEnd()) > room) {
					rows.push(row.trimEnd());
					row = word.trimStart();
				} else row += word;
			}
			return [...rows, row.trimEnd()].join('\n');
		})
		.join('\n');
}

function widthOf(text: string): number {
	return [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/.test(letter) ? 1 : 0.55), 0);
}
