/** Sizes and shapes: padding, turning, mirroring, and the rules of all shape nodes by name. */
import { type Filling, ofType, type Rule } from '../wish.ts';
import { crop, videoCrop } from './crop.ts';
import { resize } from './resize.ts';
import { sizeOf } from './size-of.ts';

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
