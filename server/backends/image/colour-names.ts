/** Names of colours: those of CSS, written as people write them. */
import { apart, oklab, type Rgb } from './oklab.ts';

const NAMES = `black 000000,dim grey 696969,grey 808080,dark grey a9a9a9,silver c0c0c0,light grey d3d3d3,gainsboro dcdcdc,white smoke f5f5f5,white ffffff,
rosy brown bc8f8f,indian red cd5c5c,brown a52a2a,firebrick b22222,light coral f08080,maroon 800000,dark red 8b0000,red ff0000,snow fffafa,misty rose ffe4e1,
salmon fa8072,tomato ff6347,dark salmon e9967a,coral ff7f50,orange red ff4500,light salmon ffa07a,sienna a0522d,seashell fff5ee,chocolate d2691e,
saddle brown 8b4513,sandy brown f4a460,peach puff ffdab9,peru cd853f,linen faf0e6,bisque ffe4c4,dark orange ff8c00,burlywood deb887,antique white faebd7,
tan d2b48c,navajo white ffdead,blanched almond ffebcd,papaya whip ffefd5,moccasin ffe4b5,orange ffa500,wheat f5deb3,old lace fdf5e6,floral white fffaf0,
dark goldenrod b8860b,goldenrod daa520,cornsilk fff8dc,gold ffd700,khaki f0e68c,lemon chiffon fffacd,pale goldenrod eee8aa,dark khaki bdb76b,beige f5f5dc,
light goldenrod fafad2,olive 808000,yellow ffff00,light yellow ffffe0,ivory fffff0,olive drab 6b8e23,yellow green 9acd32,dark olive green 556b2f,
green yellow adff2f,chartreuse 7fff00,lawn green 7cfc00,dark sea green 8fbc8f,forest green 228b22,lime green 32cd32,light green 90ee90,pale green 98fb98,
dark green 006400,green 008000,lime 00ff00,honeydew f0fff0,sea green 2e8b57,medium sea green 3cb371,spring green 00ff7f,mint cream f5fffa,
medium spring green 00fa9a,medium aquamarine 66cdaa,aquamarine 7fffd4,turquoise 40e0d0,light sea green 20b2aa,medium turquoise 48d1cc,dark slate grey 2f4f4f,
pale turquoise afeeee,teal 008080,dark cyan 008b8b,cyan 00ffff,light cyan e0ffff,azure f0ffff,dark turquoise 00ced1,cadet blue 5f9ea0,powder blue b0e0e6,
light blue add8e6,deep sky blue 00bfff,sky blue 87ceeb,light sky blue 87cefa,steel blue 4682b4,alice blue f0f8ff,slate grey 708090,light slate grey 778899,
dodger blue 1e90ff,light steel blue b0c4de,cornflower blue 6495ed,royal blue 4169e1,midnight blue 191970,lavender e6e6fa,navy 000080,dark blue 00008b,
medium blue 0000cd,blue 0000ff,ghost white f8f8ff,dark slate blue 483d8b,slate blue 6a5acd,medium slate blue 7b68ee,medium purple 9370db,
rebecca purple 663399,blue violet 8a2be2,indigo 4b0082,dark orchid 9932cc,dark violet 9400d3,medium orchid ba55d3,thistle d8bfd8,plum dda0dd,violet ee82ee,
purple 800080,dark magenta 8b008b,magenta ff00ff,orchid da70d6,medium violet red c71585,deep pink ff1493,hot pink ff69b4,lavender blush fff0f5,
pale violet red db7093,crimson dc143c,pink ffc0cb,light pink ffb6c1`;

const KNOWN = NAMES.split(/,\s*/).map((entry) => {
	const value = Number.parseInt(entry.slice(-6), 16);
	return { name: entry.slice(0, -7), lab: oklab({ r: value >> 16, g: (value >> 8) & 255, b: value & 255 }) };
});

/** The name of the nearest colour that has one. */
export function colourName(colour: Rgb): string {
	const lab = oklab(colour);
	return KNOWN.reduce((one, other) => (apart(other.lab, lab) < apart(one.lab, lab) ? other : one)).name;
}
