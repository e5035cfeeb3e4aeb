/** Resizing in words: sides, factors, percentages, bigger and smaller. */
import { ofType, type Rule } from '../wish.ts';
import { sizeOf } from './size-of.ts';

const SIZES = /bigger|larger|smaller|increase|decrease|reduce|enlarge|shrink|scale|upscale|size|变大|变小|放大|缩小/g;
const GROW = /bigger|larger|enlarge|upscale|increase|double|twice|放大|变大|加大/;
const SHRINK = /smaller|shrink|reduce|downscale|scale down|缩小|变小/;

/** The rule of resizing, for nodes that enlarge when told to and for those that need not be told. */
export const resize =
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
