/** A text for people, in every language that the product speaks. */
export interface Words {
	readonly en: string;
	readonly zh: string;
}

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Values that fill the `{name}` places of a message. */
export type Values = Readonly<Record<string, string | number | readonly string[]>>;

/** Fills `{name}` places; a list becomes "a, b, c". A place without a value stays as it is, so that it is noticed. */
export function fill(text: string, values: Values, language: Language): string {
	return text.replace(/\{(\w+)\}/g, (place, name: string) => {
		const value = values[name];
		if (value === undefined) return place;
		return Array.isArray(value) ? value.join(language === 'zh' ? '、' : ', ') : String(value);
	});
}
