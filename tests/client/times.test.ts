import { describe, expect, it } from 'vitest';
import { cronOf, FIRST_TIMES, timesOf } from '../../client/watch/times.ts';
import { nextTime } from '../../server/watch/cron.ts';

describe('times of a schedule', () => {
	it.each([
		[{ rhythm: 'hourly', at: '00:00' }, '0 * * * *'],
		[{ rhythm: 'daily', at: '07:30' }, '30 7 * * *'],
		[{ rhythm: 'weekdays', at: '18:05' }, '5 18 * * 1-5'],
		[{ rhythm: 'weekly', at: '09:00', day: 0 }, '0 9 * * 0'],
		[{ rhythm: 'own', own: ' */10 8-17 * * MON ' }, '*/10 8-17 * * MON'],
	] as const)('%j are %s, and are shown as they were chosen', (chosen, cron) => {
		expect(cronOf({ ...FIRST_TIMES, ...chosen })).toBe(cron);
		expect(nextTime(cron, new Date())).toBeInstanceOf(Date);
		const shown = timesOf(cron);
		expect(shown.rhythm).toBe(chosen.rhythm);
		expect(cronOf(shown)).toBe(cron);
	});

	it('that nobody chose so stand as they are', () => {
		for (const cron of ['@daily', '30 7 1 * *', '0 * * * 1', '15 3 * JAN *']) expect(cronOf(timesOf(cron))).toBe(cron);
	});
});
