/** Which wish holds where words of several nodes stand together: the one that the values and files at hand speak for. */

import { specOf } from '../../../../nodes/catalogue.ts';
import type { Metadata } from '../../../../nodes/kinds.ts';
import { EVERY } from '../rhythm.ts';
import type { Slot } from '../slots/slot.ts';
import type { Goal } from '../text.ts';
import type { Wish } from '../wish.ts';

const TIMED: readonly Slot['type'][] = ['range', 'edge', 'duration'];

/** The wishes without those that another one already stands for. */
export function withoutConflicts(goal: Goal, wishes: readonly Wish[], slots: readonly Slot[], files: number, main: Metadata | undefined): Wish[] {
	return withoutClashes(
		goal,
		wishes.map((wish) => reread(goal, wish, slots)),
		slots,
		files,
		main,
	);
}

const BACKED = /(?:with|on|against|and) (?:an? )?[\w ]{3,14} (?:background|bars?|borders?|padding)|(?:用|加|填)(?:上)?.{1,3}色?(?:背景|边|底|填充)/;

/** A wish that its surroundings make another one: a still is one frame; a square with a background is padded, not cut. */
function reread(goal: Goal, wish: Wish, slots: readonly Slot[]): Wish {
	const words = wish.words === null ? '' : goal.text.slice(Math.max(0, wish.words.start - 14), wish.words.end);
	const only = (...ids: readonly string[]): Wish => ({ ...wish, candidates: ids.map((id) => specOf(id)).filter((spec) => spec !== undefined) });
	const first = wish.candidates[0]?.id;
	if (
		first === 'image.contact-sheet' &&
		!/grid|sheet|columns|列|总览|网格|缩略/.test(goal.text) &&
		(slots.some((slot) => slot.type === 'direction') || /合成一张|拼成一张/.test(words))
	)
		return only('image.stitch');
	if (
		wish.candidates.some((spec) => spec.id === 'video.thumbnail' || spec.id === 'video.frames') &&
		slots.some((slot) => slot.type === 'duration' && EVERY.test(goal.text.slice(Math.max(0, slot.start - 14), slot.start)))
	)
		return only('video.frames');
	if (
		first === 'video.frames' &&
		slots.some((slot) => slot.type === 'instant' || (slot.type === 'side' && slot.gravity === 'centre' && /^(?:screenshot|still|截图)$/.test(words.trim()))) &&
		!/every|each|per|frames|stills|pictures|每|逐/.test(goal.text)
	)
		return only('video.thumbnail');
	if (
		first === 'video.frames' &&
		/(?:^|[^a-z])(?:an?|the|one|single|first|last) (?:\w+ )?(?:still|frame|screenshot)(?![a-z])/.test(words) &&
		!/every|each|per|frames|stills/.test(goal.text)
	)
		return only('video.thumbnail');
	if (
		(first === 'image.crop' || first === 'video.crop') &&
		!/crop|cut|裁|截/.test(words) &&
		BACKED.test(goal.text) &&
		slots.some((slot) => slot.type === 'colour')
	)
		return only('image.pad', 'video.pad');
	// 截取 is a matter of time where a time stands beside it, of the picture where a shape does.
	const times = wish.candidates.filter((spec) => spec.id.endsWith('.trim'));
	const end = wish.words?.end ?? wish.at;
	if (
		times.length > 0 &&
		times.length < wish.candidates.length &&
		slots.some((slot) => TIMED.includes(slot.type) && slot.start >= wish.at && slot.start - end < 6)
	)
		return { ...wish, candidates: times };
	if (wish.candidates.some((spec) => spec.id === 'video.picture-in-picture')) return only('video.picture-in-picture', 'image.watermark-image');
	return wish;
}

