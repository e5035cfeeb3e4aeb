import { z } from 'zod';

const contentSchema = z.discriminatedUnion('content', [
	z.object({ content: z.literal('text'), text: z.string() }),
	z.object({ content: z.literal('wifi'), network: z.string(), password: z.string(), hidden: z.boolean() }),
	z.object({
		content: z.literal('contact'),
		name: z.string(),
		phone: z.string().optional(),
		email: z.string().optional(),
		organisation: z.string().optional(),
		website: z.string().optional(),
	}),
]);

/** The text that a code holds, in the form in which phones know links, networks and contacts. */
export function textOf(params: unknown): string {
	const content = contentSchema.parse(params);
	if (content.content === 'text') return content.text;
	if (content.content === 'wifi') {
		const security = content.password === '' ? 'T:nopass;' : `T:WPA;P:${escaped(content.password, /[\\;,":]/g)};`;
		return `WIFI:${security}S:${escaped(content.network, /[\\;,":]/g)};${content.hidden ? 'H:true;' : ''};`;
	}
	const line = (name: string, value: string | undefined) => (value === undefined || value === '' ? [] : [`${name}:${escaped(value, /[\\;,]/g)}`]);
	return [
		'BEGIN:VCARD',
		'VERSION:3.0',
		...line('N', content.name),
		...line('FN', content.name),
		...line('TEL', content.phone),
		...line('EMAIL', content.email),
		...line('ORG', content.organisation),
		...(content.website === undefined ? [] : [`URL:${content.website.replace(/[\r\n]/g, '')}`]),
		'END:VCARD',
	].join('\n');
}

function escaped(text: string, special: RegExp): string {
	return text.replace(special, '\\$&').replace(/\r?\n/g, ' ');
}
