/** Sizes and shapes: resizing, cropping, padding, turning, mirroring. */
import { type Filling, ofType, type Rule } from '../wish.ts';

function sizeOf(filling: Filling): { readonly width: number; readonly height: number } | null {
	const input = filling.input;
	if (input === undefined || !('width' in input) || input.width === null || input.height === null) return null;
	return { width: input.width, height: input.height };
}

const SIZES = /bigger|larger|smaller|increase|decrease|reduce|enlarge|shrink|scale|upscale|size|变大|变小|放大|缩小/g;
const GROW = /bigger|larger|enlarge|upscale|increase|double|twice|放大|变大|加大/;
const SHRINK = /smaller|shrink|reduce|downscale|scale down|缩小|变小/;

const resize =
	(enlarges: boolean): Rule =>
	(filling) => {
		const size = sizeOf(filling);
		filling.cover(SIZES);
		// Of many pictures, the small ones stay small unless growing is asked for.
		const grows = enlarges && (!filling.batch || GROW.test(filling.goal.text));
		const two = ofType(filling.slots, 'size')[0];
		const exact = /stretch|exactly|distort|ignore (?:the )?(?:aspect|proportions)|拉伸|变形|不保持/.test(filling.text);
		const cover = /fill|cover|crop|填满|铺满/.test(filling.text) || /crop(?:ping|ped)? (?:it )?to (?:fill|fit|cover)/.test(filling.goal.text);
		filling.cover(
			/stretch(?:ed|ing)?|exactly|fill(?:ing)?|cover(?:ing)?|拉伸|填满|铺满|longe(?:st|r) (?:side|edge)|long edge|长边|resolution|分辨率|proportions?|aspect ratio|keep(?:ing)?|保持|比例/g,
		);
		if (two !== undefined) {
			filling.use(two);
			const place = !/\d/.test(filling.goal.text.slice(two.start, two.end));
			const within = /(?:within|inside|fit (?:in|into|within|inside)|at most|max(?:imum)?|no larger|bounding|thumbnail|不超过|以内|最大|缩略图)/.test(
				filling.goal.text,
			);
			const differs = size !== null && Math.abs(size.width / size.height - two.width / two.height) > 0.01;
			// Who names both sides wants both; what lies outside is cut, and that is said.
			const fills = differs && !within && !exact && !cover && !place;
			if (fills) filling.assume('fit', 'cover');
			const larger = size !== null && grows && (two.width > size.width || two.height > size.height);
			return {
				width: two.width,
				height: two.height,
				...(exact ? { fit: 'stretch' } : cover || place || fills ? { fit: 'cover' } : {}),
				...(larger ? { enlarge: true } : {}),
			};
		}
		const pixels = ofType(filling.slots, 'px');
		const long = pixels.find((slot) => slot.axis === 'long' || slot.axis === 'short');
		if (long !== undefined) {
			filling.use(long);
			if (long.axis === 'long' || size === null) return { width: long.value, height: long.value };
			return size.width < size.height ? { width: long.value } : { height: long.value };
		}
		if (pixels.length > 0) {
			const params: Record<string, unknown> = {};
			for (const slot of pixels.slice(0, 2)) {
				// Two widths are two pictures; the second one is asked about.
				if (slot.axis !== null && params[slot.axis === 'height' ? 'height' : 'width'] !== undefined) continue;
				filling.use(slot);
				const axis = slot.axis === 'height' ? 'height' : slot.axis === 'width' || params.width === undefined ? 'width' : 'height';
				params[axis] = slot.value;
				if (slot.axis === null && axis === 'width' && pixels.length === 1) filling.assume('width', slot.value);
				if (size !== null && grows && slot.value > size[axis]) params.enlarge = true;
			}
			return params;
		}
		const bare = ofType(filling.slots, 'number')[0];
		if (bare !== undefined && bare.value >= 16) {
			filling.use(bare);
			filling.assume('width', bare.value);
			return { width: bare.value, ...(size !== null && grows && bare.value > size.width ? { enlarge: true } : {}) };
		}
		const factor = ofType(filling.slots, 'factor')[0];
		const percent = ofType(filling.slots, 'percent')[0];
		if (size === null) return {};
		let scale: number | null = null;
		if (factor !== undefined) {
			filling.use(factor);
			scale = SHRINK.test(filling.text) && factor.value > 1 ? 1 / factor.value : factor.value;
		} else if (percent !== undefined) {
			filling.use(percent);
			const by =
				/(?:^|[^a-z])by \d|smaller by|bigger by|\d+\s*%\s*(?:smaller|bigger|larger|小|大)|(?:缩小|放大|减少|增加)了?\s*(?:\d|百)/.test(filling.text) &&
				!/(?:^|[^a-z])to \d|到|至|成|为/.test(filling.text);
			scale = by ? (GROW.test(filling.text) ? 1 + percent.value / 100 : 1 - percent.value / 100) : percent.value / 100;
		} else {
			scale = GROW.test(filling.text) && !SHRINK.test(filling.text) ? 2 : 0.5;
			filling.assume('width', Math.max(1, Math.round(size.width * scale)));
		}
		return { width: Math.max(1, Math.round(size.width * scale)), ...(scale > 1 && enlarges ? { enlarge: true } : {}) };
	};

const RATIOS = ['16:9', '9:16', '4:3', '3:4', '3:2', '2:3', '4:5', '5:4', '2:1', '21:9'];

