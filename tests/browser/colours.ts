/** Contrast of the page's colours, from the stylesheet that decides them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const TOKENS = fileURLToPath(new URL('../../client/app/tokens.css', import.meta.url));

type Theme = 'light' | 'dark';
type Linear = readonly [number, number, number];

/** Colours by the token's name, without the dashes. */
export function tokens(theme: Theme): ReadonlyMap<string, Linear> {
	const found = readFileSync(TOKENS, 'utf8').matchAll(/--([\w-]+):\s*light-dark\(\s*(oklch\([^)]*\)),\s*(oklch\([^)]*\))\s*\);/g);
	return new Map([...found].map(([, name = '', light = '', dark = '']) => [name, linear(theme === 'light' ? light : dark)]));
}

/** WCAG 2: from 1 to 21. */
export function contrast(a: Linear, b: Linear): number {
	const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (high + 0.05) / (low + 0.05);
}

const luminance = ([red, green, blue]: Linear) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** OKLCH → linear sRGB, clipped as screens do (Björn Ottosson). */
function linear(text: string): Linear {
	const [lightness = 0, chroma = 0, hue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
	const a = chroma * Math.cos((hue * Math.PI) / 180);
	const b = chroma * Math.sin((hue * Math.PI) / 180);
	const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
	const clip = (value: number) => Math.min(1, Math.max(0, value));
	return [
		clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
		clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
		clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
	];
}
