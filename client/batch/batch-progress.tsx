import { ChevronLeft, Play, RotateCcw } from 'lucide-react';
import type { BatchView } from '../../server/http/api.ts';
import { api } from '../app/api.ts';
import { notifyError } from '../app/explain-error.ts';
import { percentText, secondsText } from '../app/format.ts';
import { useSay } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { Sheet } from '../app/parts/dialog.tsx';
import { PauseButton, ReportLinks, UndoButton, Undone } from './after.tsx';
import { goOn, retryFailed } from './batches.ts';
import { ContactSheet } from './contact-sheet.tsx';
import { Failures } from './failures.tsx';
import { PassedOver } from './passed-over.tsx';

interface Props {
	readonly batch: BatchView;
	readonly title: string;
	readonly onBack: () => void;
	readonly onClose: () => void;
}

/** How a batch goes; what failed stands first, grouped by reason. */
export function BatchProgress({ batch, title, onBack, onClose }: Props) {
	const say = useSay();
	const { counts } = batch;
	const over = counts.done + counts.failed + counts.skipped;
	const share = counts.total === 0 ? 0 : over / counts.total;
	const running = batch.state === 'running';
	const headline = say(batch.undone !== undefined ? 'batchstate.undone' : batch.canary === undefined ? `batchstate.${batch.state}` : 'canary.title');
	return (
		<Sheet
			open
			onClose={onClose}
			title={batch.name === '' ? title : batch.name}
			size="l"
			foot={
				<>
					{(running || batch.canary === undefined) && (
						<Button look="quiet" icon={<ChevronLeft size={15} />} onClick={onBack}>
							{say('batch.another')}
						</Button>
					)}
					<span className="grow">{!running && <ReportLinks batch={batch} />}</span>
					{running && <PauseButton batch={batch} />}
					{!running && <UndoButton batch={batch} />}
					{running && (
						<Button look="danger" onClick={() => void api.cancelBatch(batch.id).catch(notifyError)}>
							{say('batch.cancel')}
						</Button>
					)}
					{!running && batch.canary !== undefined && (
						<>
							<Button onClick={onBack}>{say('canary.stop')}</Button>
							<Button look="primary" icon={<Play size={14} />} onClick={() => void goOn(batch.id)}>
								{say('canary.go-on')}
							</Button>
						</>
					)}
					{!running && batch.canary === undefined && counts.failed > 0 && (
						<Button look="primary" icon={<RotateCcw size={14} />} onClick={() => void retryFailed(batch.id)}>
							{say('batch.retry', { count: counts.failed })}
						</Button>
					)}
				</>
			}
		>
			<div className="batch-state">
				<p className="batch-headline number">
					<b>{running ? `${percentText(share)}${batch.paused === true ? ` · ${say('batchstate.paused')}` : ''}` : headline}</b>
					<span>
						{say('batch.counts', { done: counts.done, total: counts.total })}
						{running && batch.eta !== null && ` · ${say('run.left', { time: secondsText(batch.eta) })}`}
						{!running && batch.seconds !== null && ` · ${secondsText(batch.seconds)}`}
					</span>
				</p>
				<div
					hidden={batch.undone !== undefined}
					className="bar bar-big"
					role="progressbar"
					aria-valuenow={Math.round(share * 100)}
					aria-valuemin={0}
					aria-valuemax={100}
					aria-label={say('run.progress')}
				>
					<i style={{ width: `${share * 100}%` }} />
				</div>
				<ul className="checks">
					{batch.undone === undefined && counts.cached > 0 && <li className="badge">{say('batch.cached', { count: counts.cached })}</li>}
					{counts.skipped > 0 && <li className="badge">{say('batch.skipped', { count: counts.skipped })}</li>}
					{counts.failed > 0 && <li className="badge badge-bad">{say('batch.failed', { count: counts.failed })}</li>}
				</ul>
			</div>
			<Undone batch={batch} />
			{batch.canary !== undefined && <ContactSheet canary={batch.canary} />}
			<PassedOver files={batch.passedOver ?? []} />
			{(running || batch.canary === undefined || batch.canary.every(({ outcome }) => outcome === 'not-tried')) && <Items batch={batch} />}
		</Sheet>
	);
}

/** Every item; those that failed first. */
function Items({ batch }: { readonly batch: BatchView }) {
	const say = useSay();
	const others = batch.items.filter((item) => item.state !== 'failed');
	return (
		<>
			<Failures batch={batch} />
			<ul className={batch.undone === undefined ? 'items' : 'items items-undone'}>
				{others.slice(0, 400).map((item) => (
					<li key={item.item}>
						<span className={`dot dot-${item.state}`} aria-hidden />
						<span className="mono">{item.item}</span>
						<span className="ledger-reason">{item.outputs.length > 0 ? item.outputs.join(', ') : say(`itemstate.${item.state}`)}</span>
					</li>
				))}
			</ul>
		</>
	);
}