const crop: Rule = (filling) => {
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

const LEFT = /counter-?clockwise|anti-?clockwise|(?:to the |turn |rotate |rotated )left|逆时针|向左|往左|左转|左旋/;
const RIGHT = /clockwise|(?:to the |turn |rotate |rotated )right|顺时针|向右|往右|右转|右旋/;

/** Clockwise degrees that the words ask for; null: they don't say. */
function angleOf(filling: Filling): number | null {
	const degrees = ofType(filling.slots, 'degrees')[0];
	const side = ofType(filling.slots, 'side').find((slot) => slot.gravity === 'east' || slot.gravity === 'west');
	if (side !== undefined) filling.use(side);
	filling.cover(/(?:counter-?|anti-?)?clockwise|upside down|quarter turn|half turn|to the (?:left|right)|逆时针|顺时针|倒过来|颠倒/g);
	const left = LEFT.test(filling.text) || side?.gravity === 'west';
	if (degrees !== undefined) {
		filling.use(degrees);
		return (((left ? -degrees.value : degrees.value) % 360) + 360) % 360;
	}
	if (/upside down|180|half turn|倒过来|颠倒|倒置/.test(filling.text)) return 180;
	if (left) return 270;
	return RIGHT.test(filling.text) || side?.gravity === 'east' || /quarter turn|sideways|on its side|横过来|竖过来/.test(filling.text) ? 90 : null;
}

const rotate: Rule = (filling) => {
	const angle = angleOf(filling);
	if (angle === null) {
		filling.assume('turn', 'right');
		return { turn: 'right' };
	}
	const named = { 90: 'right', 180: 'around', 270: 'left' }[angle];
	if (named !== undefined) return { turn: named };
	if (filling.spec.id === 'video.rotate') {
		filling.refuse(`${angle}°`, 'angle');
		return {};
	}
	return { turn: 'by', angle: angle > 180 ? angle - 360 : angle };
};

const flip: Rule = (filling) => {
	const vertical = /vertical|upside|top (?:to|and) bottom|上下|垂直|竖直/.test(filling.text);
	const horizontal = /horizontal|left (?:to|and) right|左右|水平/.test(filling.text);
	for (const slot of ofType(filling.slots, 'direction')) filling.use(slot);
	filling.cover(/horizontal(?:ly)?|vertical(?:ly)?|upside down|水平|垂直|左右|上下/g);
	if (vertical && horizontal && filling.spec.id === 'image.flip') return { direction: 'both' };
	return vertical ? { direction: 'vertical' } : { direction: 'horizontal' };
};

/** The same wishes in the words of the film nodes. */
const VIDEO_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = { by: { ratio: 'aspect', size: 'size', pixels: 'box' } };

const videoCrop: Rule = (filling) => {
	const { by, ratio, ...rest } = crop(filling);
	return {
		...(typeof by === 'string' ? { to: VIDEO_WORDS.by?.[by] ?? by } : {}),
		...(typeof ratio === 'string' ? { aspect: ratio === 'square' ? '1:1' : ratio } : {}),
		...rest,
	};
};

const videoRotate: Rule = (filling) => {
	const { turn, angle } = rotate(filling);
	if (typeof angle === 'number') return {};
	return typeof turn === 'string' ? { angle: { right: '90', left: '270', around: '180' }[turn] ?? '90' } : {};
};

const videoFlip: Rule = (filling) => ({ axis: flip(filling).direction });

const pad: Rule = (filling) => {
	const film = filling.spec.id === 'video.pad';
	const [ratio, again] = ofType(filling.slots, 'ratio');
	if (ratio !== undefined && again !== undefined && ratio.width > ratio.height === again.width > again.height) filling.use(again);
	const size = ofType(filling.slots, 'size')[0];
	const pixels = ofType(filling.slots, 'px')[0];
	const colour = ofType(filling.slots, 'colour')[0];
	if (colour !== undefined) filling.use(colour);
	filling.cover(
		/borders?|frames?|padding|margins?|bars?|background|letterbox|(?:on|to|around)? ?(?:each|every|all) (?:sides?|edges?)|all (?:a)?round|vertical|portrait|landscape|format|边框|留白|黑边|白边|四周|上下|左右|竖版|横版/g,
	);
	const named = /白[色]?边/.test(filling.goal.text) ? '#ffffff' : /黑[色]?边/.test(filling.goal.text) ? '#000000' : undefined;
	const shade = colour?.value ?? named;
	const fill = shade === undefined ? {} : { background: shade };
	if (size !== undefined) {
		filling.use(size);
		return { [film ? 'to' : 'by']: 'size', width: size.width, height: size.height, ...fill };
	}
	if (ratio !== undefined) {
		filling.use(ratio);
		if (film) return { to: 'aspect', across: ratio.width, down: ratio.height, ...fill };
		return { by: 'ratio', ratio: ratio.width === ratio.height ? 'square' : `${ratio.width}:${ratio.height}`, ...fill };
	}
	const input = sizeOf(filling);
	const side = ofType(filling.slots, 'side')[0];
	if (side !== undefined) filling.use(side);
	if (pixels !== undefined) filling.use(pixels);
	const v = pixels?.value ?? 20;
	if (pixels === undefined) filling.assume(film ? 'width' : 'top', v);
	if (film) return input === null ? fill : { to: 'size', width: input.width + 2 * v, height: input.height + 2 * v, ...fill };
	const at = side?.gravity;
	const only = (name: string) => (at === undefined || at === 'centre' || at === name ? v : 0);
	return { by: 'pixels', top: only('north'), right: only('east'), bottom: only('south'), left: only('west'), ...fill };
};

export const SHAPES: Readonly<Record<string, Rule>> = {
	'image.pad': pad,
	'video.pad': pad,
	'image.resize': resize(true),
	'video.scale': resize(false),
	'image.crop': crop,
	'video.crop': videoCrop,
	'image.rotate': rotate,
	'video.rotate': videoRotate,
	'image.flip': flip,
	'video.flip': videoFlip,
};
