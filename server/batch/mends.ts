/** What would help a whole group of failed items: words, and the change itself where it is one of a parameter or an option. */
import type { Recipe } from '../../nodes/graph.ts';
import type { MessageKey, Values } from '../../nodes/messages/index.ts';
import type { Problem } from '../../nodes/problems.ts';
import { fieldFor } from './settings.ts';

export interface Mend {
	/** Says it. */
	readonly key: MessageKey;
	readonly values: Values;
	/** `node.param` → value. */
	readonly set?: Readonly<Record<string, string | number>>;
	/** Seconds. */
	readonly timeout?: number;
	/** Items at once. */
	readonly jobs?: number;
	readonly existing?: 'skip';
}

/** Problems of one cause, and the recipe in which they came up. */
interface Group {
	readonly problems: readonly Problem[];
	readonly first: Problem;
	readonly recipe: Recipe;
}

type Proposal = (group: Group) => Mend | null;

const words =
	(key: MessageKey, values: Values = {}): Proposal =>
	() => ({ key, values });

const TIMES = 4;

const timeout: Proposal = ({ problems }) => {
	const seconds = Math.ceil(Math.max(...problems.map(({ values }) => Number(values.seconds) || 0)) * TIMES);
	return seconds > 0 ? { key: 'mend.timeout', values: { seconds }, timeout: seconds } : null;
};

const alone: Proposal = () => ({ key: 'mend.alone', values: {}, jobs: 1 });

/** The parameter that the problem names gets the largest value that fits all of them. */
const within =
	(name: string, exact: readonly string[]): Proposal =>
	({ problems, first: { node, param }, recipe }) => {
		const limit = Math.min(...problems.map(({ values }) => Number(values[name])));
		if (!Number.isFinite(limit) || node === undefined || param === undefined) return null;
		if (exact.includes(param)) return setting({ recipe, node, param, value: limit });
		return { key: 'mend.within', values: { node, param, limit } };
	};

const least =
	(name: string, param: string): Proposal =>
	({ problems, first: { node }, recipe }) =>
		node === undefined ? null : setting({ recipe, node, param, value: Math.max(...problems.map(({ values }) => Number(values[name]))) });

const pages: Proposal = ({ problems, first: { node }, recipe }) =>
	node === undefined ? null : setting({ recipe, node, param: 'pages', value: `1-${Math.min(...problems.map(({ values }) => Number(values.pages)))}` });

const format: Proposal = ({ problems, first: { node, param }, recipe }) => {
	const [value] = choicesOf(problems);
	return value === undefined || node === undefined || param === undefined ? null : setting({ recipe, node, param, value });
};

/** The column that was probably meant, where all of them have it; else those that all of them have. */
const column: Proposal = ({ problems, first: { node, param, values }, recipe }) => {
	const choices = choicesOf(problems);
	if (choices.length === 0) return null;
	const meant = typeof values.value === 'string' ? nearest(values.value, choices) : undefined;
	if (meant === undefined || node === undefined || param === undefined) return { key: 'mend.columns', values: { choices } };
	const written = recipe.graph.nodes[node]?.params[param];
	const value = Array.isArray(written) ? JSON.stringify(written.map((one) => (one === values.value ? meant : one))) : meant;
	const mend = Array.isArray(written) || written === values.value ? setting({ recipe, node, param, value }) : null;
	return mend === null ? { key: 'mend.columns', values: { choices } } : { ...mend, key: 'mend.column', values: { value: meant } };
};

const failedTable: Proposal = ({ problems }) =>
	problems.every(({ values }) => /utf-?8|unicode|encod/i.test(String(values.reason))) ? { key: 'mend.encoding', values: {} } : null;

const noSound: Proposal = ({ first: { node } }) => (node === undefined ? null : { key: 'mend.no-sound', values: { node } });

const pixels: Proposal = ({ problems }) => ({ key: 'mend.pixels', values: { limit: Math.min(...problems.map(({ values }) => Number(values.limit))) } });

