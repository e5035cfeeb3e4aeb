/** Which pages of a document. */
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

export const DOCUMENTS: Readonly<Record<string, Rule>> = { 'document.pages': pages, 'document.text': pages, 'image.contact-sheet': gather };
