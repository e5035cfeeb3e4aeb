/** What a cut has to know of a file: its streams, and when its packets are shown. Nothing is decoded. */
import { z } from 'zod';
import { runChild } from '../child.ts';
import { GUARDS } from '../command/inputs.ts';

export interface Packet {
	/** In ticks of the stream's clock. */
	readonly pts: number;
	/** NaN where the container keeps none. */
	readonly dts: number;
	readonly duration: number;
	readonly key: boolean;
	/** Not shown, by an edit list. */
	readonly hidden: boolean;
}

const fraction = z.string().regex(/^\d+\/\d+$/);
const colour = z.string().optional();
const streamSchema = z.object({
	index: z.number(),
	codec_type: z.string().optional(),
	codec_name: z.string().optional(),
	profile: z.string().optional(),
	time_base: fraction.optional(),
	pix_fmt: z.string().optional(),
	field_order: z.string().optional(),
	is_avc: z.string().optional(),
	color_range: colour,
	color_space: colour,
	color_transfer: colour,
	color_primaries: colour,
	sample_rate: z.string().transform(Number).optional(),
	disposition: z.object({ attached_pic: z.number().optional() }).optional(),
	side_data_list: z.array(z.looseObject({ rotation: z.number().optional() })).optional(),
});
const startSchema = z.object({ start_time: z.string().transform(Number).pipe(z.number()).optional() });
const answerSchema = z.object({ streams: z.array(streamSchema), format: startSchema.default({}) });

export type StreamFacts = Omit<z.output<typeof streamSchema>, 'time_base'> & {
	/** Ticks a second; NaN where the clock is odd. */
	readonly clock: number;
};
export interface Facts {
	readonly picture: StreamFacts | null;
	readonly sound: StreamFacts | null;
	/** Seconds at which the file begins. */
	readonly begins: number;
}

interface Asked {
	readonly path: string;
	readonly name: string;
	readonly signal: AbortSignal;
}

/** Facts of the streams that a film is read from. */
export async function factsOf({ path, name, signal }: Asked): Promise<Facts> {
	const args = ['-v', 'error', ...GUARDS, '-show_streams', '-show_format', '-of', 'json', '-i', `file:${path}`];
	const { streams, format } = answerSchema.parse(JSON.parse(await runChild('ffprobe', args, { name, signal })));
	const picture = streams.find(({ codec_type, disposition }) => codec_type === 'video' && disposition?.attached_pic !== 1);
	const sound = streams.find(({ codec_type }) => codec_type === 'audio');
	return { picture: clocked(picture), sound: clocked(sound), begins: format.start_time ?? 0 };
}

function clocked(stream: z.output<typeof streamSchema> | undefined): StreamFacts | null {
	if (stream === undefined) return null;
	const { time_base = '', ...facts } = stream;
	return { ...facts, clock: /^1\/[1-9]\d*$/.test(time_base) ? Number(time_base.slice(2)) : Number.NaN };
}

export interface Packets {
	/** In the order in which they are decoded. */
	readonly picture: readonly Packet[];
	readonly sound: readonly Packet[];
}

/** Packets from the key frame before `from` to past `until`, in seconds of the file's own clock; null: from its very beginning, to its end. */
export async function packetsOf({ path, name, signal }: Asked, { picture, sound }: Facts, from: number | null, until: number | null): Promise<Packets> {
	const packets: { readonly picture: Packet[]; readonly sound: Packet[] } = { picture: [], sound: [] };
	const entries = 'packet=stream_index,pts,dts,duration,flags';
	const place = (seconds: number | null) => (seconds === null ? '' : seconds.toFixed(6));
	const interval = from === null && until === null ? [] : ['-read_intervals', `${place(from)}%${place(until)}`];
	const args = ['-v', 'error', ...GUARDS, ...interval, '-show_entries', entries, '-of', 'csv=p=0:nk=1', '-i', `file:${path}`];
	await runChild('ffprobe', args, {
		name,
		signal,
		onLine: (line) => {
			const [index, pts, dts, duration, flags = ''] = line.split(',');
			if (flags === '') return;
			const packet = { pts: Number(pts), dts: Number(dts), duration: Number(duration), key: flags.includes('K'), hidden: flags.includes('D') };
			if (index === String(picture?.index)) packets.picture.push(packet);
			else if (index === String(sound?.index)) packets.sound.push(packet);
		},
	});
	return packets;
}
