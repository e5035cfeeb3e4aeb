/** PDFs with difficulties, written by hand. */
import { pdf } from '../../fixtures/make.ts';

/** One page with あいうえお in a font that is only named. */
export function japanese(): string {
	return pdf(['x'])
		.replace(
			'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
			'<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /90ms-RKSJ-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /Ryumin-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>] >>',
		)
		.replace('(x) Tj', '<82A082A282A482A682A8> Tj');
}

/** Encrypted (40 bit RC4) with a password that is not the empty one. */
export function locked(): string {
	const key = 'AB'.repeat(32);
	return pdf(['secret']).replace(
		'/Root 1 0 R >>',
		`/Root 1 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -44 >> >>`,
	);
}
