import { type Field, fieldsOf, type Ports, type Spec } from '../nodes/define.ts';

/** The doc page of a spec, in Markdown. */
export function nodeDoc(spec: Spec): string {
	const lines = [`# ${spec.title.en} · ${spec.title.zh}`, '', `\`${spec.id}\` · version ${spec.version}`, '', spec.summary.en, '', spec.summary.zh, ''];
	lines.push(...ports('Inputs', spec.inputs), ...ports('Outputs', spec.outputs), ...parameters(fieldsOf(spec.params)));
	if (spec.phrases.en.length > 0) lines.push('## How to ask for it', '', [...spec.phrases.en, ...spec.phrases.zh].join(' · '), '');
	lines.push('## Example', '', '```json', JSON.stringify(spec.example.params, null, 2), '```', '');
	return lines.join('\n');
}

function ports(heading: string, all: Ports): string[] {
	const entries = Object.entries(all);
	if (entries.length === 0) return [];
	const row = ([name, port]: (typeof entries)[number]) =>
		`- \`${name}\`: ${port.kind}${port.many === true ? ', many' : ''}${port.optional === true ? ', optional' : ''}. ${port.title.en} · ${port.title.zh}`;
	return [`## ${heading}`, '', ...entries.map(row), ''];
}

function parameters(fields: readonly Field[]): string[] {
	if (fields.length === 0) return [];
	return ['## Parameters', '', '| name | what | values | default |', '| --- | --- | --- | --- |', ...fields.map(row), ''];
}

function row(field: Field): string {
	const range = field.min === undefined ? '' : `${field.min} to ${field.max}${field.unit === undefined ? '' : ` ${field.unit}`}`;
	const values = field.choices?.map((one) => `\`${one.value}\``).join(', ') ?? (range || field.control);
	const fallback = field.required ? 'must be given' : field.default === undefined ? 'none' : `\`${JSON.stringify(field.default)}\``;
	return `| \`${field.name}\` | ${field.title.en} · ${field.title.zh} | ${values.replaceAll('|', '\\|')} | ${fallback.replaceAll('|', '\\|')} |`;
}
