/** Cropping in words: ratios, sides, halves, pixels off an edge. */
import { ofType, type Rule } from '../wish.ts';
import { sizeOf } from './size-of.ts';

const RATIOS = ['16:9', '9:16', '4:3', '3:4', '3:2', '2:3', '4:5', '5:4', '2:1', '21:9'];

/** The rule of cropping a picture. */
export const crop: Rule = (filling) => {
	filling.cover(/vertical|portrait|landscape|format|story|stories|reels?|shorts|aspect ratio|ratio|shape|竖版|横版|比例|画面/g);
	const [ratio, again] = ofType(filling.slots, 'ratio');
	// "9:16 竖屏", "16:9 widescreen": the same said twice.
	if (ratio !== undefined && again !== undefined && ratio.width > ratio.height === again.width > again.height) filling.use(again);
	const side = ofType(filling.slots, 'side')[0];
	const size = ofType(filling.slots, 'size')[0];
	const gravity: { gravity?: string } = side === undefined ? {} : { gravity: side.gravity };
	if (side !== undefined) filling.use(side);
	if (size !== undefined) {
		filling.use(size);
		return { by: 'size', width: size.width, height: size.height, ...gravity };
	}
	const pixels = ofType(filling.slots, 'px');
	const input = sizeOf(filling);
	const off = pixels.find((slot) => /off|from|remove|去掉|切掉|裁掉/.test(filling.text) && slot !== undefined);
	if (off !== undefined && input !== null && !/square|正方/.test(filling.text)) {
		const all = side === undefined || /(?:each|every|all) (?:side|edge|border)|四周|每边|各边/.test(filling.text);
		filling.use(off);
		const v = off.value;
		const at = side?.gravity ?? 'centre';
		filling.cover(/(?:each|every|all) (?:sides?|edges?|borders?)|sides?|edges?|borders?|四周|每边|各边|off/g);
		if (all && at === 'centre') return { by: 'pixels', left: v, top: v, width: input.width - 2 * v, height: input.height - 2 * v };
		if (at === 'north') return { by: 'pixels', left: 0, top: v, width: input.width, height: input.height - v };
		if (at === 'south') return { by: 'pixels', left: 0, top: 0, width: input.width, height: input.height - v };
		if (at === 'west') return { by: 'pixels', left: v, top: 0, width: input.width - v, height: input.height };
		return { by: 'pixels', left: 0, top: 0, width: input.width - v, height: input.height };
	}
	if (pixels.length === 1 && ratio?.width === 1 && ratio.height === 1) filling.use(ratio);
	else if (ratio !== undefined) {
		filling.use(ratio);
		const name = ratio.width === ratio.height ? 'square' : `${ratio.width}:${ratio.height}`;
		if (name === 'square' || RATIOS.includes(name)) return { by: 'ratio', ratio: name, ...gravity };
		filling.refuse(name, 'ratio');
		return {};
	}
	if (/square|正方|方图/.test(filling.text) && pixels.length === 0) {
		filling.cover(/square|正方形|方图/g);
		return { by: 'ratio', ratio: 'square', ...gravity };
	}
	const half = ofType(filling.slots, 'factor').find((slot) => slot.value === 0.5);
	if (side !== undefined && input !== null && (half !== undefined || /half|半/.test(filling.text))) {
		if (half !== undefined) filling.use(half);
		filling.cover(/half|半/g);
		const across = side.gravity === 'west' || side.gravity === 'east';
		// "cut off the top half" keeps the bottom.
		const cutOff = /裁掉|切掉|去掉|删掉|(?:cut|crop|chop|trim)\w* off|remove|get rid/.test(filling.text);
		const opposite = { north: 'south', south: 'north', east: 'west', west: 'east' }[side.gravity as 'north'];
		if (cutOff) gravity.gravity = opposite;
		return { by: 'size', width: across ? Math.round(input.width / 2) : input.width, height: across ? input.height : Math.round(input.height / 2), ...gravity };
	}
	if (pixels.length === 1 && pixels[0] !== undefined && pixels[0].axis === null) {
		filling.use(pixels[0]);
		return { by: 'size', width: pixels[0].value, height: pixels[0].value, ...gravity };
	}
	if (pixels.length === 0 && ratio === undefined) filling.assume('ratio', 'square');
	return pixels.length === 0 ? { by: 'ratio', ratio: 'square', ...gravity } : gravity;
};

/** The same wishes in the words of the film nodes. */
const VIDEO_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = { by: { ratio: 'aspect', size: 'size', pixels: 'box' } };

/** The rule of cropping a film. */
export const videoCrop: Rule = (filling) => {
	const { by, ratio, ...rest } = crop(filling);
	return {
		...(typeof by === 'string' ? { to: VIDEO_WORDS.by?.[by] ?? by } : {}),
		...(typeof ratio === 'string' ? { aspect: ratio === 'square' ? '1:1' : ratio } : {}),
		...rest,
	};
};
