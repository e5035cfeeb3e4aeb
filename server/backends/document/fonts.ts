/**
 * Fonts for documents that don't bring their own. The fonts that every PDF reader has come with pdf.js; for Chinese, Japanese and Korean,
 * which have no such fonts, the system's are taken.
 */
import { GlobalFonts } from './library.ts';

const SANS = [
	'Noto Sans CJK JP',
	'Noto Sans CJK SC',
	'Noto Sans CJK TC',
	'Source Han Sans',
	'Source Han Sans SC',
	'PingFang SC',
	'Hiragino Sans',
	'Microsoft YaHei',
	'Yu Gothic',
	'MS Gothic',
	'WenQuanYi Micro Hei',
	'WenQuanYi Zen Hei',
	'Droid Sans Fallback',
];
const SERIF = ['Noto Serif CJK JP', 'Noto Serif CJK SC', 'Source Han Serif', 'Songti SC', 'SimSun', 'Yu Mincho', 'MS Mincho', ...SANS];

const installed = new Set(GlobalFonts.families.map(({ family }) => family));
const sans = SANS.find((name) => installed.has(name));
const serif = SERIF.find((name) => installed.has(name));

/* pdf.js asks for one of these three names where a font is missing. */
if (sans !== undefined) for (const alias of ['sans-serif', 'monospace']) GlobalFonts.setAlias(sans, alias);
if (serif !== undefined) GlobalFonts.setAlias(serif, 'serif');
