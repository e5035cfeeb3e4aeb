/** A node's parameters in a few words: `Width 800 px · Fill and crop`. */
import { type Field, fieldsOf, type Params, type Spec } from '../../nodes/define.ts';
import type { Language } from '../../nodes/messages/index.ts';

/** What was set otherwise than the default, at most three; empty when nothing was. */
export function summaryOf(spec: Spec, params: Params, language: Language): string {
	const said: string[] = [];
	for (const field of fieldsOf(spec.params, params)) {
		const value = params[field.name];
		if (value === undefined || JSON.stringify(value) === JSON.stringify(field.default)) continue;
		const text = valueText(field, value, language);
		if (text !== '') said.push(text);
		if (said.length === 3) break;
	}
	return said.join(' · ');
}

function valueText(field: Field, value: unknown, language: Language): string {
	if (field.control === 'toggle') return value === true ? field.title[language] : '';
	if (field.control === 'choice') return field.choices?.find((choice) => choice.value === value)?.title[language] ?? String(value);
	if (field.control === 'number')
		return `${field.title[language]} ${String(value)}${field.unit === undefined ? '' : `${/[%°×]/.test(field.unit) ? '' : ' '}${field.unit}`}`;
	if (field.control === 'columns' && Array.isArray(value)) return value.join(', ');
	if (field.control === 'list' && Array.isArray(value)) return value.length === 0 ? '' : `${field.title[language]} × ${value.length}`;
	if (field.control === 'code' || field.control === 'long-text') return '';
	return typeof value === 'string' ? value : '';
}
