/** What a look says of a file that may make a recipe behave differently: files with equal traits are alike. */
import { type COLUMN_TYPES, KIND_TITLES, type Kind, type Metadata, type Words } from '../../../nodes/define.ts';
import type { Source } from '../../engine/engine.ts';

/** One trait, as people read it. */
export type Trait = string | Words;

const WORDS = {
	portrait: { en: 'portrait', zh: '竖向' },
	landscape: { en: 'landscape', zh: '横向' },
	square: { en: 'square', zh: '方形' },
	alpha: { en: 'see-through', zh: '透明' },
	animated: { en: 'animated', zh: '动图' },
	silent: { en: 'without sound', zh: '无声' },
	mono: { en: 'mono', zh: '单声道' },
	encrypted: { en: 'with a password', zh: '有密码' },
	long: { en: 'several pages', zh: '多页' },
	empty: { en: 'without rows', zh: '无数据行' },
} as const satisfies Record<string, Words>;

/** So many columns are named; of more only how many there are. */
const NAMED = 4;

/** The traits of a file, read as this kind. `encoding`: of texts and tables of text. */
export function traitsOf({ readings, format }: Source, kind: Kind, encoding: string | null): Trait[] {
	const metadata = readings.find((one) => one.kind === kind) ?? readings[0];
	if (metadata === undefined) return [format];
	return [KIND_TITLES[metadata.kind], format, ...given(encoding !== null && encoding !== 'utf-8', encoding ?? ''), ...own(metadata)];
}

function own(metadata: Metadata): Trait[] {
	switch (metadata.kind) {
		case 'image':
			return [...shape(metadata), ...given(metadata.alpha === true, WORDS.alpha), ...given((metadata.frames ?? 1) > 1, WORDS.animated)];
		case 'video':
			return [...(metadata.codec === null ? [] : [metadata.codec]), ...shape(metadata), ...given(metadata.audio === false, WORDS.silent)];
		case 'audio':
			return [...(metadata.codec === null ? [] : [metadata.codec]), ...given(metadata.channels === 1, WORDS.mono)];
		case 'document':
			return [...shape(metadata), ...given((metadata.pages ?? 1) > 1, WORDS.long), ...given(metadata.encrypted === true, WORDS.encrypted)];
		case 'table':
			return [...columns(metadata.columns ?? []), ...given(metadata.rows === 0, WORDS.empty)];
		default:
			return [];
	}
}

function shape({ width, height }: { readonly width: number | null; readonly height: number | null }): Trait[] {
	if (width === null || height === null) return [];
	return [width === height ? WORDS.square : width > height ? WORDS.landscape : WORDS.portrait];
}

function given(holds: boolean, words: Trait): Trait[] {
	return holds ? [words] : [];
}

/** Names say what a table is; two of the same names differ where types do. */
function columns(all: readonly { readonly name: string; readonly type: (typeof COLUMN_TYPES)[number] }[]): Trait[] {
	const names = all
		.slice(0, NAMED)
		.map(({ name, type }) => `${name} (${type})`)
		.join(', ');
	return [all.length > NAMED ? `${names} … (${all.length})` : names];
}
