/** What `nodes/problems.ts` is in a script: the same errors, with the English messages of those that can come up. */
import { type MessageKey, say } from '../../nodes/messages/index.ts';

/** Statements that define it under this name. @param keys of messages; others are passed over. */
export function problemsText(part: string, keys: ReadonlySet<string>): string {
	const messages = [...keys].sort().flatMap((key) => {
		const text = messageOf(key);
		return text === null ? [] : [`\t${JSON.stringify(key)}: ${JSON.stringify(text)},`];
	});
	return [
		'/* Messages, and the errors that carry them. */',
		`const ${part} = (() => {`,
		'const MESSAGES = {',
		...messages,
		'};',
		'class RunError extends Error {',
		'\tconstructor(key, values = {}, place = {}, cause = undefined) {',
		'\t\tconst text = MESSAGES[key] ?? key;',
		"\t\tsuper(text.replace(/\\{([\\w-]+)\\}/g, (place, name) => (name in values ? String([values[name]].flat().join(', ')) : place)), { cause });",
		'\t\tthis.problem = { key, values, ...place };',
		'\t}',
		'}',
		'class GraphError extends RunError {}',
		'class ProblemError extends RunError {}',
		"class Cancelled extends RunError { constructor() { super('run.cancelled'); } }",
		'return { RunError, GraphError, ProblemError, Cancelled };',
		'})();',
	].join('\n');
}

function messageOf(key: string): string | null {
	return isKey(key) ? say('en', key) : null;
}

function isKey(key: string): key is MessageKey {
	try {
		return typeof say('en', key as MessageKey) === 'string';
	} catch {
		return false;
	}
}
