/** How much memory a piece will need, from metadata. */
import type { Metadata } from '../../nodes/define.ts';
import type { Planners } from './fuse.ts';
import type { Group } from './group.ts';

/** Bytes that a piece will hold at most: its groups run one after the other, but pixels that are handed on stay until its end. */
export function memoryOf(groups: readonly Group[], planners: Planners, threads: number): number {
	let kept = 0;
	let most = 0;
	for (const group of groups) {
		most = Math.max(most, kept + planners[group.backend].memory(group, threads));
		for (const { keep, part, port } of group.outputs) if (keep === 'memory') kept += pixelBytes(group.parts[part]?.expected[port]);
	}
	return most;
}

/** Of a picture's decoded pixels, all frames. A size that isn't known yet is a photo's. */
export function pixelBytes(metadata: Metadata | undefined): number {
	if (metadata?.kind !== 'image') return 0;
	return (metadata.width ?? 4000) * (metadata.height ?? 3000) * (metadata.frames ?? 1) * (metadata.alpha === false ? 3 : 4);
}
