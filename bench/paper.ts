/** Writes a PDF of text-heavy pages with vector figures, byte by byte, so that the benchmark needs no other program. */
import { deflateSync } from 'node:zlib';

const WORDS =
	'the of and a to in is we that for with as on by this are be from an which model data each method results value can it between time show figure where use set given function sample not two error measure system analysis large number linear test distribution however estimate parameter process section first based different than observed computed approach over further graph machine media pipeline'.split(
		' ',
	);

/** A document of A4 pages in two columns of nine-point Times, with headings and a figure on each. */
export function paper(pages: number, next: () => number): Buffer {
	const objects: Buffer[] = [];
	const add = (body: string | Buffer): number => objects.push(Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1'));
	add('<< /Type /Catalog /Pages 2 0 R >>');
	add('');
	const fonts = ['Times-Roman', 'Times-Bold', 'Helvetica'].map((name) =>
		add(`<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`),
	);
	const resources = `<< /Font << ${fonts.map((id, i) => `/F${i + 1} ${id} 0 R`).join(' ')} >> >>`;
	const kids = Array.from({ length: pages }, (_, i) => {
		const content = deflateSync(page(i + 1, next));
		const stream = add(Buffer.concat([Buffer.from(`<< /Length ${content.length} /Filter /FlateDecode >>\nstream\n`), content, Buffer.from('\nendstream')]));
		return add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources ${resources} /Contents ${stream} 0 R >>`);
	});
	objects[1] = Buffer.from(`<< /Type /Pages /Count ${pages} /Kids [${kids.map((id) => `${id} 0 R`).join(' ')}] >>`);
	return assembled(objects);
}

function assembled(objects: readonly Buffer[]): Buffer {
	const parts: Buffer[] = [Buffer.from('%PDF-1.5\n')];
	const offsets: number[] = [];
	let length = parts[0]?.length ?? 0;
	const put = (bytes: Buffer) => {
		parts.push(bytes);
		length += bytes.length;
	};
	for (const [i, body] of objects.entries()) {
		offsets.push(length);
		put(Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]));
	}
	const start = length;
	const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
	put(
		Buffer.from(
			`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
		),
	);
	return Buffer.concat(parts);
}

function page(number: number, next: () => number): string {
	const left = column(50, 790, 60, next, number % 2 === 1);
	const right = column(305, 790, 60, next, number % 2 === 0);
	return `BT /F3 8 Tf 50 812 Td (${number}  A study of pages) Tj ET\n${left}${right}`;
}

/** A column of lines from the top down, with a figure at its head when asked. */
function column(x: number, top: number, bottom: number, next: () => number, figured: boolean): string {
	let y = figured ? top - 190 : top;
	let text = figured ? figure(x, top - 170, next) : '';
	let line = 0;
	while (y > bottom) {
		const heading = line % 22 === 0;
		text += heading
			? `BT /F2 11 Tf ${x} ${y} Td (${1 + Math.floor(next() * 9)}. ${words(4, next)}) Tj ET\n`
			: `BT /F1 9 Tf ${x} ${y} Td (${words(9, next)}) Tj ET\n`;
		y -= heading ? 16 : 11;
		line++;
	}
	return text;
}

function words(count: number, next: () => number): string {
	return Array.from({ length: count }, () => WORDS[Math.floor(next() * WORDS.length)]).join(' ');
}

/** Axes with ticks, three curves of 120 points, and a row of bars. */
function figure(x: number, y: number, next: () => number): string {
	let drawn = `0.6 w 0 G ${x} ${y} m ${x + 230} ${y} l S ${x} ${y} m ${x} ${y + 150} l S\n`;
	for (let i = 0; i <= 10; i++)
		drawn += `${x + i * 23} ${y} m ${x + i * 23} ${y - 3} l S BT /F3 6 Tf ${x + i * 23 - 2} ${y - 10} Td (${i * 10}) Tj ET 0.85 G ${x} ${y + i * 15} m ${x + 230} ${y + i * 15} l S 0 G\n`;
	for (let i = 0; i < 23; i++) drawn += `0.7 0.8 0.95 rg ${x + i * 10 + 1} ${y} 8 ${(10 + next() * 60).toFixed(1)} re f\n`;
	for (const colour of ['0.8 0.2 0.1 RG', '0.1 0.4 0.8 RG', '0.1 0.6 0.3 RG']) {
		let height = 20 + next() * 60;
		drawn += `${colour} 0.9 w ${x} ${(y + height).toFixed(1)} m\n`;
		for (let i = 1; i <= 120; i++) {
			height = Math.min(145, Math.max(5, height + (next() - 0.5) * 12));
			drawn += `${(x + (i * 230) / 120).toFixed(1)} ${(y + height).toFixed(1)} l\n`;
		}
		drawn += 'S\n';
	}
	return `${drawn}0 g 0 G\n`;
}
