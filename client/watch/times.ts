/** Times of a schedule as people choose them, and the five fields that they come to. */
export type Rhythm = 'hourly' | 'daily' | 'weekdays' | 'weekly' | 'own';
export const RHYTHMS: readonly Rhythm[] = ['hourly', 'daily', 'weekdays', 'weekly', 'own'];

export interface Times {
	readonly rhythm: Rhythm;
	/** `07:30` */
	readonly at: string;
	/** 0 is Sunday. */
	readonly day: number;
	readonly own: string;
}

export const FIRST_TIMES: Times = { rhythm: 'daily', at: '07:00', day: 1, own: '0 7 * * MON-FRI' };

/** `{ rhythm: 'daily', at: '07:30' }` → `30 7 * * *`. */
export function cronOf({ rhythm, at, day, own }: Times): string {
	if (rhythm === 'own') return own.trim();
	const [, hour = '0', minute = '0'] = /^(\d{1,2}):(\d{2})/.exec(at) ?? [];
	if (rhythm === 'hourly') return `${Number(minute)} * * * *`;
	const days = rhythm === 'daily' ? '*' : rhythm === 'weekdays' ? '1-5' : String(day);
	return `${Number(minute)} ${Number(hour)} * * ${days}`;
}

/** Five fields → times as they would be chosen. */
export function timesOf(cron: string): Times {
	const [, minute = '', hour = '', days = ''] = /^(\d{1,2}) (\d{1,2}|\*) \* \* (\*|1-5|[0-6])$/.exec(cron.trim()) ?? [];
	if (minute === '' || (hour === '*' && days !== '*')) return { ...FIRST_TIMES, rhythm: 'own', own: cron };
	const at = `${(hour === '*' ? '0' : hour).padStart(2, '0')}:${minute.padStart(2, '0')}`;
	if (hour === '*') return { ...FIRST_TIMES, rhythm: 'hourly', at };
	const rhythm = days === '*' ? 'daily' : days === '1-5' ? 'weekdays' : 'weekly';
	return { ...FIRST_TIMES, rhythm, at, ...(rhythm === 'weekly' ? { day: Number(days) } : {}) };
}

/** Name of a weekday in a language. */
export function dayName(day: number, language: string): string {
	/* 4 January 2026 is a Sunday. */
	return new Date(2026, 0, 4 + day).toLocaleDateString(language === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'long' });
}
