/** Which values the rule of a node reads beyond its single fields. */
import type { Spec } from '../../../nodes/define.ts';
import { EVERY } from './rhythm.ts';
import type { Slot } from './slots/slot.ts';

/** Slots that the rules of a spec read, though no single field takes them. */
export function takes(spec: Spec, slot: Slot, before = ''): boolean {
	const name = spec.id.slice(spec.id.indexOf('.') + 1);
	switch (name) {
		case 'trim':
			return (
				!EVERY.test(before) && ['edge', 'range', 'duration'].includes(slot.type) && !(slot.type === 'edge' && (slot.unit === 'page' || slot.unit === 'row'))
			);
		case 'resize':
		case 'scale':
			return ['size', 'px', 'factor', 'percent'].includes(slot.type) || (slot.type === 'number' && slot.value >= 16);
		case 'qr':
			return ['px', 'size', 'text', 'url', 'colour'].includes(slot.type);
		case 'crop':
			return ['ratio', 'size', 'side', 'px'].includes(slot.type);
		case 'pad':
			return ['ratio', 'size', 'side', 'px', 'colour'].includes(slot.type);
		case 'rotate':
			return slot.type === 'degrees' || (slot.type === 'side' && (slot.gravity === 'east' || slot.gravity === 'west'));
		case 'speed':
			return ['factor', 'percent'].includes(slot.type);
		case 'volume':
			return ['factor', 'percent', 'unit'].includes(slot.type);
		case 'fade':
			return slot.type === 'duration' || (slot.type === 'edge' && slot.unit === 'second');
		case 'loop':
			return slot.type === 'factor' || slot.type === 'duration';
		case 'ken-burns':
		case 'pan':
		case 'zoom':
			return slot.type === 'direction' || slot.type === 'side';
		case 'pages':
		case 'text':
			return (
				(spec.id.startsWith('document.') && (slot.type === 'pages' || (slot.type === 'edge' && slot.unit === 'page'))) ||
				(spec.id === 'video.text' &&
					(['text', 'range', 'side', 'colour'].includes(slot.type) ||
						(slot.type === 'edge' && /(?:for|during|in|over|within|only)(?: only| just)?(?: the)?\s*$|出现在|显示在|在$/.test(before))))
			);
		case 'frames':
			return (
				(slot.type === 'duration' && EVERY.test(before)) ||
				(slot.type === 'edge' && slot.unit === 'frame') ||
				(slot.type === 'count' && /frame|still|image|picture|photo|screenshot|帧|图|张|画面/.test(slot.noun))
			);
		case 'stitch':
			return slot.type === 'direction';
		case 'thumbnail':
			return (
				(slot.type === 'duration' && !EVERY.test(before) && /(?:after|second|at|在|第)\s*$/.test(before)) ||
				slot.type === 'instant' ||
				(slot.type === 'edge' && slot.unit === 'frame') ||
				slot.type === 'side'
			);
		case 'save':
			return false;
		default:
			return false;
	}
}
