/**
 * Steps of the video medium (video and audio): what `lower` of a video node returns and the video backend turns into one ffmpeg command.
 * Plain data; times in seconds, sizes in whole pixels.
 * A value of this medium is a picture stream, a sound stream or both; a step acts on the streams it speaks of.
 */
export type VideoStep =
	/** Keeps [start, end); `end` null: to the end. */
	| { readonly op: 'trim'; readonly start: number; readonly end: number | null }
	| { readonly op: 'scale'; readonly width: number; readonly height: number; readonly flags: 'lanczos' | 'neighbor' | 'bicubic' }
	| { readonly op: 'crop'; readonly left: number; readonly top: number; readonly width: number; readonly height: number }
	| { readonly op: 'pad'; readonly left: number; readonly top: number; readonly width: number; readonly height: number; readonly background: string }
	| { readonly op: 'fps'; readonly fps: number }
	/** Clockwise: 90, 180 or 270. */
	| { readonly op: 'rotate'; readonly angle: 90 | 180 | 270 }
	| { readonly op: 'flip'; readonly axis: 'horizontal' | 'vertical' }
	/** Picture and sound `factor` times as fast; pitch is kept. */
	| { readonly op: 'speed'; readonly factor: number }
	| { readonly op: 'reverse' }
	/** Plays the whole thing `times` times. */
	| { readonly op: 'repeat'; readonly times: number }
	| { readonly op: 'greyscale' }
	| { readonly op: 'blur'; readonly sigma: number }
	| { readonly op: 'adjust' /** −1…1 */; readonly brightness: number /** factor */; readonly contrast: number /** factor */; readonly saturation: number }
	| {
			readonly op: 'text';
			readonly text: string;
			readonly size: number;
			readonly colour: string;
			readonly gravity: import('./image.ts').Gravity;
			readonly margin: number;
			readonly box: boolean;
			readonly start: number | null;
			readonly end: number | null;
	  }
	| {
			readonly op: 'overlay';
			readonly input: string;
			readonly width: number;
			readonly gravity: import('./image.ts').Gravity;
			readonly margin: number;
			readonly opacity: number;
	  }
	/** Drops the sound. */
	| { readonly op: 'mute' }
	/** Drops the picture. */
	| { readonly op: 'sound-only' }
	| { readonly op: 'volume'; readonly decibels: number }
	| { readonly op: 'fade'; readonly in: number; readonly out: number; readonly duration: number; readonly picture: boolean; readonly sound: boolean }
	| { readonly op: 'normalise-loudness'; readonly lufs: number }
	/** All values at the many-port `input`, one after the other, each brought to this size and rate. */
	| { readonly op: 'concat'; readonly input: string; readonly width: number; readonly height: number; readonly fps: number; readonly audio: boolean }
	/** Takes the sound at port `input` in place of this one's, or mixes it in. */
	| { readonly op: 'add-sound'; readonly input: string; readonly mix: boolean; readonly duration: number | null }
	/**
	 * A camera over a still or moving picture. Rectangles are shares of the picture (0…1); it moves from one to the other over `duration`
	 * with sub-pixel steps. A source that ends sooner is looped.
	 */
	| {
			readonly op: 'camera';
			readonly from: Rectangle;
			readonly to: Rectangle;
			readonly ease: 'linear' | 'smooth';
			readonly duration: number;
			readonly width: number;
			readonly height: number;
			readonly fps: number;
			readonly still: boolean;
	  }
	/** Reads an animated image as a video of a constant rate; its frames keep their durations. */
	| { readonly op: 'animation'; readonly fps: number }
	| { readonly op: 'encode'; readonly target: VideoTarget }
	/** Pictures out: every frame at `fps` a second (null: all of them). */
	| { readonly op: 'frames'; readonly fps: number | null; readonly limit: number | null }
	/** One picture at a time. */
	| { readonly op: 'frame'; readonly at: number };

/** Centre and size as shares of the picture: `size` 1 is the largest rectangle of the output's shape that fits. */
export interface Rectangle {
	readonly x: number;
	readonly y: number;
	readonly size: number;
}

export type VideoTarget =
	| {
			readonly format: 'mp4' | 'mov' | 'mkv';
			readonly codec: 'h264' | 'h265' /** 1…100 */;
			readonly quality: number /** Copy the streams where nothing touched them. */;
			readonly copy: boolean;
			/** For looking at: as quick to make as can be. */
			readonly draft?: boolean;
	  }
	| { readonly format: 'webm'; readonly codec: 'vp9' | 'av1'; readonly quality: number; readonly copy: boolean }
	| { readonly format: 'gif'; readonly fps: number; readonly colours: number; readonly dither: boolean /** 0 = for ever */; readonly loop: number }
	| { readonly format: 'webp'; readonly fps: number; readonly quality: number; readonly loop: number }
	| { readonly format: 'mp3' | 'm4a' | 'ogg' | 'opus' /** kbit/s */; readonly bitrate: number; readonly copy: boolean }
	| { readonly format: 'wav' | 'flac'; readonly copy: boolean };

/**
 * What is true of a step: `pointwise` makes each pixel of a frame from that pixel alone; `framewise` makes each frame from that frame alone,
 * whenever it is shown; `samplewise` the same for the sound, sample by sample; `dropping` leaves a stream out; `timed` is all that
 * depends on when something happens, or on other values.
 */
export type VideoNature = 'pointwise' | 'framewise' | 'samplewise' | 'dropping' | 'timed';

const NATURES: { readonly [O in VideoStep['op']]?: VideoNature } = {
	scale: 'framewise',
	crop: 'framewise',
	pad: 'framewise',
	rotate: 'framewise',
	flip: 'framewise',
	blur: 'framewise',
	text: 'framewise',
	greyscale: 'pointwise',
	adjust: 'pointwise',
	volume: 'samplewise',
	mute: 'dropping',
	'sound-only': 'dropping',
};

/** What kind of change a step makes; a text that comes and goes is timed. */
export function videoNature(step: VideoStep): VideoNature {
	if (step.op === 'text' && (step.start !== null || step.end !== null)) return 'timed';
	return NATURES[step.op] ?? 'timed';
}
