/** Watch the folder of a batch from now on: as files come, or at certain times. */
import { CalendarClock, Eye } from 'lucide-react';
import { useState } from 'react';
import type { BatchBody, WatchBody, WatchWhen } from '../../server/http/api.ts';
import { useSay } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { Choose, Segmented } from '../app/parts/choice.tsx';
import { Sheet } from '../app/parts/dialog.tsx';
import { useUi } from '../app/ui.ts';
import { cronOf, dayName, FIRST_TIMES, RHYTHMS, type Rhythm, type Times } from './times.ts';
import './watch.css';
import { addWatch } from './watches.ts';

/** Seconds between two looks through a folder; the system's own notices come at once. */
const EVERY = 10;
const WEEK = [1, 2, 3, 4, 5, 6, 0];

/** The button that leads to it; off where the batch isn't over a folder. */
export function WatchButton({ body }: { readonly body: BatchBody | null }) {
	const say = useSay();
	const [open, setOpen] = useState(false);
	const watch = body === null ? null : watchOf(body);
	return (
		<>
			<Button icon={<Eye size={15} />} disabled={watch === null} onClick={() => setOpen(true)}>
				{say('watch.this')}
			</Button>
			{open && watch !== null && <WatchSheet watch={watch} onClose={() => setOpen(false)} />}
		</>
	);
}

type Unscheduled = Omit<WatchBody, 'when'>;

function watchOf({ recipe, node, from, bindings, pattern, recursive, to, name, existing, also }: BatchBody): Unscheduled | null {
	if (node === undefined || !('root' in from) || (also ?? []).length > 0) return null;
	return { recipe, node, from, bindings, recursive, to, existing, ...(pattern === undefined ? {} : { pattern }), ...(name === undefined ? {} : { name }) };
}

function WatchSheet({ watch, onClose }: { readonly watch: Unscheduled; readonly onClose: () => void }) {
	const say = useSay();
	const [type, setType] = useState<WatchWhen['type']>('folder');
	const [times, setTimes] = useState<Times>(FIRST_TIMES);
	const when: WatchWhen = type === 'folder' ? { type, every: EVERY } : { type, cron: cronOf(times) };
	return (
		<Sheet
			open
			onClose={onClose}
			title={say('watch.this')}
			about={say('watch.about')}
			size="s"
			foot={
				<>
					<span className="grow" />
					<Button onClick={onClose}>{say('action.cancel')}</Button>
					<Button look="primary" icon={type === 'folder' ? <Eye size={15} /> : <CalendarClock size={15} />} onClick={() => void addWatch({ ...watch, when })}>
						{say(type === 'folder' ? 'watch.start' : 'watch.schedule')}
					</Button>
				</>
			}
		>
			<div className="watch-form">
				<Segmented
					label={say('watch.when')}
					value={type}
					onChange={(value) => setType(value === 'schedule' ? value : 'folder')}
					options={(['folder', 'schedule'] as const).map((value) => ({ value, label: say(`watch.when-${value}`) }))}
				/>
				<p className="row-hint">{say(`watch.about-${type}`)}</p>
				{type === 'schedule' && <TimesFields times={times} onChange={(more) => setTimes({ ...times, ...more })} />}
			</div>
		</Sheet>
	);
}

function TimesFields({ times, onChange }: { readonly times: Times; readonly onChange: (more: Partial<Times>) => void }) {
	const say = useSay();
	const language = useUi((ui) => ui.language);
	const { rhythm } = times;
	return (
		<div className="watch-times">
			<Choose
				label={say('watch.rhythm')}
				value={rhythm}
				onChange={(value) => onChange({ rhythm: RHYTHMS.find((one): one is Rhythm => one === value) ?? 'daily' })}
				options={RHYTHMS.map((value) => ({ value, label: say(`rhythm.${value}`) }))}
			/>
			{rhythm === 'weekly' && (
				<Choose
					label={say('watch.day')}
					value={String(times.day)}
					onChange={(value) => onChange({ day: Number(value) })}
					options={WEEK.map((day) => ({ value: String(day), label: dayName(day, language) }))}
				/>
			)}
			{rhythm !== 'own' && rhythm !== 'hourly' && (
				<input
					type="time"
					className="field"
					aria-label={say('watch.at')}
					value={times.at}
					required
					onChange={(event) => onChange({ at: event.target.value })}
				/>
			)}
			{rhythm === 'own' && (
				<div className="watch-own">
					<input className="field mono" aria-label={say('watch.own')} value={times.own} onChange={(event) => onChange({ own: event.target.value })} />
					<p className="row-hint">{say('watch.own-hint')}</p>
				</div>
			)}
		</div>
	);
}
