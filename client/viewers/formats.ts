/** Which formats a browser shows, and as what. */
const SHOWN: Readonly<Record<string, 'image' | 'video' | 'audio' | 'page' | 'pdf' | 'text'>> = {
	png: 'image',
	apng: 'image',
	jpeg: 'image',
	jpg: 'image',
	webp: 'image',
	gif: 'image',
	avif: 'image',
	svg: 'image',
	ico: 'image',
	bmp: 'image',
	mp4: 'video',
	m4v: 'video',
	webm: 'video',
	mov: 'video',
	mp3: 'audio',
	m4a: 'audio',
	aac: 'audio',
	ogg: 'audio',
	opus: 'audio',
	wav: 'audio',
	flac: 'audio',
	html: 'page',
	pdf: 'pdf',
	txt: 'text',
	text: 'text',
	md: 'text',
	markdown: 'text',
	json: 'text',
	css: 'text',
	log: 'text',
	xml: 'text',
	srt: 'text',
	vtt: 'text',
};

/** null: only to download. */
export function shownAs(format: string): 'image' | 'video' | 'audio' | 'page' | 'pdf' | 'text' | null {
	return SHOWN[format.toLowerCase()] ?? null;
}
