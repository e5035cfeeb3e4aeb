import { RunError } from '../../../nodes/problems.ts';

/** What ffmpeg's last words mean for people. The words are those of ffmpeg 4 to 7. */
export function reasonOf(stderr: string, name: string, signal: NodeJS.Signals | null): RunError {
	const detail = stderr.trim();
	const place = { detail };
	if (/No space left on device|Disk quota exceeded/.test(detail)) return new RunError('run.disk-full', {}, { detail, resource: true });
	if (signal !== null) return new RunError('run.worker-died', { reason: signal }, { detail, resource: true });
	if (/Cannot allocate memory|Error allocating|out of memory/i.test(detail)) return new RunError('video.out-of-memory', {}, { detail, resource: true });
	const encoder =
		/Unknown (?:en|de)coder '([^']+)'/.exec(detail) ?? /No such filter: '([^']+)'/.exec(detail) ?? /Decoder \(codec ([^)]+)\) not found/.exec(detail);
	if (encoder !== null) return new RunError('video.unsupported-codec', { codec: encoder[1] ?? '' }, place);
	if (/Cannot find a valid font|Could not load font|No font filename/.test(detail)) return new RunError('video.no-font', {}, place);
	if (/Format not on whitelist|Protocol .* not on whitelist/.test(detail))
		return new RunError('input.broken', { name, format: 'video', reason: 'it points to other files instead of holding pictures or sound' }, place);
	const media = /Stream (?:map|specifier) '?[^']*:?([Va]):0'?.* matches no streams|Stream specifier ':([Va]):0'/.exec(detail);
	if (media !== null) return new RunError('video.no-stream', { media: (media[1] ?? media[2]) === 'a' ? 'sound' : 'picture' }, place);
	if (/moov atom not found/.test(detail)) return new RunError('video.broken', { reason: 'its index is missing, as after a broken download' }, place);
	if (/Invalid data found when processing input|could not find codec parameters|Invalid NAL unit size/i.test(detail))
		return new RunError('video.broken', { reason: 'it does not hold what its name promises' }, place);
	if (/does not contain any stream/.test(detail)) return new RunError('video.broken', { reason: 'nothing in it could be used' }, place);
	return new RunError('video.failed', { reason: lastLine(detail) }, place);
}

function lastLine(text: string): string {
	const line =
		text
			.split('\n')
			.filter((one) => one.trim() !== '')
			.at(-1) ?? 'no reason given';
	return line.replace(/^\[[^\]]+\]\s*/, '').slice(0, 300);
}
