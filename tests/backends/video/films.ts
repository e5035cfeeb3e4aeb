/** Films made for tests, and what a player would show and sound of one. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const QUIET = ['-nostdin', '-v', 'error', '-y'];

/** Runs ffmpeg; whatever it has to complain about is a failure. */
export async function ffmpeg(...args: readonly string[]): Promise<Buffer> {
	const { stdout, stderr } = await run('ffmpeg', [...QUIET, ...args], { encoding: 'buffer', maxBuffer: 1e9 });
	if (stderr.length > 0) throw new Error(stderr.toString());
	return stdout;
}

export interface Film {
	readonly seconds?: number;
	readonly fps?: string;
	readonly size?: string;
	/** Options of the encoders and the container. */
	readonly args?: readonly string[];
	/** Filters on the picture. */
	readonly filter?: string;
	/** Frequencies rise, so that a piece of sound is like no other. */
	readonly sound?: boolean;
}

/** A film with a counter in its picture and a rising tone. */
export async function film(path: string, { seconds = 10, fps = '25', size = '128x72', args = [], filter, sound = true }: Film = {}): Promise<string> {
	const picture = ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${fps}:duration=${seconds}`];
	const tone = ['-f', 'lavfi', '-i', `aevalsrc=0.3*sin(2*PI*(300*t+40*t*t)):s=48000:d=${seconds}`];
	const codecs = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-g', '50', '-c:a', 'aac'];
	const filters = filter === undefined ? [] : ['-vf', filter, '-fps_mode', 'vfr'];
	await run('ffmpeg', [...QUIET, ...picture, ...(sound ? tone : []), ...filters, ...codecs, ...args, path]);
	return path;
}

export interface Frame {
	/** Seconds since the film began. */
	readonly at: number;
	readonly hash: string;
}

/** Every frame as a player decodes it. */
export async function framesOf(path: string): Promise<readonly Frame[]> {
	const output = await ffmpeg('-i', path, '-map', '0:V:0', '-fps_mode', 'passthrough', '-enc_time_base', '-1', '-f', 'framemd5', '-');
	const lines = output.toString().split('\n');
	const [above = 1, below = 1] = (lines.find((line) => line.startsWith('#tb 0:'))?.split(':')[1] ?? '1/1').split('/').map(Number);
	return lines
		.filter((line) => line !== '' && !line.startsWith('#'))
		.map((line) => line.split(',').map((field) => field.trim()))
		.map((fields) => ({ at: (Number(fields[2]) * above) / below, hash: fields.at(-1) ?? '' }));
}

/** The sound as a player gives it, from 0 on, at 48 kHz in one channel. */
export async function samplesOf(path: string): Promise<Float32Array> {
	const bytes = await ffmpeg('-i', path, '-map', '0:a:0', '-af', 'aresample=async=1:first_pts=0', '-ac', '1', '-ar', '48000', '-f', 'f32le', '-');
	return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length - (bytes.length % 4)));
}

/** Seconds by which a sound comes later than it should: at which offset it is most alike to another from `from` seconds on. */
export function lateness(sound: Float32Array, source: Float32Array, from: number, at: number): number {
	const length = 4800;
	const place = Math.round(at * 48_000);
	let [best, found] = [Number.POSITIVE_INFINITY, 0];
	for (let offset = -2400; offset <= 2400; offset++) {
		let sum = 0;
		for (let i = 0; i < length && sum < best; i += 7) {
			const difference = (sound[place + i + offset] ?? 0) - (source[Math.round(from * 48_000) + place + i] ?? 0);
			sum += difference * difference;
		}
		if (sum < best) [best, found] = [sum, offset];
	}
	return found / 48_000;
}

/** How like the source's frames from number `first` on those of a film are, in dB; of the one that is least so. */
export async function worstPsnr(path: string, source: string, first: number): Promise<number> {
	const graph = `[0:V]settb=1/25,setpts=N[a];[1:V]trim=start_frame=${first},settb=1/25,setpts=N[b];[a][b]psnr=shortest=1:stats_file=-`;
	const output = await ffmpeg('-i', path, '-i', source, '-filter_complex', graph, '-r', '25', '-f', 'null', '-');
	const values = [...output.toString().matchAll(/psnr_avg:(\S+)/g)].map(([, value]) => (value === 'inf' ? 100 : Number(value)));
	return values.length === 0 ? Number.NaN : Math.min(...values);
}
