import { describe, expect, it } from 'vitest';
import { begin, changed, redone, undone } from '../../client/canvas/history.ts';

const start = () => begin({ a: 1, list: ['x'] });

describe('undo and redo', () => {
	it('takes back and repeats what was changed', () => {
		const after = changed(
			changed(start(), (draft) => void draft.list.push('y')),
			(draft) => {
				draft.a = 2;
			},
		);
		expect(undone(undone(after)).value).toEqual({ a: 1, list: ['x'] });
		expect(redone(redone(undone(undone(after)))).value).toEqual({ a: 2, list: ['x', 'y'] });
	});
	it('merges the moves of one slider into one entry', () => {
		let timeline = start();
		for (let i = 0; i < 10; i += 1) {
			timeline = changed(
				timeline,
				(draft) => {
					draft.a = i + 10;
				},
				'slider',
				i * 100,
			);
		}
		expect(timeline.past).toHaveLength(1);
		expect(undone(timeline).value.a).toBe(1);
	});
	it('keeps moves apart that are far apart in time', () => {
		const set = (to: number) => (draft: { a: number }) => {
			draft.a = to;
		};
		const timeline = changed(changed(start(), set(2), 'slider', 0), set(3), 'slider', 5000);
		expect(undone(timeline).value.a).toBe(2);
	});
	it('forgets the future after a new change, and ignores changes of nothing', () => {
		const back = undone(
			changed(start(), (draft) => {
				draft.a = 2;
			}),
		);
		expect(changed(back, () => undefined).future).toHaveLength(1);
		expect(
			changed(back, (draft) => {
				draft.a = 5;
			}).future,
		).toHaveLength(0);
	});
	it('stays where it is at either end', () => {
		expect(undone(start()).value.a).toBe(1);
		expect(redone(start()).value.a).toBe(1);
	});
});
