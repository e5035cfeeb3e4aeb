/** Colours by name, in English and Chinese, and as written. */
const NAMES: Readonly<Record<string, string>> = {
	black: '000000',
	white: 'ffffff',
	red: 'ff0000',
	green: '008000',
	blue: '0000ff',
	yellow: 'ffff00',
	orange: 'ffa500',
	purple: '800080',
	pink: 'ffc0cb',
	brown: '8b4513',
	grey: '808080',
	gray: '808080',
	cyan: '00ffff',
	magenta: 'ff00ff',
	lime: '00ff00',
	navy: '000080',
	teal: '008080',
	maroon: '800000',
	olive: '808000',
	silver: 'c0c0c0',
	gold: 'ffd700',
	beige: 'f5f5dc',
	turquoise: '40e0d0',
	violet: 'ee82ee',
	indigo: '4b0082',
	coral: 'ff7f50',
	salmon: 'fa8072',
	crimson: 'dc143c',
	khaki: 'f0e68c',
	lavender: 'e6e6fa',
	ivory: 'fffff0',
	cream: 'fffdd0',
	tan: 'd2b48c',
	aqua: '00ffff',
	plum: 'dda0dd',
	'sky blue': '87ceeb',
	'royal blue': '4169e1',
	'forest green': '228b22',
	'hot pink': 'ff69b4',
	charcoal: '36454f',
	mint: '98ff98',
	burgundy: '800020',
	黑: '000000',
	白: 'ffffff',
	红: 'ff0000',
	绿: '008000',
	蓝: '0000ff',
	黄: 'ffff00',
	橙: 'ffa500',
	紫: '800080',
	粉: 'ffc0cb',
	粉红: 'ffc0cb',
	棕: '8b4513',
	灰: '808080',
	青: '00ffff',
	金: 'ffd700',
	银: 'c0c0c0',
	米: 'f5f5dc',
	天蓝: '87ceeb',
	海军蓝: '000080',
	藏青: '000080',
	咖啡: '6f4e37',
	橘: 'ffa500',
	橘红: 'ff4500',
};
const SHADES: readonly (readonly [RegExp, number])[] = [
	[/^(?:dark|deep|深|暗)[\s-]?/, -0.45],
	[/^(?:light|pale|soft|浅|淡|亮)[\s-]?/, 0.55],
	[/^(?:bright|vivid|鲜|亮)[\s-]?/, 0],
];

const names = Object.keys(NAMES).sort((one, other) => other.length - one.length);
const english = names.filter((name) => /^[a-z]/.test(name)).join('|');
const chinese = names.filter((name) => !/^[a-z]/.test(name)).join('|');

/** Where colours stand in a text: hex, CSS rgb(), English names with shades, Chinese names (with 色, or after a shade). */
export const COLOUR = new RegExp(
	`#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-f])|rgb\\(\\s*\\d+\\s*,\\s*\\d+\\s*,\\s*\\d+\\s*\\)|(?<![a-z])(?:(?:dark|deep|light|pale|soft|bright|vivid)[ -]?)?(?:${english})(?![a-z])|(?:深|暗|浅|淡|亮|鲜)?(?:${chinese})色|(?:深|暗|浅|淡)(?:${chinese})|(?<=[用换成为是背景底]|背景|底色)(?:${chinese})(?!白)`,
	'g',
);

/** `#rrggbb` for a colour as people write it; null where it is none. */
export function colourOf(text: string): string | null {
	const plain = text.trim().toLowerCase();
	if (/^#(?:[0-9a-f]{6}|[0-9a-f]{8})$/.test(plain)) return plain;
	if (/^#[0-9a-f]{3}$/.test(plain)) return `#${[...plain.slice(1)].map((digit) => digit + digit).join('')}`;
	const rgb = /^rgb\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(plain);
	if (rgb !== null)
		return `#${rgb
			.slice(1)
			.map((part) => hex(Number(part)))
			.join('')}`;
	const [name, shift] = shaded(plain.replace(/色$/, '').replace('-', ' '));
	const known = NAMES[name];
	if (known === undefined) return null;
	return shift === 0 ? `#${known}` : `#${[0, 2, 4].map((i) => hex(moved(Number.parseInt(known.slice(i, i + 2), 16), shift))).join('')}`;
}

function shaded(text: string): readonly [string, number] {
	if (NAMES[text] !== undefined) return [text, 0];
	for (const [pattern, shift] of SHADES) if (pattern.test(text)) return [text.replace(pattern, ''), shift];
	return [text, 0];
}

function moved(part: number, shift: number): number {
	return shift < 0 ? part * (1 + shift) : part + (255 - part) * shift;
}

function hex(part: number): string {
	return Math.max(0, Math.min(255, Math.round(part)))
		.toString(16)
		.padStart(2, '0');
}
