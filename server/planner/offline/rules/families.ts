/** Nodes that are one thing to people, whatever the medium: words for one are words for all. */
const FAMILIES: readonly (readonly string[])[] = [
	['image.crop', 'video.crop'],
	['image.rotate', 'video.rotate'],
	['image.flip', 'video.flip'],
	['image.greyscale', 'video.greyscale'],
	['image.blur', 'video.blur'],
	['image.adjust', 'video.adjust'],
	['image.resize', 'video.scale'],
	['image.watermark-text', 'video.text'],
	['image.watermark-image', 'video.overlay'],
	['image.pad', 'video.pad'],
	['video.trim', 'audio.trim'],
	['video.fade', 'audio.fade'],
	['video.volume', 'audio.volume'],
	['video.speed', 'audio.speed'],
	['video.concat', 'image.stitch'],
	['video.ken-burns', 'video.zoom', 'video.pan'],
];

const BY_ID = new Map(FAMILIES.flatMap((family) => family.map((id) => [id, family] as const)));

/** All ids of the family of this one, itself first. */
export function familyOf(id: string): readonly string[] {
	return [id, ...(BY_ID.get(id) ?? []).filter((other) => other !== id)];
}
