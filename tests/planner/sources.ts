/** Sources as the engine would look at the fixtures, as plain data: planning is tested without opening a file. */
import type { Column, Metadata } from '../../nodes/kinds.ts';
import type { Source } from '../../server/engine/engine.ts';
import { fixture } from '../fixtures/index.ts';

const image = (width: number, height: number, format: string, frames = 1, duration = 0, alpha = false): Metadata => ({
	kind: 'image',
	width,
	height,
	frames,
	duration,
	alpha,
	format,
});
const video = (width: number, height: number, duration: number, fps: number, audio: boolean): Metadata => ({
	kind: 'video',
	width,
	height,
	duration,
	fps,
	audio,
	codec: 'h264',
	audioCodec: audio ? 'aac' : null,
	format: 'mp4',
});
const table = (rows: number, columns: readonly Column[]): Metadata => ({ kind: 'table', rows, columns, format: 'csv' });
const source = (name: string, path: string, format: string, reading: Metadata): Source => ({
	name,
	path,
	content: `test-${name}` as Source['content'],
	bytes: 1000,
	format,
	readings: [reading],
});

/** Sources by the names that goals use. Those with a path are fixtures, which `scripts/eval.ts` opens for real. */
export const SOURCES: Readonly<Record<string, Source>> = {
	photo: source('photo.jpg', fixture('photo'), 'jpeg', image(480, 320, 'jpeg')),
	portrait: source('portrait.jpg', fixture('portrait'), 'jpeg', image(200, 300, 'jpeg')),
	logo: source('logo.png', fixture('logo'), 'png', image(128, 128, 'png', 1, 0, true)),
	animation: source('animation.gif', fixture('animation'), 'gif', image(101, 75, 'gif', 12, 1.2)),
	clip: source('clip.mp4', fixture('clip'), 'mp4', video(320, 180, 3, 25, true)),
	'silent-clip': source('silent-clip.mp4', fixture('silent-clip'), 'mp4', video(240, 160, 2, 30, false)),
	long: source('holiday.mp4', '', 'mp4', video(1920, 1080, 12, 30, true)),
	tone: source('tone.wav', fixture('tone'), 'wav', { kind: 'audio', duration: 2, sampleRate: 44_100, channels: 2, codec: 'pcm_s16le', format: 'wav' }),
	pdf: source('three-pages.pdf', fixture('pdf'), 'pdf', { kind: 'document', pages: 3, width: 612, height: 792, encrypted: false, format: 'pdf' }),
	text: source('text.txt', fixture('text'), 'txt', { kind: 'text', characters: 120, lines: 3 }),
	sales: source(
		'sales.csv',
		fixture('sales'),
		'csv',
		table(24, [
			{ name: 'region', type: 'text', values: ['North', 'South', 'East', 'West'] },
			{ name: 'product', type: 'text', values: ['Tea', 'Coffee', 'Cocoa'] },
			{ name: 'units', type: 'integer' },
			{ name: 'price', type: 'number' },
			{ name: 'date', type: 'date' },
		]),
	),
	people: source(
		'people.csv',
		fixture('people'),
		'csv',
		table(7, [
			{ name: 'name', type: 'text', values: ['Ada', 'Grace', '林黛玉', 'Linus', 'Margaret', 'Alan'] },
			{ name: 'city', type: 'text', values: ['London', 'New York', '苏州', 'Boston'] },
			{ name: 'age', type: 'integer' },
			{ name: 'joined', type: 'text', values: ['2024-01-05', '5 Jan 2024'] },
		]),
	),
	numbers: source(
		'numbers.csv',
		fixture('numbers'),
		'csv',
		table(60, [
			{ name: 'x', type: 'integer' },
			{ name: 'y', type: 'number' },
			{ name: 'group', type: 'text', values: ['even', 'odd'] },
		]),
	),
	gap: source(
		'gapminder.csv',
		'',
		'csv',
		table(187, [
			{ name: 'country', type: 'text', values: ['Afghanistan', 'China', 'Norway'] },
			{ name: 'income', type: 'integer' },
			{ name: 'health', type: 'number' },
			{ name: 'population', type: 'integer' },
			{ name: 'region', type: 'text', values: ['south_asia', 'europe_central_asia'] },
		]),
	),
	cities: source(
		'cities.csv',
		'',
		'csv',
		table(12, [
			{ name: '城市', type: 'text', values: ['上海', '北京', '广州', '深圳'] },
			{ name: '省份', type: 'text', values: ['上海', '北京', '广东'] },
			{ name: '人口（万）', type: 'integer' },
			{ name: 'GDP（亿元）', type: 'integer' },
			{ name: '日期', type: 'text' },
		]),
	),
};
