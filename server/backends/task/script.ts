/** Tasks as JavaScript: the runner's own text goes into the script and is called as it is here. */
import type { Group, Part, ScriptModule, ScriptPart } from '../../engine/group.ts';

interface Ejectable {
	readonly module: URL;
	/** What the script calls it. */
	readonly name: string;
	/** The runner looks at what is expected of it. */
	readonly expected?: true;
}

/** Tasks whose runners need nothing but packages and their inputs. */
const EJECTABLE: Readonly<Record<string, Ejectable>> = {
	'chart.bar': { module: new URL('./chart-bar.ts', import.meta.url), name: 'barChart' },
	'chart.line': { module: new URL('./chart-line.ts', import.meta.url), name: 'lineChart' },
	'chart.pie': { module: new URL('./chart-pie.ts', import.meta.url), name: 'pieChart' },
	'chart.save': { module: new URL('./chart-save.ts', import.meta.url), name: 'saveChart' },
	'chart.scatter': { module: new URL('./chart-scatter.ts', import.meta.url), name: 'scatterChart' },
	'document.pages': { module: new URL('./document-pages.ts', import.meta.url), name: 'pages' },
	'document.text': { module: new URL('./document-text.ts', import.meta.url), name: 'documentText' },
	'image.contact-sheet': { module: new URL('./image-contact-sheet.ts', import.meta.url), name: 'contactSheet' },
	'image.palette': { module: new URL('./image-palette.ts', import.meta.url), name: 'palette', expected: true },
	'image.qr': { module: new URL('./image-qr.ts', import.meta.url), name: 'qrCode' },
	'image.stitch': { module: new URL('./image-stitch.ts', import.meta.url), name: 'stitch' },
	'table.answer': { module: new URL('./table-answer.ts', import.meta.url), name: 'answer' },
	'text.count': { module: new URL('./text-count.ts', import.meta.url), name: 'countWords' },
	'text.save': { module: new URL('./text-save.ts', import.meta.url), name: 'saveText' },
};

const RANGE = new URL('../../../nodes/document/range.ts', import.meta.url);
const OPEN = new URL('../document/open.ts', import.meta.url);
const WRITE = new URL('../image/write.ts', import.meta.url);

/** Tasks that give pixels; where somebody reads a file, they are written into one. */
const PIXELS: ReadonlySet<string> = new Set(['image.qr']);

/** The task as a script, or why it isn't one. */
export function taskScript(group: Group): ScriptPart | string {
	const [part, ...more] = group.parts;
	const task = part === undefined ? undefined : EJECTABLE[part.spec];
	if (part === undefined || task === undefined || more.length > 0) return '';
	const element = part.element !== undefined;
	if (element && part.spec !== 'document.pages') return '';
	const written = group.outputs.some(({ keep }) => keep === 'file') && (element || PIXELS.has(part.spec));
	const values = group.outputs.map(({ port, keep }) =>
		written && keep === 'file'
			? `{ path: await writePixels(made.${port}.pixels, folder), name: '${port}.png', metadata: made.${port}.metadata }`
			: `made.${port}`,
	);
	const given = [
		`params: ${JSON.stringify(part.params)},`,
		`inputs: ${inputsText(part, group.inputs.length)},`,
		`expected: ${task.expected === true ? JSON.stringify(part.expected) : '{}'},`,
		...(element ? ['element,'] : []),
		'folder,',
		'signal: new AbortController().signal,',
		'progress: () => {},',
		'threads: availableParallelism(),',
	];
	return {
		code: [`const made = await ${task.name}({`, ...given.map((line) => `\t${line}`), '});', `return [${values.join(', ')}];`].join('\n'),
		uses: [
			{ module: task.module, names: [`default as ${task.name}`] },
			...(element ? countModules() : []),
			...(written ? [{ module: WRITE, names: ['writePixels'] }] : []),
		],
		packages: [],
		programs: [],
		...(element ? { count: countText(part) } : {}),
	};
}

function countModules(): readonly ScriptModule[] {
	return [
		{ module: RANGE, names: ['pagesOf'] },
		{ module: OPEN, names: ['openDocument'] },
	];
}

function countText({ params }: Part): string {
	const range = typeof params.pages === 'string' ? JSON.stringify(params.pages) : 'undefined';
	return `pagesOf(${range}, (await openDocument(inputs[0].path, inputs[0].name)).numPages).length`;
}

/** A task of one port takes all that the group reads, however many there are. */
function inputsText({ inputs }: Part, count: number): string {
	const ports = Object.entries(inputs).filter(([, refs]) => refs.length > 0);
	const [only] = ports;
	const all = ports.length === 1 && only?.[1].length === count && only[1].every((ref, index) => 'input' in ref && ref.input === index);
	if (all) return `{ ${only[0]}: inputs }`;
	const each = ports.map(([port, refs]) => `${port}: [${refs.map((ref) => ('input' in ref ? `inputs[${ref.input}]` : 'undefined')).join(', ')}]`);
	return each.length === 0 ? '{}' : `{ ${each.join(', ')} }`;
}
