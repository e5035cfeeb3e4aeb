/** Which pages of a document. */
import { EVERY } from '../rhythm.ts';
import { ofType, type Rule } from '../wish.ts';

const pages: Rule = (filling) => {
	const params: Record<string, unknown> = {};
	filling.cover(/pages?|页面?|words?|extract|pull out|提取|抽取/g);
	const total = filling.input?.kind === 'document' ? filling.input.pages : null;
	const parts: string[] = [];
	for (const slot of ofType(filling.slots, 'pages')) {
		filling.use(slot);
		parts.push(slot.text);
	}
	for (const slot of ofType(filling.slots, 'edge').filter((one) => one.unit === 'page')) {
		if (slot.which === 'last' && total === null) continue;
		filling.use(slot);
		const count = Math.round(slot.count);
		const all = total ?? 10_000;
		const [from, to] = slot.which === 'first' ? (slot.drop ? [count + 1, all] : [1, count]) : slot.drop ? [1, all - count] : [all - count + 1, all];
		parts.push(from === to ? String(from) : `${from}-${to}`);
	}
	if (parts.length > 0) params.pages = parts.join(',');
	const dpi = ofType(filling.slots, 'unit').find((slot) => slot.unit === 'dpi');
	if (dpi !== undefined && filling.spec.id === 'document.pages') {
		filling.use(dpi);
		params.dpi = dpi.value;
	}
	return params;
};

const gather: Rule = (filling) => {
	filling.cover(/frames?|pages?|stills?|thumbnails?|shots?|photos?|帧|页面?|缩略图|截图|拼/g);
	return {};
};

const frames: Rule = (filling) => {
	const duration = filling.input !== undefined && 'duration' in filling.input ? filling.input.duration : null;
	const edge = ofType(filling.slots, 'edge').find((slot) => slot.unit === 'frame' && slot.which === 'first' && !slot.drop);
	filling.cover(/even(?:ly)?|equal(?:ly)?|spaced|spread|distributed|every|each|split|into|stills?|frames?|screenshots?|均匀|等距|每帧|逐帧|所有帧|拆成|拆分/g);
	if (edge !== undefined) {
		filling.use(edge);
		return { limit: edge.count };
	}
	const rhythm = ofType(filling.slots, 'duration').find((slot) => EVERY.test(filling.goal.text.slice(Math.max(0, slot.start - 14), slot.start)));
	if (rhythm !== undefined && rhythm.seconds > 0) {
		filling.use(rhythm);
		for (const slot of ofType(filling.slots, 'count')) if (slot.value === 1) filling.use(slot);
		filling.cover(/每隔?|截取?|一[帧张]|(?:one|an?) (?:frame|still|picture|image|screenshot)|隔/g);
		return { fps: Math.round((1 / rhythm.seconds) * 1e6) / 1e6 };
	}
	const count = ofType(filling.slots, 'count')[0];
	if (count === undefined || count.value === 1 || duration === null || duration <= 0) return {};
	filling.use(count);
	// So many pictures of a film are spread over all of it.
	if (!/even|equal|spread|spaced|均匀|等距/.test(filling.goal.text)) filling.assume('fps', Math.round((count.value / duration) * 1000) / 1000);
	return { fps: Math.round((count.value / duration) * 1000) / 1000, limit: Math.round(count.value) };
};

const thumbnail: Rule = (filling) => {
	const input = filling.input;
	const duration = input !== undefined && 'duration' in input ? input.duration : null;
	filling.cover(/still|frame|screenshot|thumbnail|snapshot|poster|cover|grab|capture|take|画面|截图|封面|缩略图|一帧|帧|截取|截/g);
	const edge = ofType(filling.slots, 'edge').find((slot) => slot.unit === 'frame');
	const rate =
		input?.kind === 'video' && input.fps !== null
			? input.fps
			: input?.kind === 'image' && input.frames !== null && input.duration
				? input.frames / input.duration
				: 25;
	if (edge !== undefined) {
		filling.use(edge);
		if (edge.which === 'first') return { at: 0 };
		return duration === null ? {} : { at: Math.max(0, Math.floor((duration - 1 / rate) * 1000) / 1000) };
	}
	const middle = ofType(filling.slots, 'side').find((slot) => slot.gravity === 'centre');
	if (middle !== undefined && duration !== null) {
		filling.use(middle);
		return { at: Math.round(duration * 500) / 1000 };
	}
	const moment = ofType(filling.slots, 'instant')[0] ?? ofType(filling.slots, 'duration')[0];
	if (moment !== undefined) {
		filling.use(moment);
		if (duration !== null && moment.seconds > duration) filling.refuse(String(moment.seconds), 'past-end');
		return { at: moment.seconds };
	}
	return {};
};

const stitch: Rule = (filling) => {
	filling.cover(
		/vertical(?:ly)?|horizontal(?:ly)?|side by side|next to each other|pages?|photos?|stitch\w*|together|below|one (?:under|below|above)|竖向?|横向?|竖着|横着|并排|上下|左右|页面?/g,
	);
	if (/horizontal|side by side|next to each other|left to right|in a row|beside|横|并排|左右/.test(filling.goal.text)) return { direction: 'across' };
	return /vertical|below|under|on top of|top to bottom|long|竖|上下|长图/.test(filling.goal.text) ? { direction: 'down' } : {};
};

export const DOCUMENTS: Readonly<Record<string, Rule>> = {
	'document.pages': pages,
	'document.text': pages,
	'image.contact-sheet': gather,
	'image.stitch': stitch,
	'video.frames': frames,
	'video.thumbnail': thumbnail,
};