const MENDS: { readonly [K in MessageKey]?: Proposal } = {
	'run.timeout': timeout,
	'run.worker-died': alone,
	'run.disk': words('mend.folder'),
	'run.disk-full': words('mend.disk'),
	'run.unavailable': words('mend.install'),
	'code.memory': alone,
	'code.no-module': words('mend.install'),
	'table.memory': alone,
	'video.out-of-memory': alone,
	'input.empty': words('mend.get-again'),
	'input.broken': words('mend.get-again'),
	'input.unsupported': words('mend.convert'),
	'input.kind': words('mend.kind'),
	'input.changed': words('mend.again'),
	'image.cut-off': words('mend.get-again'),
	'image.not-readable': words('mend.convert'),
	'image.too-many-pixels': pixels,
	'image.too-large-for-format': format,
	'video.broken': words('mend.get-again'),
	'video.no-ffmpeg': words('mend.install'),
	'video.no-font': words('mend.install'),
	'video.unsupported-codec': words('mend.install'),
	'video.no-sound': noSound,
	'video.no-stream': words('mend.kind'),
	'video.still-image': words('mend.still'),
	'video.trim-past-end': within('duration', ['to']),
	'video.trim-too-long': within('duration', ['seconds']),
	'video.trim-nothing-left': within('duration', []),
	'document.broken': words('mend.get-again'),
	'document.encrypted': words('mend.password'),
	'document.locked': words('mend.password'),
	'document.no-page': pages,
	'graph.column': column,
	'table.not-numeric': column,
	'table.ragged': words('mend.lines'),
	'table.value': words('mend.lines'),
	'table.empty': words('mend.get-again'),
	'table.failed': failedTable,
	'qr.too-small': least('least', 'size'),
	'output.exists': () => ({ key: 'mend.exists', values: {}, existing: 'skip' }),
	'output.readonly': words('mend.folder'),
	'output.original': words('mend.folder'),
};

/** A proposal that holds for all of these, which have the same key and node. */
export function mendFor(problems: readonly Problem[], recipe: Recipe): Mend | null {
	const [first] = problems;
	return first === undefined ? null : (MENDS[first.key]?.({ problems, first, recipe }) ?? null);
}

/** Options of the command line that make the change. */
export function optionsOf({ set = {}, timeout: seconds, jobs, existing }: Mend): string[] {
	return [
		...Object.entries(set).flatMap(([param, value]) => ['--set', `${param}=${value}`]),
		...(seconds === undefined ? [] : ['--timeout', String(seconds)]),
		...(jobs === undefined ? [] : ['--jobs', String(jobs)]),
		...(existing === undefined ? [] : ['--skip-existing']),
	];
}

/** What every list holds, in the order of the first. */
export function inAll(lists: readonly (readonly string[])[]): string[] {
	const [first = [], ...others] = lists;
	return first.filter((one) => others.every((list) => list.includes(one)));
}

/** Null where the node has no such parameter, or a wire or a table sets it. */
function setting({ recipe, node, param, value }: { recipe: Recipe; node: string; param: string; value: string | number }): Mend | null {
	const found = recipe.graph.nodes[node];
	try {
		if (found === undefined || fieldFor(node, found, param, value) === undefined) return null;
	} catch {
		return null;
	}
	return { key: 'mend.set', values: { node, param, value }, set: { [`${node}.${param}`]: value } };
}

function choicesOf(problems: readonly Problem[]): string[] {
	return inAll(problems.map(({ values }) => (Array.isArray(values.choices) ? values.choices : [])));
}

/** The choice that differs from what was written only by case, spaces and signs, or by up to two letters. */
function nearest(written: string, choices: readonly string[]): string | undefined {
	const plain = (text: string) =>
		text
			.normalize('NFKC')
			.toLowerCase()
			.replaceAll(/[^\p{L}\p{N}]/gu, '');
	const alike = choices.find((choice) => plain(choice) === plain(written));
	if (alike !== undefined) return alike;
	const near = choices.filter((choice) => plain(written).length > 3 && distance(plain(choice), plain(written)) <= 2);
	return near.length === 1 ? near[0] : undefined;
}

/** Letters to change, add or drop. */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
		row = next;
	}
	return row[b.length] ?? 0;
}
