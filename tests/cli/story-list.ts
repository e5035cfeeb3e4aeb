import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import sharp from 'sharp';
import { expect } from 'vitest';
import { readCodes } from '../../server/backends/qr/read.ts';
import type { Report } from '../../server/cli/report.ts';
import { fixture } from '../fixtures/index.ts';
import { colours, difference, framesOf, loopsOf, mean, probe } from './measure.ts';

/** What people asked for first. Each result is measured by other programs. */
export interface Story {
	readonly name: string;
	readonly goals: { readonly en: string; readonly zh: string };
	/** Absolute, or a name in the folder of the story's files; a folder stands for what is in it. */
	readonly inputs: readonly string[];
	readonly test: (paths: readonly string[], report: Pick<Report, 'recipe'>) => Promise<void> | void;
}

const SALES: Readonly<Record<string, number>> = { North: 1200, South: 1260, East: 1320, West: 1380 };

export const STORIES: readonly Story[] = [
	{
		name: 'an animation becomes an ordinary film',
		goals: { en: 'turn this gif into a normal mp4', zh: '把这个动图转成普通的mp4视频' },
		inputs: [fixture('animation')],
		test: ([path = '']) => {
			const { codec, pixels, duration, width, height } = probe(path);
			expect({ codec, pixels }).toEqual({ codec: 'h264', pixels: 'yuv420p' });
			expect(duration).toBeCloseTo(1.2, 1);
			expect(Math.abs(width - 101) + Math.abs(height - 75)).toBeLessThanOrEqual(2);
		},
	},
	{
		name: 'an animation becomes five seconds of slow zoom',
		goals: { en: 'make a 5 second mp4 from this gif with a slow zoom in', zh: '把这个gif做成5秒的mp4视频，带缓慢放大的效果' },
		inputs: ['still.gif'],
		test: ([path = '']) => {
			const { codec, duration } = probe(path);
			expect(codec).toBe('h264');
			expect(duration).toBeCloseTo(5, 2);
			smooth(framesOf(path));
		},
	},
	{
		name: 'a photo becomes a film that pans from left to right',
		goals: { en: 'make a video from this photo panning from left to right', zh: '用这张照片做一个从左到右平移的视频' },
		inputs: ['wide.jpg'],
		test: ([path = '']) => {
			const frames = framesOf(path);
			smooth(frames);
			expect(mean(frames[0], 0)).toBeGreaterThan(mean(frames.at(-1), 0) + 10);
			expect(mean(frames[0], 2)).toBeLessThan(mean(frames.at(-1), 2) - 10);
		},
	},
	{
		name: 'the first two seconds of a clip are its first fifty frames',
		goals: { en: 'keep only the first two seconds of this clip', zh: '只保留这段视频的前两秒' },
		inputs: [fixture('clip')],
		test: ([path = '']) => {
			const frames = framesOf(path);
			const source = framesOf(fixture('clip'));
			expect(frames).toHaveLength(50);
			for (const [i, frame] of frames.entries()) {
				expect(difference(frame, source[i])).toBeLessThan(4);
				expect(difference(frame, source[i])).toBeLessThan(difference(frame, source[i + 1]));
			}
			expect(probe(path)).toMatchObject({ sound: true, width: 320, height: 180 });
		},
	},
	{
		name: 'a document becomes an image a page',
		goals: { en: 'turn this pdf into images, one per page, at 200 dpi', zh: '把这个PDF按200dpi每页转成一张图片' },
		inputs: [fixture('pdf')],
		test: async (paths) => {
			expect(paths).toHaveLength(3);
			for (const path of paths) expect(await sharp(path).metadata()).toMatchObject({ width: 1700, height: 2200 });
		},
	},
	{
		name: 'a document becomes one long image',
		goals: { en: 'turn this pdf into one long image', zh: '把这个PDF转成一张长图' },
		inputs: [fixture('pdf')],
		test: async (paths) => {
			expect(paths).toHaveLength(1);
			const { width = 0, height = 0 } = await sharp(paths[0]).metadata();
			expect(height / width).toBeCloseTo((3 * 792) / 612, 1);
		},
	},
	{
		name: 'a photo gives a palette of six colours',
		goals: { en: 'extract a palette of 6 colours from this photo as a png', zh: '从这张照片提取6种颜色的调色板，保存为png' },
		inputs: [fixture('photo')],
		test: async ([path = '']) => {
			expect((await sharp(path).metadata()).format).toBe('png');
			expect(await colours(path, 0.04)).toBeGreaterThanOrEqual(6);
			expect(await colours(path, 0.08)).toBeLessThanOrEqual(7);
		},
	},
	{
		name: 'a table becomes a bar chart, as a picture',
		goals: { en: 'draw a bar chart of total sales by region as png', zh: '按region画sales总和的柱状图，保存为png' },
		inputs: ['sales.csv'],
		test: async ([path = '']) => {
			const { format, width = 0 } = await sharp(path).metadata();
			expect(format).toBe('png');
			expect(width).toBeGreaterThan(300);
			expect((await sharp(path).stats()).isOpaque).toBe(true);
		},
	},
	{
		name: 'a table becomes a bar chart, as a page with the right sums',
		goals: { en: 'bar chart of sales by region as html', zh: '按region画sales的柱状图，保存为网页html' },
		inputs: ['sales.csv'],
		test: ([path = ''], report) => {
			const page = readFileSync(path, 'utf8');
			for (const [region, total] of Object.entries(SALES)) expect(page).toMatch(new RegExp(`${region}[^{}]{0,60}${total}`));
			expect(JSON.stringify(report.recipe)).toContain('chart.bar');
		},
	},
	{
		name: 'a table of countries becomes a scatter plot',
		goals: { en: 'scatter plot of income against life expectancy', zh: '画一张收入和预期寿命的散点图' },
		inputs: ['countries.csv'],
		test: (paths, report) => {
			expect(paths).toHaveLength(1);
			const node = Object.values(report.recipe?.graph.nodes ?? {}).find(({ spec }) => spec === 'chart.scatter');
			expect([node?.params.x, node?.params.y].sort()).toEqual(['health', 'income']);
		},
	},
	{
		name: 'an address becomes a QR code',
		goals: { en: 'make a QR code for https://example.com/menu?table=7', zh: '生成 https://example.com/menu?table=7 的二维码' },
		inputs: [],
		test: async ([path = '']) => {
			const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
			expect(await readCodes(data, info.width, info.height)).toEqual(['https://example.com/menu?table=7']);
			expect(basename(path)).toMatch(/^.{1,50}\.png$/);
		},
	},
	{
		name: 'a folder of photos becomes WebP of 1200 px',
		goals: { en: 'resize these photos to 1200 px wide and save them as webp', zh: '把这些照片缩小到1200像素宽，存成webp' },
		inputs: ['photos'],
		test: async (paths) => {
			expect(paths).toHaveLength(3);
			for (const path of paths) expect(await sharp(path).metadata()).toMatchObject({ format: 'webp', width: 1200 });
			expect((await sharp(paths.find((path) => path.includes('one'))).metadata()).height).toBe(750);
		},
	},
	{
		name: 'a clip becomes a square, silent, looping GIF',
		goals: {
			en: 'take the first 6 seconds, mute it, crop it square, make it 240 px and save as a looping gif',
			zh: '取前6秒，去掉声音，裁成正方形，缩到240像素，存成循环播放的gif',
		},
		inputs: ['long.mp4'],
		test: async ([path = '']) => {
			const { format, width, pageHeight, delay = [] } = await sharp(path, { animated: true }).metadata();
			expect({ format, width, pageHeight }).toEqual({ format: 'gif', width: 240, pageHeight: 240 });
			expect(delay.reduce((sum, one) => sum + one, 0)).toBeCloseTo(6000, -2);
			expect(loopsOf(readFileSync(path))).toBe(0);
		},
	},
];

/** Every frame differs from the one before, and by about as much as the others do. */
function smooth(frames: readonly Buffer[]): void {
	const steps = frames.slice(1).map((frame, i) => difference(frames[i], frame));
	const typical = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
	expect(frames.length).toBeGreaterThan(50);
	expect(typical).toBeGreaterThan(0.02);
	expect(Math.max(...steps)).toBeLessThan(typical * 8 + 1);
	expect(difference(frames[0], frames.at(-1))).toBeGreaterThan(4);
}
