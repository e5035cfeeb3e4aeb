/** Draws a chart's JSON with Vega, with nothing but what is inside it: no file, no address, no code. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import * as vega from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { ProblemError, RunError } from '../../../../nodes/problems.ts';
import { FONT } from './theme.ts';

type Json = Readonly<Record<string, unknown>>;

/** Largest picture, in pixels. */
const MOST_PIXELS = 64_000_000;
/** Rows that a chart may make by itself (`sequence`). */
const MOST_MADE = 100_000;

const require = createRequire(import.meta.url);
let measuring: SKRSContext2D | undefined;
const registered = new Set<string>();

/** Reading a font takes milliseconds, so that only those are read whose letters occur. */
function registerFonts(text: string): void {
	const folder = join(dirname(require.resolve('@fontsource-variable/inter/package.json')), 'files');
	for (const range of /[^\0-\xff]/.test(text) ? ['latin', 'latin-ext', 'cyrillic', 'greek'] : ['latin']) {
		if (registered.has(range)) continue;
		GlobalFonts.registerFromPath(join(folder, `inter-${range}-wght-normal.woff2`), 'Inter');
		registered.add(range);
	}
}

/** Texts are measured with the fonts that they are drawn in; Vega's own guess is off by a fifth. */
function prepareFonts(chart: Json): SKRSContext2D {
	registerFonts(JSON.stringify(chart));
	if (measuring !== undefined) return measuring;
	measuring = createCanvas(1, 1).getContext('2d');
	const context = measuring;
	const metrics: unknown = Reflect.get(vega, 'textMetrics');
	if (typeof metrics === 'object' && metrics !== null) {
		Reflect.set(metrics, 'width', (item: TextItem, text?: unknown) => {
			context.font = fontOf(item);
			return context.measureText(lineOf(text ?? item.text)).width;
		});
	}
	return context;
}

interface TextItem {
	readonly text?: unknown;
	readonly fontSize?: number;
	readonly fontWeight?: number | string;
	readonly fontStyle?: string;
	readonly font?: string;
}

function fontOf({ fontStyle, fontWeight, fontSize, font }: TextItem): string {
	return `${fontStyle ?? ''} ${fontWeight ?? ''} ${fontSize ?? 11}px ${font ?? 'sans-serif'}`.trim();
}

function lineOf(text: unknown): string {
	return String(Array.isArray(text) ? text.reduce<string>((a, b) => (String(b).length > a.length ? String(b) : a), '') : (text ?? ''));
}

/** A loader that loads nothing and remembers who asked. */
function blockedLoader(asked: string[]): vega.Loader {
	const refuse = (address: string) => {
		asked.push(address);
		return Promise.reject(new RunError('chart.outside', { address }));
	};
	return { load: refuse, sanitize: (address) => refuse(address), http: (address) => refuse(address), file: (name) => refuse(name) };
}

/** The Vega spec of a chart, by itself or by Vega-Lite. */
export function vegaSpec(chart: Json): vega.Spec {
	try {
		const schema = String(chart.$schema ?? '');
		const spec = /\/vega\/v/.test(schema) ? asVega(chart) : compile(asVegaLite(lettered(fitted(chart)))).spec;
		capped(spec);
		return spec;
	} catch (error) {
		if (error instanceof ProblemError) throw error;
		throw new RunError('chart.broken', { reason: error instanceof Error ? error.message : String(error) }, {}, error);
	}
}

/** A chart of a given size is that size as a whole, its axes and title included. */
function fitted(chart: Json): Json {
	const single = typeof chart.width === 'number' && typeof chart.height === 'number' && ('mark' in chart || 'layer' in chart);
	return single && !('autosize' in chart) ? { ...chart, autosize: { type: 'fit', contains: 'padding' } } : chart;
}

/* What "sans-serif" is depends on what else the worker has drawn. */
function lettered(chart: Json): Json {
	return { ...chart, config: { font: FONT, ...(typeof chart.config === 'object' ? chart.config : {}) } };
}

