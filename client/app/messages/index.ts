/** The page's own texts. Texts about graphs, files and runs come from `nodes/messages`. */
import { fill, type Language, type Values } from '../../../nodes/messages/words.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type PageKey = keyof typeof en;

const TEXTS: { readonly [L in Language]: { readonly [K in PageKey]: string } } = { en, zh };

/** A text of the page in a language, with its values filled in. */
export function pageText(language: Language, key: PageKey, values: Values = {}): string {
	return fill(TEXTS[language][key], values, language);
}
