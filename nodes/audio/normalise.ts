import { field, videoOp, z } from '../define.ts';
import { audio, changedSound } from '../video/ports.ts';

/** Brings a sound to a loudness, as broadcasters measure it (EBU R 128). */
export default videoOp({
	id: 'audio.normalise',
	version: 1,
	title: { en: 'Even out loudness', zh: '统一响度' },
	summary: { en: 'Bring a sound to a usual loudness.', zh: '把声音调整到标准响度。' },
	phrases: {
		en: [
			'normalise',
			'normalize',
			'loudness',
			'even out the volume',
			'level the volume',
			'same volume',
			'same loudness',
			'lufs',
			'podcast loudness',
			'for spotify',
			'r128',
			'balance the volume',
			'consistent volume',
			'level out',
		],
		zh: ['统一响度', '响度', '音量统一', '标准化音量', '归一化', '音量均衡', '一样响', '播客响度', '平衡音量'],
	},
	inputs: audio,
	outputs: audio,
	params: z.object({
		lufs: field.number({
			title: { en: 'Loudness', zh: '响度' },
			hint: { en: '-14: streaming, -16: podcasts, -23: broadcast', zh: '-14：流媒体，-16：播客，-23：广播' },
			unit: 'LUFS',
			min: -40,
			max: -5,
			step: 0.5,
			default: -16,
		}),
	}),
	describe: (_, { audio }) => ({ audio: changedSound(audio) }),
	lower: ({ lufs }) => [{ op: 'normalise-loudness', lufs }],
	example: { params: {}, inputs: { audio: 'tone' } },
});
