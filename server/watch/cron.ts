/** When a schedule is due: five fields (minute, hour, day, month, weekday) or a name such as `@daily`, in local time. */
import { Cron } from 'croner';
import { GraphError } from '../../nodes/problems.ts';

const FIELDS = /^(\S+\s+){4}\S+$/;
const NAMES = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/i;

/** A time that is this much over was slept through (the machine was off or asleep) and isn't made up. */
const LATE = 60_000;
/** The clock of the wall was set back. */
const BACK = 5_000;

/**
 * The first time after an instant; null: there is none ever (30 February).
 * Of hours that the clocks skip, a fixed time counts at the first moment after; of hours that come twice it counts once.
 * @param zone `Europe/Berlin`; this machine's unless told
 * @throws GraphError `watch.schedule` for what isn't a schedule.
 */
export function nextTime(expression: string, after: Date, zone?: string): Date | null {
	const text = expression.trim();
	try {
		if (!FIELDS.test(text) && !NAMES.test(text)) throw new Error('neither five fields nor a name');
		return new Cron(text, { mode: '5-part', paused: true, ...(zone === undefined ? {} : { timezone: zone }) }).nextRun(after);
	} catch {
		throw new GraphError('watch.schedule', { value: expression });
	}
}

/** When a schedule was last asked, and what it then waited for. In milliseconds of the wall's clock. */
export interface Hand {
	readonly asked: number;
	readonly next: number | null;
}

/** Whether a schedule is due now, and how it goes on. Pure: called every few seconds, whatever the clock did in between. */
export function turn(hand: Hand | null, now: number, next: (after: number) => number | null): { readonly due: boolean; readonly hand: Hand } {
	if (hand === null || now < hand.asked - BACK) return { due: false, hand: { asked: now, next: next(now) } };
	if (hand.next === null || now < hand.next) return { due: false, hand: { ...hand, asked: now } };
	return { due: now - hand.next <= LATE, hand: { asked: now, next: next(now) } };
}
