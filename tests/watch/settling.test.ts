import { describe, expect, it } from 'vitest';
import { isTemporary } from '../../server/watch/names.ts';
import { Settling } from '../../server/watch/settling.ts';

const file = (identity: string, bytes = 10, item = 'a.png') => ({ item, identity, bytes });

describe('a file is taken', () => {
	it('when it is the same in two looks far enough apart, and not before', () => {
		const settling = new Settling(1000);
		expect(settling.look([file('1')], 0)).toEqual({ settled: [], next: 1000 });
		expect(settling.look([file('2')], 900)).toEqual({ settled: [], next: 1000 });
		expect(settling.look([file('2')], 1500)).toEqual({ settled: [], next: 400 });
		expect(settling.look([file('2')], 1900).settled).toEqual([file('2')]);
	});

	it('never at the first look, however late that is', () => {
		expect(new Settling(1000).look([file('1')], 1e9).settled).toEqual([]);
	});

	it('later when it is empty: something may be about to be written', () => {
		const settling = new Settling(1000);
		settling.look([file('1', 0)], 0);
		expect(settling.look([file('1', 0)], 1000).settled).toEqual([]);
		expect(settling.look([file('1', 0)], 5000).settled).toHaveLength(1);
	});

	it('anew after it was gone', () => {
		const settling = new Settling(1000);
		settling.look([file('1')], 0);
		expect(settling.look([], 500)).toEqual({ settled: [], next: null });
		expect(settling.look([file('1')], 1500).settled).toEqual([]);
		expect(settling.count).toBe(1);
	});
});

it.each(['a.part', 'film.mp4.crdownload', '~$report.xlsx', 'x.tmp', 'deep/.hidden/a.png', 'Safari.download/a.png', 'notes.txt~', '.~lock.a.ods#', 'A.PARTIAL'])(
	'%s is passed by',
	(name) => expect(isTemporary(name)).toBe(true),
);
it.each(['a.png', 'part.png', 'deep/download/a.png', '~a.png', 'a.b.c.csv', '图片.jpg'])('%s is not', (name) => expect(isTemporary(name)).toBe(false));
