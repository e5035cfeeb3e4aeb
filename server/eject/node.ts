/** The script for Node: what it does first, then the parts of Millwright that it uses. */
import { KIND_TITLES, type Kind, type Metadata } from '../../nodes/define.ts';
import { unknownOf } from '../../nodes/kinds.ts';
import type { ScriptModule } from '../engine/group.ts';
import type { DraftFunction } from './draft.ts';
import type { DraftVariant, ScriptFacts } from './eject.ts';
import { embedded } from './modules.ts';

const MAIN = { module: new URL('./runtime/main.ts', import.meta.url), names: ['main'] };
const GROUPS = { module: new URL('./runtime/groups.ts', import.meta.url), names: ['each', 'picturesIn', 'putBefore', 'run', 'selectOf', 'threads'] };

/** How facts of an input are found out, where a variant asks for them. */
const FACTS: { readonly [K in Kind]?: { readonly module: ScriptModule; readonly programs: readonly string[] } } = {
	image: { module: { module: new URL('../backends/image/facts.ts', import.meta.url), names: ['imageFacts'] }, programs: [] },
	video: { module: { module: new URL('../backends/video/facts.ts', import.meta.url), names: ['videoFacts'] }, programs: ['ffprobe'] },
	audio: { module: { module: new URL('../backends/video/facts.ts', import.meta.url), names: ['audioFacts'] }, programs: ['ffprobe'] },
	document: { module: { module: new URL('../backends/document/facts.ts', import.meta.url), names: ['documentFacts'] }, programs: [] },
};

const ENDINGS: { readonly [K in Kind]?: string } = {
	image: '/\\.(jpe?g|png|gif|webp|avif|tiff?|svg)$/i',
	video: '/\\.(mp4|m4v|mov|mkv|webm|avi|mpe?g|ts|flv|wmv|gif)$/i',
	audio: '/\\.(mp3|m4a|aac|wav|flac|ogg|opus|wma|aiff?|mp4|mov|mkv|webm)$/i',
	document: '/\\.pdf$/i',
	table: '/\\.(csv|tsv|json|jsonl|ndjson|parquet)$/i',
	text: '/\\.(txt|md|log|html?|csv)$/i',
};

