/** What a step makes of a film or a sound, as far as it is known. */
import type { Metadata, VideoMetadata } from '../../../../nodes/define.ts';
import type { VideoStep } from '../../../../nodes/steps/video.ts';

/** Metadata after a step. Steps that bring several values together are told by their node, not from here. */
export function afterVideoStep(step: VideoStep, entering: Metadata): Metadata {
	if (entering.kind === 'audio') return { ...entering, format: null, codec: null, duration: durationAfter(step, entering.duration) };
	if (entering.kind !== 'video') return entering;
	const duration = durationAfter(step, entering.duration);
	if (step.op === 'sound-only') return { kind: 'audio', duration, sampleRate: null, channels: null, codec: null, format: null };
	const touched = { ...entering, format: null, codec: null, audioCodec: null, duration };
	return { ...touched, ...pictureAfter(step, entering), ...(step.op === 'mute' ? { audio: false } : {}) };
}

function pictureAfter(step: VideoStep, { width, height }: VideoMetadata): Partial<VideoMetadata> {
	switch (step.op) {
		case 'scale':
		case 'crop':
		case 'pad':
			return { width: step.width, height: step.height };
		case 'camera':
		case 'concat':
			return { width: step.width, height: step.height, fps: step.fps };
		case 'rotate':
			return step.angle === 180 ? {} : { width: height, height: width };
		case 'fps':
		case 'animation':
			return { fps: step.fps };
		default:
			return {};
	}
}

function durationAfter(step: VideoStep, duration: number | null): number | null {
	if (step.op === 'camera') return step.duration;
	if (step.op === 'concat' || duration === null) return null;
	if (step.op === 'trim') return (step.end ?? duration) - step.start;
	if (step.op === 'speed') return duration / step.factor;
	return step.op === 'repeat' ? duration * step.times : duration;
}
