import { type AudioMetadata, field, oneOf, videoOp } from '../define.ts';
import type { VideoStep } from '../steps/video.ts';
import { audio, savedFile } from '../video/ports.ts';

const name = field.text({
	title: { en: 'File name', zh: '文件名' },
	hint: { en: '{name} is the name of the source; without ending', zh: '{name} 是源文件名；不带扩展名' },
	default: '{name}',
	min: 1,
	max: 200,
});
const bitrate = field.number({
	title: { en: 'Kilobits a second', zh: '码率（kbit/s）' },
	hint: { en: 'Empty: good, and without re-encoding where nothing changed', zh: '留空：质量良好；未改动的声音不重新编码' },
	min: 16,
	max: 512,
	whole: true,
	optional: true,
	phrases: { en: ['bitrate', 'kbps', 'quality'], zh: ['码率', '比特率', '音质'] },
});
const lossy = { bitrate, name };
const lossless = { name };

/** Writes a sound into a file. */
export default videoOp({
	id: 'audio.save',
	version: 1,
	title: { en: 'Save sound', zh: '保存声音' },
	summary: { en: 'Save as MP3, M4A, OGG, Opus, WAV or FLAC.', zh: '保存为 MP3、M4A、OGG、Opus、WAV 或 FLAC。' },
	phrases: {
		en: [
			'save as mp3',
			'save the audio',
			'save the sound',
			'as mp3',
			'to mp3',
			'convert to mp3',
			'make an mp3',
			'turn into an mp3',
			'as wav',
			'to wav',
			'as flac',
			'to flac',
			'as m4a',
			'to m4a',
			'as ogg',
			'to ogg',
			'opus',
			'aac',
			'export the audio',
			'convert the audio',
			'audio file',
			'lossless audio',
			'as a sound file',
			'for my phone',
			'compress the audio',
			'smaller audio file',
			'voice memo',
			'as audio',
			'music file',
			'export as mp3',
		],
		zh: [
			'保存音频',
			'转mp3',
			'转成mp3',
			'存为mp3',
			'转wav',
			'转flac',
			'转m4a',
			'转ogg',
			'导出音频',
			'音频格式',
			'转换音频',
			'无损音频',
			'压缩音频',
			'音频文件',
			'保存声音',
			'输出mp3',
		],
	},
	inputs: audio,
	outputs: savedFile,
	params: oneOf(
		'format',
		{ en: 'Format', zh: '格式' },
		{
			mp3: { title: { en: 'MP3', zh: 'MP3' }, fields: lossy },
			m4a: { title: { en: 'M4A (AAC)', zh: 'M4A（AAC）' }, fields: lossy },
			ogg: { title: { en: 'OGG (Vorbis)', zh: 'OGG（Vorbis）' }, fields: lossy },
			opus: { title: { en: 'Opus', zh: 'Opus' }, fields: lossy },
			wav: { title: { en: 'WAV (lossless)', zh: 'WAV（无损）' }, fields: lossless },
			flac: { title: { en: 'FLAC (lossless, smaller)', zh: 'FLAC（无损、更小）' }, fields: lossless },
		},
	),
	describe: ({ format }, { audio }) => ({ file: { kind: 'file', format, bytes: null, content: contentOf(format, audio) } }),
	lower: (params): readonly VideoStep[] => {
		if (params.format === 'wav' || params.format === 'flac') return [{ op: 'encode', target: { format: params.format, copy: true } }];
		const usual = params.format === 'opus' ? 128 : 192;
		return [{ op: 'encode', target: { format: params.format, bitrate: params.bitrate ?? usual, copy: params.bitrate === undefined } }];
	},
	saves: true,
	example: { params: { format: 'mp3' }, inputs: { audio: 'tone' } },
});

const CODECS = { mp3: 'mp3', m4a: 'aac', ogg: 'vorbis', opus: 'opus', wav: 'pcm_s16le', flac: 'flac' } as const;

/* Opus has one rate; MP3 ends at 48 kHz. */
function contentOf(format: keyof typeof CODECS, audio: AudioMetadata): AudioMetadata {
	const rate = audio.sampleRate;
	const sampleRate = format === 'opus' ? 48_000 : format === 'mp3' && rate !== null && rate > 48_000 ? 48_000 : rate;
	return { ...audio, sampleRate, codec: CODECS[format], format };
}
