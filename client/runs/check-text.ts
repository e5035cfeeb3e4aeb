/** A check as people read it: `Duration = 5 s`, `Size ≤ 8 MB`. */
import type { Check } from '../../nodes/graph.ts';
import type { Language } from '../../nodes/messages/index.ts';
import { bytesText } from '../app/format.ts';
import { pageText } from '../app/messages/index.ts';

const UNITS: { readonly [P in Check['property']]?: string } = { width: ' px', height: ' px', duration: ' s', fps: ' fps' };
const SIGNS = { '=': '', '<=': '≤ ', '>=': '≥ ' } as const;

export function checkText(check: Check, language: Language): string {
	return `${pageText(language, `check.${check.property}`)} ${SIGNS[check.compare]}${valueText(check, check.value, language)}`;
}

/** A value that was found or asked for. */
export function valueText(check: Check, value: string | number | boolean | null, language: Language): string {
	if (value === null) return pageText(language, 'check.unknown');
	if (typeof value === 'boolean') return pageText(language, value ? 'check.yes' : 'check.no');
	if (typeof value === 'number') return check.property === 'bytes' ? bytesText(value) : `${Number(value.toFixed(3))}${UNITS[check.property] ?? ''}`;
	return check.property === 'format' ? value.toUpperCase() : value;
}
