/** The nodes that a value asks for all by itself. */
import { specOf } from '../../../nodes/catalogue.ts';
import type { Spec } from '../../../nodes/define.ts';
import type { Kind } from '../../../nodes/kinds.ts';
import { EVERY } from './rhythm.ts';
import type { Slot } from './slots/slot.ts';
import type { Goal } from './text.ts';

/** Specs that a value alone stands for, over what kind is at hand; empty where it says too little. */
export function impliedBy(goal: Goal, slot: Slot, kind: Kind | null): readonly Spec[] {
	const named = (...ids: readonly string[]) => ids.map((id) => specOf(id)).filter((spec) => spec !== undefined);
	const near = goal.text.slice(Math.max(0, slot.start - 20), slot.end + 16);
	switch (slot.type) {
		case 'range':
			return named('video.trim', 'audio.trim');
		case 'edge':
			if (slot.unit === 'page') return named(ofText(goal) ? 'document.text' : 'document.pages');
			if (slot.unit === 'frame' && slot.count === 1 && !slot.drop) return named('video.thumbnail');
			return slot.unit === 'row' ? [] : named('video.trim', 'audio.trim');
		case 'instant':
			return kind === 'video' || kind === 'image' ? named('video.thumbnail') : [];
		case 'size':
			return named('image.resize', 'video.scale');
		case 'px':
			return named('image.resize', 'video.scale');
		case 'ratio':
			return named('image.crop', 'video.crop');
		case 'factor':
			if (/size|resolution|dimension|wide|width|height|big|large|small|scale|大小|尺寸|分辨率|宽|高|大|小/.test(near))
				return named('image.resize', 'video.scale');
			if (/volume|loud|quiet|音量|声音/.test(near)) return named('video.volume', 'audio.volume');
			return kind === 'audio' || kind === 'video'
				? named('video.speed', 'audio.speed')
				: /speed|fast|slow|快|慢|速/.test(near)
					? named('video.speed', 'audio.speed')
					: named('image.resize');
		case 'percent':
			if (/size|resolution|dimension|scale|small|big|大小|尺寸|缩|放大/.test(near)) return named('image.resize', 'video.scale');
			if (/speed|fast|slow|快|慢|速/.test(near)) return named('video.speed', 'audio.speed');
			return /volume|loud|quiet|音量/.test(near) ? named('video.volume', 'audio.volume') : [];
		case 'degrees':
			return named('image.rotate', 'video.rotate');
		case 'unit':
			return slot.unit === 'fps'
				? /grab|extract|take|capture|pull|stills?|pictures?|images?|screenshots?|截|抽|取|张/.test(near)
					? named('video.frames')
					: named('video.fps')
				: slot.unit === 'dpi'
					? named('document.pages')
					: slot.unit === 'LUFS'
						? named('audio.normalise')
						: slot.unit === 'dB'
							? named('video.volume', 'audio.volume')
							: [];
		case 'pages':
			return named(ofText(goal) ? 'document.text' : 'document.pages');
		case 'text':
			return slot.sure && (kind === 'image' || kind === 'video') && /put|add|write|with|print|place|写|加|放|印/.test(goal.text)
				? named('image.watermark-text', 'video.text')
				: [];
		case 'direction':
			return kind === 'document' || kind === 'audio' ? [] : named('video.ken-burns', 'video.pan');
		case 'side':
			return /half|半/.test(goal.text.slice(slot.start, slot.end)) ? named('image.crop', 'video.crop') : [];
		case 'duration':
			if (kind === 'video' && EVERY.test(goal.text.slice(Math.max(0, slot.start - 14), slot.start))) return named('video.frames');
			return kind === 'video' || kind === 'audio' ? named('video.trim', 'audio.trim') : [];
		default:
			return [];
	}
}

/** Pages are spoken of for what is written on them, not for how they look. */
function ofText(goal: Goal): boolean {
	return /\btexts?\b|\bwords?\b|\btxt\b|文字|文本|内容/.test(goal.text) && !/image|picture|photo|\b(?:png|jpe?g|webp|tiff?)\b|图|照片/.test(goal.text);
}
