import { describe, expect, it } from 'vitest';
import { type Hand, nextTime, turn } from '../../server/watch/cron.ts';

const next = (expression: string, after: string, zone = 'UTC') => nextTime(expression, new Date(after), zone)?.toISOString() ?? null;
const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';

describe('a schedule comes', () => {
	it.each([
		['*/15 * * * *', '2026-05-04T10:07:30Z', '2026-05-04T10:15:00.000Z'],
		['0 9 * * MON-FRI', '2026-05-08T09:00:00Z', '2026-05-11T09:00:00.000Z'],
		['0 9 1 JAN,jul *', '2026-02-01T00:00:00Z', '2026-07-01T09:00:00.000Z'],
		['@daily', '2026-05-04T10:00:00Z', '2026-05-05T00:00:00.000Z'],
		['@hourly', '2026-05-04T10:00:00Z', '2026-05-04T11:00:00.000Z'],
		['@weekly', '2026-05-04T10:00:00Z', '2026-05-10T00:00:00.000Z'],
		['0 0 29 2 *', '2026-05-04T10:00:00Z', '2028-02-29T00:00:00.000Z'],
		['0 0 * * 7', '2026-05-04T10:00:00Z', '2026-05-10T00:00:00.000Z'],
		['59 23 31 12 *', '2026-12-31T23:59:00Z', '2027-12-31T23:59:00.000Z'],
	])('%s after %s', (expression, after, expected) => expect(next(expression, after)).toBe(expected));

	it('never, where there is no such day', () => expect(next('0 0 30 2 *', '2026-01-01T00:00:00Z')).toBeNull());

	it.each(['', 'soon', '61 * * * *', '* * * *', '0 0 * * * *', '@reboot', '2026-12-01T00:00:00', '0 9 * * FOO', '0 9 0 * *'])('not by "%s"', (expression) => {
		expect(() => next(expression, '2026-01-01T00:00:00Z')).toThrow(expect.objectContaining({ problem: expect.objectContaining({ key: 'watch.schedule' }) }));
	});
});

describe('when the clocks change', () => {
	it('a fixed time that is skipped comes at the first moment after, once', () => {
		expect(next('30 2 * * *', '2026-03-28T12:00:00Z', BERLIN)).toBe('2026-03-29T01:00:00.000Z');
		expect(next('30 2 * * *', '2026-03-29T01:00:00Z', BERLIN)).toBe('2026-03-30T00:30:00.000Z');
		expect(next('30 2 * * *', '2026-03-08T00:00:00Z', NEW_YORK)).toBe('2026-03-08T07:00:00.000Z');
	});

	it('a fixed time that comes twice counts once', () => {
		expect(next('30 2 * * *', '2026-10-24T12:00:00Z', BERLIN)).toBe('2026-10-25T00:30:00.000Z');
		expect(next('30 2 * * *', '2026-10-25T00:30:00Z', BERLIN)).toBe('2026-10-26T01:30:00.000Z');
	});

	it('the rest of the day keeps its local time', () => {
		expect(next('0 9 * * *', '2026-03-28T12:00:00Z', BERLIN)).toBe('2026-03-29T07:00:00.000Z');
		expect(next('0 9 * * *', '2026-10-24T12:00:00Z', BERLIN)).toBe('2026-10-25T08:00:00.000Z');
	});

	it('what comes every half hour goes on coming every half hour', () => {
		let at = '2026-10-25T00:00:00.000Z';
		const times = [];
		for (let i = 0; i < 5; i++) {
			at = next('*/30 * * * *', at, BERLIN) ?? '';
			times.push(at.slice(11, 16));
		}
		expect(times).toEqual(['00:30', '01:00', '01:30', '02:00', '02:30']);
	});
});

describe('a schedule that is asked now and then', () => {
	const HOUR = 3_600_000;
	const hourly = (after: number) => (Math.floor(after / HOUR) + 1) * HOUR;
	/** Which of these moments were due. */
	const walk = (...moments: number[]) => {
		let hand: Hand | null = null;
		return moments.filter((now) => {
			const turned = turn(hand, now, hourly);
			hand = turned.hand;
			return turned.due;
		});
	};

	it('is due once an hour', () => {
		expect(walk(10, HOUR - 1, HOUR, HOUR + 5000, 2 * HOUR + 200, 2 * HOUR + 30_000)).toEqual([HOUR, 2 * HOUR + 200]);
	});

	it('makes nothing up that was slept through', () => {
		expect(walk(10, 3 * HOUR + 120_000, 4 * HOUR)).toEqual([4 * HOUR]);
	});

	it('starts anew where the clock was set back', () => {
		expect(walk(10 * HOUR + 10, 5 * HOUR + 10, 6 * HOUR)).toEqual([6 * HOUR]);
	});

	it('is never due where there is no next time', () => {
		expect(turn({ asked: 0, next: null }, 1e12, hourly).due).toBe(false);
	});
});