/** The whole text of the script. */
export function nodeScript(facts: ScriptFacts): string {
	const { variants, sources } = facts;
	const functions: DraftFunction[] = [];
	const bodies = variants.map(({ draft }) => {
		const numbers = draft.functions.map((one) => {
			const known = functions.findIndex((other) => other.part.code === one.part.code && other.nodes.join() === one.nodes.join());
			return known >= 0 ? known + 1 : functions.push(one);
		});
		return draft.body.replace(/\{(\d+)\}(?=\()/g, (_, index: string) => `group${numbers[Number(index)] ?? 0}`);
	});
	const asked = sources.flatMap(({ id, kind }) => {
		const found = FACTS[kind];
		return found !== undefined && variants.some(({ fits }) => Object.keys(fits[id] ?? {}).some((fact) => fact !== 'count')) ? [{ kind, ...found }] : [];
	});
	const parts = functions.map(({ part }) => part);
	const modules = embedded([MAIN, GROUPS, ...parts.flatMap(({ uses }) => uses), ...asked.map(({ module }) => module)]);
	const packages = [...new Set([...modules.packages, ...parts.flatMap((part) => part.packages)])].sort();
	const programs = [...new Set([...parts.flatMap((part) => part.programs), ...asked.flatMap((one) => one.programs)])];
	const usage = usageOf(facts, packages, programs);
	return [
		'#!/usr/bin/env node',
		comment([facts.recipe.name, ...(facts.recipe.description === undefined ? [] : [facts.recipe.description]), '', ...usage.split('\n')]),
		IMPORTS,
		NEED,
		`check(${JSON.stringify(packages)});`,
		'',
		...functions.map((one, index) => functionText(one, index + 1)),
		...bodies.map((body, index) => `async function convert${index + 1}(sources, folder) {\n${indented(body)}\n}\n`),
		planText(facts, usage, programs, asked),
		'',
		'/* From here on: parts of Millwright that the above uses, as they are there. */',
		'',
		modules.text,
		'',
		'process.exitCode = await main(PLAN());',
		'',
	].join('\n');
}

const IMPORTS = [
	"import { mkdir, writeFile } from 'node:fs/promises';",
	"import { availableParallelism } from 'node:os';",
	"import { join } from 'node:path';",
	'',
].join('\n');

const NEED = `/** A package that was found to be there. */
const need = (name) => import(name);

/** Words on packages that are not. */
function check(names) {
	const missing = names.filter((name) => {
		try {
			import.meta.resolve(name);
			return false;
		} catch (error) {
			return error.code === 'ERR_MODULE_NOT_FOUND';
		}
	});
	if (missing.length === 0) return;
	console.error(\`This script needs npm packages that are not there. Beside it, run: npm install \${missing.join(' ')}\`);
	process.exit(1);
}
`;

function functionText({ nodes, backend, part }: DraftFunction, number: number): string {
	const element = part.count === undefined ? '' : ', element';
	return `/** ${safe(nodes.join(' → '))} (${backend}) */\nasync function group${number}(inputs, folder${element}) {\n${indented(part.code)}\n}\n`;
}

function planText(
	{ sources, variants }: ScriptFacts,
	usage: string,
	programs: readonly string[],
	asked: readonly { readonly kind: Kind; readonly module: ScriptModule }[],
): string {
	const inputs = sources.map(
		({ id, names, kind, many }) =>
			`{ id: ${JSON.stringify(id)}, names: ${JSON.stringify(names)}, kind: '${kind}', many: ${many}, metadata: ${JSON.stringify({ ...unknownOf(kind), format: 'file' })}, endings: ${ENDINGS[kind] ?? 'null'} },`,
	);
	const ways = variants.map((variant, index) => `{ fits: ${JSON.stringify(variant.fits)}, tables: ${tablesText(variant)}, convert: convert${index + 1} },`);
	const facts = [...new Map(asked.map(({ kind, module }) => [kind, module.names[0] ?? '']))].map(([kind, name]) => `${kind}: ${name}`);
	return [
		'const PLAN = () => ({',
		`\tusage: ${JSON.stringify(usage)},`,
		`\tsources: [${inputs.map((input) => `\n\t\t${input}`).join('')}${inputs.length > 0 ? '\n\t' : ''}],`,
		`\tprograms: ${JSON.stringify(programs)},`,
		`\tfacts: { ${facts.join(', ')} },`,
		'\tvariants: [',
		...ways.map((way) => `\t\t${way}`),
		'\t],',
		'});',
	].join('\n');
}

function tablesText({ tables }: DraftVariant): string {
	return JSON.stringify(
		Object.fromEntries(Object.entries(tables).map(([id, { select, encoding, header, metadata }]) => [id, { select, encoding, header, metadata }])),
	);
}

function usageOf({ recipe, file, sources, variants }: ScriptFacts, packages: readonly string[], programs: readonly string[]): string {
	const inputs = sources.map(({ id, many }) => (sources.length === 1 ? 'INPUT…' : `${id}=INPUT${many ? '…' : ''}`));
	const [first] = sources;
	const kind = first === undefined ? 'file' : KIND_TITLES[first.kind].en.toLowerCase();
	const limits = sources.flatMap(({ id }) => {
		const each = variants.map(({ fits, tables }) => {
			const header = tables[id]?.header ?? null;
			const said = Object.entries(fits[id] ?? {}).map(([fact, value]) => `${fact} ${value === 'even' ? 'even' : String(value)}`);
			return [...said, ...(header === null ? [] : [`the columns ${header}${typesText(tables[id]?.metadata)}`])].join(', ');
		});
		return each.every((one) => one === '') ? [] : [`It was written for: ${id} with ${each.map((one) => one || 'anything').join('; or ')}.`];
	});
	return [
		`node ${file} ${[...inputs, 'OUT_FOLDER'].join(' ')} [--overwrite] [--threads N]`,
		'',
		...(first === undefined ? [] : [`An INPUT is a file, or a folder: then every ${kind} in it.`]),
		'Nothing is replaced without --overwrite. Exit status: 0 done, 1 something failed, 2 not called rightly.',
		...limits.map(safe),
		...(packages.length === 0 ? [] : [`It needs npm packages: npm install ${packages.join(' ')}`]),
		...(programs.length === 0 ? [] : [`It needs programs: ${programs.join(', ')}`]),
		`Written by Millwright from the recipe "${safe(recipe.name)}"; it needs no Millwright.`,
	].join('\n');
}

/** Columns of other files are read as these types, too. */
function typesText(metadata: Metadata | undefined): string {
	return metadata?.kind !== 'table' || metadata.columns === null ? '' : ` (${metadata.columns.map(({ type }) => type).join(', ')})`;
}

function comment(lines: readonly string[]): string {
	return `/*\n${lines.map((line) => ` * ${safe(line)}`.trimEnd()).join('\n')}\n */`;
}

/** A text inside a comment, which it can't end. */
function safe(text: string): string {
	return text.replaceAll('*/', '* /').replace(/[\r\n\u2028\u2029]+/g, ' ');
}

/** Only lines that begin a statement are moved: a text over several lines stays as it is, because texts of ours are literals on one line. */
function indented(text: string): string {
	return text.replace(/^(?=.)/gm, '\t');
}
