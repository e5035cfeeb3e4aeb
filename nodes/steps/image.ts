/**
 * Steps of the image medium: what `lower` of an image node returns and the image backend carries out, in this order.
 * Plain data; lengths in whole pixels of the upright picture; colours `#rrggbb` or `#rrggbbaa`.
 */
export type Fit = 'inside' | 'cover' | 'contain' | 'fill';
export type Gravity = 'centre' | 'north' | 'northeast' | 'east' | 'southeast' | 'south' | 'southwest' | 'west' | 'northwest';

export type ImageStep =
	| {
			readonly op: 'resize';
			readonly width: number;
			readonly height: number;
			readonly fit: 'fill' | 'cover';
			readonly position?: Gravity | 'attention';
			readonly kernel?: 'lanczos3' | 'nearest' | 'cubic';
	  }
	| { readonly op: 'extract'; readonly left: number; readonly top: number; readonly width: number; readonly height: number }
	/** Clockwise degrees; multiples of 90 are exact, others enlarge the canvas and fill it with `background`. */
	| { readonly op: 'rotate'; readonly angle: number; readonly background: string }
	| { readonly op: 'flip' }
	| { readonly op: 'flop' }
	| { readonly op: 'greyscale' }
	/** Factors (1 = unchanged); hue in degrees. */
	| { readonly op: 'modulate'; readonly brightness: number; readonly saturation: number; readonly hue: number }
	/** `out = a·in + b`, on 0…255. */
	| { readonly op: 'linear'; readonly a: number; readonly b: number }
	| { readonly op: 'gamma'; readonly gamma: number }
	| { readonly op: 'negate' }
	| { readonly op: 'tint'; readonly colour: string }
	| { readonly op: 'blur'; readonly sigma: number }
	| { readonly op: 'sharpen'; readonly sigma: number; readonly amount: number }
	| { readonly op: 'extend'; readonly top: number; readonly bottom: number; readonly left: number; readonly right: number; readonly background: string }
	| { readonly op: 'flatten'; readonly background: string }
	/** Lays the image at input port `input` over this one, scaled to `width` pixels. */
	| {
			readonly op: 'overlay';
			readonly input: string;
			readonly width: number;
			readonly gravity: Gravity;
			readonly margin: number;
			readonly opacity: number;
			readonly tile: boolean;
	  }
	/** Draws a text of `size` pixels height of line. */
	| {
			readonly op: 'text';
			readonly text: string;
			readonly size: number;
			readonly colour: string;
			readonly gravity: Gravity;
			readonly margin: number;
			readonly opacity: number;
			readonly shadow: boolean;
			readonly tile: boolean;
	  }
	| {
			readonly op: 'encode';
			readonly format: 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff' | 'gif' /** 1…100 */;
			readonly quality: number;
			readonly lossless: boolean;
			readonly keepMetadata: boolean /** Fill behind transparent parts where the format has none. */;
			readonly background: string /** Repetitions of an animation; 0 = for ever. */;
			readonly loop: number;
	  };

/**
 * What is true of a step, whatever its numbers:
 * `pointwise` makes each pixel from that pixel alone, wherever it stands; `placing` moves or leaves out whole pixels and changes none;
 * `resampling` and `neighbourhood` mix pixels; `drawing` adds pixels of its own at a place; `writing` ends the picture.
 */
export type ImageNature = 'pointwise' | 'placing' | 'resampling' | 'neighbourhood' | 'drawing' | 'writing';

const NATURES: { readonly [O in ImageStep['op']]: ImageNature } = {
	resize: 'resampling',
	extract: 'placing',
	rotate: 'resampling',
	flip: 'placing',
	flop: 'placing',
	greyscale: 'pointwise',
	modulate: 'pointwise',
	linear: 'pointwise',
	gamma: 'pointwise',
	negate: 'pointwise',
	tint: 'pointwise',
	blur: 'neighbourhood',
	sharpen: 'neighbourhood',
	extend: 'drawing',
	flatten: 'pointwise',
	overlay: 'drawing',
	text: 'drawing',
	encode: 'writing',
};

/** What kind of change a step makes; turns by right angles move whole pixels. */
export function imageNature(step: ImageStep): ImageNature {
	return step.op === 'rotate' && step.angle % 90 === 0 ? 'placing' : NATURES[step.op];
}
