/** What models cost. The one place to change when a vendor changes its prices. */

/** US dollars for a million tokens. */
export interface Price {
	readonly prompt: number;
	/** Prompt tokens that the vendor had in its cache. */
	readonly cached: number;
	readonly completion: number;
}

/** The vendor's public list, June 2026. A model that is not here costs "unknown", never a guess. */
export const PRICES: Readonly<Record<string, Price>> = {
	'gpt-5.5': { prompt: 5, cached: 0.5, completion: 30 },
	'gpt-5.4': { prompt: 2.5, cached: 0.25, completion: 15 },
	'gpt-5.4-mini': { prompt: 0.75, cached: 0.075, completion: 4.5 },
	'gpt-5.4-nano': { prompt: 0.2, cached: 0.02, completion: 1.25 },
	'gpt-5.1': { prompt: 1.25, cached: 0.125, completion: 10 },
	'gpt-5': { prompt: 1.25, cached: 0.125, completion: 10 },
	'gpt-5-mini': { prompt: 0.25, cached: 0.025, completion: 2 },
	'gpt-5-nano': { prompt: 0.05, cached: 0.005, completion: 0.4 },
	'gpt-4.1': { prompt: 2, cached: 0.5, completion: 8 },
	'gpt-4.1-mini': { prompt: 0.4, cached: 0.1, completion: 1.6 },
	'gpt-4.1-nano': { prompt: 0.1, cached: 0.025, completion: 0.4 },
	'gpt-4o': { prompt: 2.5, cached: 1.25, completion: 10 },
	'gpt-4o-mini': { prompt: 0.15, cached: 0.075, completion: 0.6 },
	o3: { prompt: 2, cached: 0.5, completion: 8 },
	'o4-mini': { prompt: 1.1, cached: 0.275, completion: 4.4 },
};

export interface Tokens {
	/** All prompt tokens, cached ones included. */
	readonly prompt: number;
	readonly cached: number;
	readonly completion: number;
}

/** US dollars; null for a model that isn't listed. A dated name (`gpt-4.1-2025-04-14`) costs what its family costs. */
export function costOf(model: string, tokens: Tokens): number | null {
	const family = model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
	const price = Object.hasOwn(PRICES, family) ? PRICES[family] : undefined;
	if (price === undefined) return null;
	const fresh = Math.max(0, tokens.prompt - tokens.cached);
	return (fresh * price.prompt + tokens.cached * price.cached + tokens.completion * price.completion) / 1e6;
}

/** Tokens that a text is about worth: four letters, or one Chinese character. For the estimate before sending. */
export function aboutTokens(text: string): number {
	const wide = text.match(/[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]/g)?.length ?? 0;
	return Math.ceil(wide + (text.length - wide) / 4);
}
