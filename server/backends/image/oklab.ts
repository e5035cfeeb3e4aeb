/** OKLab: a colour space in which distances are about as large as they look. After Björn Ottosson, https://bottosson.github.io/posts/oklab/ */

/** 8-bit sRGB. */
export interface Rgb {
	readonly r: number;
	readonly g: number;
	readonly b: number;
}
export type Lab = readonly [L: number, a: number, b: number];

const LINEAR = Float64Array.from({ length: 256 }, (_, value) => {
	const share = value / 255;
	return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

export function oklab({ r, g, b }: Rgb): Lab {
	const [red, green, blue] = [linear(r), linear(g), linear(b)];
	const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
	const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
	const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
	return [
		0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
		1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
		0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
	];
}

function linear(value: number): number {
	return LINEAR[Math.max(0, Math.min(255, Math.round(value)))] ?? 0;
}

/** Square of the distance. */
export function apart(one: Lab, other: Lab): number {
	return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
}

/** Relative luminance, 0…1, as WCAG has it. */
export function luminance({ r, g, b }: Rgb): number {
	return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

export function hexOf({ r, g, b }: Rgb): string {
	return `#${[r, g, b].map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}