function withoutClashes(goal: Goal, wishes: readonly Wish[], slots: readonly Slot[], files: number, main: Metadata | undefined): Wish[] {
	const has = (id: string) => wishes.some((wish) => wish.candidates.some((spec) => spec.id === id));
	const is = (wish: Wish, id: string) => wish.candidates.some((spec) => spec.id === id);
	const words = (wish: Wish) => (wish.words === null ? '' : goal.text.slice(wish.words.start, wish.words.end));
	const text = slots.some((slot) => slot.type === 'text');
	const timed = (wish: Wish) => slots.some((slot) => TIMED.includes(slot.type) && Math.abs(slot.start - wish.at) < 40);
	const still = main?.kind === 'image' && (main.frames ?? 1) <= 1;
	const kept = wishes.filter((wish) => {
		// Words of films about what is no film: a "thumbnail" of a photo is a small photo, "to mp3" of a song is saving it.
		if (still && wish.candidates.every((spec) => spec.id === 'video.thumbnail' || spec.id === 'video.frames')) return false;
		if (has('video.add-audio') && files > 1 && wish.candidates.every((spec) => spec.id === 'video.extract-audio')) return false;
		if (main?.kind === 'audio' && wish.candidates.every((spec) => spec.id === 'video.extract-audio')) return false;
		if (is(wish, 'audio.volume') && has('audio.normalise') && !is(wish, 'audio.normalise') && !slots.some((slot) => slot.type === 'unit' && slot.unit === 'dB'))
			return false;
		if (is(wish, 'image.crop') && has('image.pad') && !/crop|cut|裁|截/.test(words(wish))) return false;
		if (is(wish, 'image.background') && has('image.pad') && !is(wish, 'image.pad')) return false;
		if (has('image.qr') && !is(wish, 'image.qr') && is(wish, 'image.watermark-text')) return false;
		if (has('image.palette') && (is(wish, 'image.invert') || is(wish, 'image.adjust')) && !/invert|adjust|bright|contrast|反|调/.test(words(wish)))
			return false;
		if (is(wish, 'image.watermark-text') && has('image.watermark-image') && !is(wish, 'image.watermark-image')) return !(files > 1 && !text);
		if (is(wish, 'image.watermark-image') && has('image.watermark-text') && !is(wish, 'image.watermark-text')) return files > 1 || !text;
		if (has('video.picture-in-picture') && !is(wish, 'video.picture-in-picture') && (is(wish, 'video.overlay') || is(wish, 'image.watermark-image')))
			return false;
		// A negation inside a phrase of another node ("without cropping") asks for nothing.
		if (/^(?:without|no|not) crop|^不裁/.test(words(wish)) && !slots.some((slot) => slot.type === 'ratio' || slot.type === 'px' || slot.type === 'size'))
			return false;
		// "cut out the first 3 seconds" is no cropping of pictures.
		if (is(wish, 'image.crop') && /^cut|^trim|截取|切|剪/.test(words(wish)) && timed(wish) && !slots.some((slot) => slot.type === 'ratio')) return false;
		// A sheet or a strip of pictures already joins them.
		const strip = wishes.some((one) => is(one, 'image.stitch') && /long|strip|side by side|stitch|stack|below|长图|拼接|并排|竖着|横着/.test(words(one)));
		if (is(wish, 'image.contact-sheet') && strip) return false;
		if (is(wish, 'image.stitch') && has('image.contact-sheet') && !strip) return false;
		// "resize … and crop to fill" is one way of resizing.
		if (
			is(wish, 'image.crop') &&
			has('image.resize') &&
			slots.some((slot) => slot.type === 'size') &&
			/crop(?:ping|ped)? (?:it )?to (?:fill|fit|cover)|fill and crop|填满/.test(goal.text)
		)
			return false;
		return true;
	});
	// The same wish said twice is one wish, unless both have values of their own.
	return kept.filter((wish, i) => {
		const first = kept.findIndex((one) => one.candidates[0] === wish.candidates[0]);
		return (
			first === i ||
			(wish.clause - (kept[first]?.clause ?? 0) > 1 && wish.candidates[0]?.id !== 'document.pages') ||
			/^(?:image\.adjust|video\.adjust|image\.watermark-text|video\.text|video\.trim)$/.test(wish.candidates[0]?.id ?? '')
		);
	});
}
