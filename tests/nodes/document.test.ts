import { describe, expect, it } from 'vitest';
import { type DocumentMetadata, type ManyMetadata, unknownOf } from '../../nodes/define.ts';
import spec from '../../nodes/document/pages.ts';
import { pagesOf } from '../../nodes/document/range.ts';
import { parseParams } from '../../nodes/params.ts';

const known: DocumentMetadata = { ...unknownOf('document'), pages: 3, width: 612, height: 792, encrypted: false };
const described = (params: Record<string, unknown>, document: DocumentMetadata) =>
	spec.describe(parseParams(spec, params), { document }).images as ManyMetadata<'image'>;

describe('pages asked for', () => {
	it.each([
		['', 5, [1, 2, 3, 4, 5]],
		[undefined, 2, [1, 2]],
		['1-3,5', 5, [1, 2, 3, 5]],
		[' 2 ', 5, [2]],
		['4-', 5, [4, 5]],
		['-2', 5, [1, 2]],
		['3，1', 5, [3, 1]],
		['1~2、4', 5, [1, 2, 4]],
		['2-4', null, [2, 3, 4]],
		['2-', null, null],
		['', null, null],
	])('%j of %j', (range, pages, wanted) => {
		expect(pagesOf(range, pages)).toEqual(wanted);
	});

	it.each(['0', '3-2', 'a', '1,,2', '-', '1-2-3', '1.5'])('%j is refused', (range) => {
		expect(() => pagesOf(range, 5)).toThrow(/Expected pages like/);
	});

	it('names the page that is not there', () => {
		expect(() => pagesOf('2-9', 5)).toThrow('Page 9 is asked for, but the document has 5 pages.');
		expect(() => pagesOf('7-', 5)).toThrow('Page 7');
	});
});

describe('document.pages', () => {
	it('knows count and size where all pages are alike', () => {
		const many = described({ dpi: 200, pages: '2-3' }, { ...known, sizes: [[612, 792]] });
		expect(many).toMatchObject({ count: 2, element: { width: 1700, height: 2200, alpha: false, frames: 1 } });
	});

	it('knows each size where they differ', () => {
		const sizes: DocumentMetadata['sizes'] = [
			[612, 792],
			[792, 612],
			[595.276, 841.89],
		];
		const many = described({ dpi: 100 }, { ...known, sizes });
		expect(many.element).toMatchObject({ width: null, height: null });
		expect(many.elements?.map(({ width, height }) => [width, height])).toEqual([
			[850, 1100],
			[1100, 850],
			[827, 1169],
		]);
	});

	it('does not claim sizes that it can not know', () => {
		expect(described({}, known).elements?.map(({ width }) => width)).toEqual([1275, null, null]);
		expect(described({}, unknownOf('document'))).toMatchObject({ count: null, element: { width: null } });
	});

	it('refuses a locked document', () => {
		expect(() => described({}, { ...unknownOf('document'), encrypted: true })).toThrow(/locked/);
	});
});