/* The shape of both is checked by the libraries themselves, which throw. */
function asVega(chart: object): vega.Spec {
	return chart as vega.Spec;
}

function asVegaLite(chart: object): TopLevelSpec {
	return chart as TopLevelSpec;
}

/** Refuses generators that would fill the memory. */
function capped(value: unknown): void {
	if (typeof value !== 'object' || value === null) return;
	if ('type' in value && value.type === 'sequence' && 'stop' in value) {
		const step = 'step' in value && typeof value.step === 'number' ? Math.abs(value.step) : 1;
		const start = 'start' in value && typeof value.start === 'number' ? value.start : 0;
		if (typeof value.stop !== 'number' || Math.abs(value.stop - start) / step > MOST_MADE)
			throw new RunError('chart.broken', { reason: `a sequence of more than ${MOST_MADE} values` });
	}
	for (const inner of Object.values(value)) capped(inner);
}

async function viewOf(chart: Json): Promise<{ readonly view: vega.View; readonly check: () => void }> {
	prepareFonts(chart);
	const asked: string[] = [];
	const errors: string[] = [];
	const logger = vega.logger(vega.Error);
	const report = (...messages: readonly unknown[]) => {
		errors.push(messages.map(String).join(' '));
		return logger;
	};
	Object.assign(logger, { error: report });
	const runtime = vega.parse(vegaSpec(chart), {}, { ast: true });
	const view = new vega.View(runtime, { renderer: 'none', loader: blockedLoader(asked), expr: expressionInterpreter, logger });
	const check = () => {
		if (asked[0] !== undefined) throw new RunError('chart.outside', { address: asked[0] });
		if (errors[0] !== undefined) throw new RunError('chart.broken', { reason: errors[0] });
	};
	return { view, check };
}

async function drawn<T>(chart: Json, draw: (view: vega.View) => Promise<T>): Promise<T> {
	const { view, check } = await viewOf(chart).catch((error: unknown) => {
		throw error instanceof ProblemError ? error : new RunError('chart.broken', { reason: error instanceof Error ? error.message : String(error) }, {}, error);
	});
	try {
		await view.runAsync();
		check();
		const made = await draw(view);
		check();
		return made;
	} catch (error) {
		check();
		throw error instanceof ProblemError ? error : new RunError('chart.broken', { reason: error instanceof Error ? error.message : String(error) }, {}, error);
	} finally {
		view.finalize();
	}
}

/** The chart as SVG text. */
export async function chartSvg(chart: Json): Promise<string> {
	return drawn(chart, (view) => view.toSVG());
}

/** A drawn chart: opaque, 8-bit RGBA. */
export interface Picture {
	readonly data: Uint8Array;
	readonly width: number;
	readonly height: number;
}

/** The chart as a picture of `scale` pixels a point, on an opaque background. */
export async function chartPicture(chart: Json, scale: number): Promise<Picture> {
	return drawn(chart, async (view) => {
		const size = /<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"/.exec(await view.toSVG());
		const width = Math.max(1, Math.round(Number(size?.[1] ?? 1) * scale));
		const height = Math.max(1, Math.round(Number(size?.[2] ?? 1) * scale));
		if (width * height > MOST_PIXELS) throw new RunError('chart.broken', { reason: `${width} × ${height} pixels are too many` });
		const canvas = createCanvas(width, height);
		const context = canvas.getContext('2d');
		context.fillStyle = '#ffffff';
		context.fillRect(0, 0, width, height);
		// Vega scales a context that it is given.
		await view.toCanvas(scale, { externalContext: context });
		return { data: canvas.data(), width, height };
	});
}

/** Width and height of an SVG, in points. */
export function svgSize(svg: string): { readonly width: number; readonly height: number } {
	const size = /<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"/.exec(svg);
	return { width: Math.round(Number(size?.[1] ?? 1)), height: Math.round(Number(size?.[2] ?? 1)) };
}
