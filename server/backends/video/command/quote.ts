/** Numbers, colours and words in the syntaxes of ffmpeg and of the shell. */

/** A number without exponent, to the microsecond. */
export function num(value: number): string {
	return String(Number(value.toFixed(6)));
}

/** `#rrggbb` or `#rrggbbaa` as ffmpeg writes it. */
export function colour(hex: string, opacity = 1): string {
	const alpha = hex.length === 9 ? Number.parseInt(hex.slice(7), 16) / 255 : 1;
	return `0x${hex.slice(1, 7)}@${num(alpha * opacity)}`;
}

/** An expression as the value of a filter's option: commas belong to it, and do not end the filter. */
export function expression(text: string): string {
	return `'${text}'`;
}

/** One word of a POSIX shell. */
export function shell(word: string): string {
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
