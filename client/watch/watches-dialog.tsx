/** The folders that are watched, and the schedules: how they are, what went wrong, pause and remove. */
import { ArrowRight, Pause, Play, Trash2, Zap } from 'lucide-react';
import { useEffect } from 'react';
import type { WatchView } from '../../server/http/api.ts';
import { api } from '../app/api.ts';
import { useSay, useSayProblem } from '../app/language.ts';
import { Button, IconButton } from '../app/parts/button.tsx';
import { Sheet } from '../app/parts/dialog.tsx';
import { openDialog, useUi } from '../app/ui.ts';
import { dayName, timesOf } from './times.ts';
import './watch.css';
import { change, followWatches, useWatches } from './watches.ts';

export function WatchesDialog() {
	const say = useSay();
	const open = useUi((ui) => ui.dialog === 'watches');
	const list = useWatches((watches) => watches.list);
	useEffect(() => (open ? followWatches() : undefined), [open]);
	return (
		<Sheet open={open} onClose={() => openDialog(null)} title={say('top.watches')} about={say('watches.about')}>
			{list?.length === 0 && <p className="panel-empty">{say('watches.empty')}</p>}
			<ul className="watches" aria-busy={list === null}>
				{(list ?? []).map((watch) => (
					<Watch key={watch.id} watch={watch} />
				))}
			</ul>
		</Sheet>
	);
}

/** A line in the batch dialog, where there are any. */
export function WatchesLine() {
	const say = useSay();
	const list = useWatches((watches) => watches.list);
	useEffect(() => followWatches(), []);
	if (list === null || list.length === 0) return null;
	const troubled = list.filter(({ state }) => state === 'trouble').length;
	return (
		<div className="watches-line">
			<span>
				{say('watches.line', { count: list.length })}
				{troubled > 0 && ` · ${say('watches.troubled', { count: troubled })}`}
			</span>
			<Button small onClick={() => openDialog('watches')}>
				{say('batch.show')}
			</Button>
		</div>
	);
}

const TONES: { readonly [S in WatchView['state']]: string } = { watching: 'good', waiting: '', working: 'good', paused: 'warn', trouble: 'bad' };

function Watch({ watch }: { readonly watch: WatchView }) {
	const say = useSay();
	const sayProblem = useSayProblem();
	const { id, name, state, counts, lastError, problem } = watch;
	const tone = TONES[state];
	const paused = state === 'paused';
	return (
		<li className="watch">
			<div className="watch-head">
				<b>{name}</b>
				<span className={`badge${tone === '' ? '' : ` badge-${tone}`}`}>{say(`watchstate.${state}`)}</span>
				<span className="grow" />
				{watch.when.type === 'schedule' && !paused && (
					<IconButton label={say('watch.now', { name })} icon={<Zap size={15} />} onClick={() => void change(() => api.watchNow(id))} />
				)}
				<IconButton
					label={say(paused ? 'watch.resume' : 'watch.pause', { name })}
					icon={paused ? <Play size={15} /> : <Pause size={15} />}
					onClick={() => void change(() => api.pauseWatch(id, !paused))}
				/>
				<IconButton label={say('watch.remove', { name })} icon={<Trash2 size={15} />} onClick={() => void change(() => api.removeWatch(id))} />
			</div>
			<p className="watch-way mono">
				<span>{watch.from}</span>
				<span>
					<ArrowRight size={13} aria-label={say('watch.to')} /> {watch.to}
				</span>
			</p>
			<p className="watch-facts number">
				<span>{say('watch.done', { count: counts.done })}</span>
				{counts.waiting > 0 && <span>{say('watch.waiting', { count: counts.waiting })}</span>}
				{counts.failed > 0 && <span className="watch-bad">{say('batch.failed', { count: counts.failed })}</span>}
				<Times watch={watch} />
			</p>
			{problem !== null && (
				<p className="row-error" role="status">
					{sayProblem(problem)}
				</p>
			)}
			{lastError?.problem != null && (
				<div className="watch-error">
					<p>{named(lastError.item, sayProblem(lastError.problem))}</p>
					<Button small disabled={paused} onClick={() => void change(() => api.retryWatch(id))}>
						{say('batch.retry', { count: counts.failed })}
					</Button>
				</div>
			)}
		</li>
	);
}

/** Most sentences name the file already. */
function named(item: string, sentence: string): string {
	const name = item.split(/[/\\]/).at(-1) ?? item;
	return sentence.includes(name) ? sentence : `${item}: ${sentence}`;
}

/** When a schedule comes, in words; when it ran, and when it comes next. */
function Times({ watch: { when, last, next } }: { readonly watch: WatchView }) {
	const say = useSay();
	const language = useUi((ui) => ui.language);
	if (when.type === 'folder') return null;
	const { rhythm, at, day, own } = timesOf(when.cron);
	const moment = (time: string) => new Date(time).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' });
	return (
		<>
			<span>
				{rhythm === 'own'
					? own
					: `${say(`rhythm.${rhythm}`)}${rhythm === 'weekly' ? ` · ${dayName(day, language)}` : ''}${rhythm === 'hourly' ? '' : ` · ${at}`}`}
			</span>
			{last !== null && <span>{say('watch.last', { time: moment(last) })}</span>}
			{next !== null && <span>{say('watch.next', { time: moment(next) })}</span>}
		</>
	);
}
