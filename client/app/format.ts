/** Numbers as people read them. */

/** `1.2 MB`: decimal units, as file managers show them. */
export function bytesText(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	const units = ['kB', 'MB', 'GB', 'TB'];
	let value = bytes;
	let unit = -1;
	while (value >= 999.5 && unit < units.length - 1) {
		value /= 1000;
		unit += 1;
	}
	return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** `0.4 s`, `12 s`, `2:05`, `1:02:05`. */
export function secondsText(seconds: number): string {
	if (seconds < 0.095) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
	if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
	if (seconds < 59.5) return `${Math.round(seconds)} s`;
	const whole = Math.round(seconds);
	const pad = (value: number) => String(value).padStart(2, '0');
	const hours = Math.floor(whole / 3600);
	const minutes = Math.floor((whole % 3600) / 60);
	return hours === 0 ? `${minutes}:${pad(whole % 60)}` : `${hours}:${pad(minutes)}:${pad(whole % 60)}`;
}

/** Lengths of media: `5.0 s`, `1:05`. */
export function durationText(seconds: number): string {
	return seconds < 60 ? `${Number.isInteger(seconds) ? seconds : seconds.toFixed(seconds < 10 ? 2 : 1)} s` : secondsText(seconds);
}

/** `12,480`. */
export function countText(count: number): string {
	return count.toLocaleString('en-US');
}

export function percentText(share: number): string {
	return `${Math.round(Math.min(1, Math.max(0, share)) * 100)} %`;
}

/** A cell of a table. */
export function cellText(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(7)));
	if (typeof value === 'object') return JSON.stringify(value);
	return String(value);
}
