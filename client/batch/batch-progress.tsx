import { ChevronLeft, Play, RotateCcw } from 'lucide-react';
import type { BatchView, ItemView } from '../../server/http/api.ts';
import { api } from '../app/api.ts';
import { notifyError } from '../app/explain-error.ts';
import { percentText, secondsText } from '../app/format.ts';
import { useSay, useSayProblem } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { Sheet } from '../app/parts/dialog.tsx';
import { goOn, retryFailed } from './batches.ts';
import { ContactSheet } from './contact-sheet.tsx';
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
	const over = counts.done + counts.failed + counts.skipped + counts.cached;
	const share = counts.total === 0 ? 0 : over / counts.total;
	const running = batch.state === 'running';
	return (
		<Sheet
			open
			onClose={onClose}
			title={batch.name === '' ? title : batch.name}
			size="l"
			foot={
				<>
					<Button look="quiet" icon={<ChevronLeft size={15} />} onClick={onBack}>
						{say('batch.another')}
					</Button>
					<span className="grow" />
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
					<b>{running ? percentText(share) : batch.canary === undefined ? say(`batchstate.${batch.state}`) : say('canary.title')}</b>
					<span>
						{say('batch.counts', { done: counts.done, total: counts.total })}
						{running && batch.eta !== null && ` · ${say('run.left', { time: secondsText(batch.eta) })}`}
						{!running && batch.seconds !== null && ` · ${secondsText(batch.seconds)}`}
					</span>
				</p>
				<div
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
					{counts.cached > 0 && <li className="badge">{say('batch.cached', { count: counts.cached })}</li>}
					{counts.skipped > 0 && <li className="badge">{say('batch.skipped', { count: counts.skipped })}</li>}
					{counts.failed > 0 && <li className="badge badge-bad">{say('batch.failed', { count: counts.failed })}</li>}
				</ul>
			</div>
			{batch.canary !== undefined && <ContactSheet canary={batch.canary} />}
			<PassedOver files={batch.passedOver ?? []} />
			{(running || batch.canary === undefined) && <Items items={batch.items} />}
		</Sheet>
	);
}

/** Every item; those that failed first. */
function Items({ items }: { readonly items: readonly ItemView[] }) {
	const say = useSay();
	const others = items.filter((item) => item.state !== 'failed');
	return (
		<>
			<Failures items={items.filter((item) => item.state === 'failed')} />
			<ul className="items">
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

/** Failed items by what went wrong. */
function Failures({ items }: { readonly items: readonly ItemView[] }) {
	const say = useSay();
	const sayProblem = useSayProblem();
	const headline = (failed: readonly ItemView[]) => (failed[0]?.problem == null ? '' : sayProblem(failed[0].problem));
	const groups = new Map<string, ItemView[]>();
	for (const item of items) {
		const key = item.problem?.key ?? 'bug';
		groups.set(key, [...(groups.get(key) ?? []), item]);
	}
	return [...groups.entries()].map(([key, failed]) => (
		<details key={key} className="failure" open={groups.size < 4}>
			<summary>
				<b>{headline(failed)}</b>
				<span className="badge badge-bad">{say('batch.items', { count: failed.length })}</span>
			</summary>
			<ul>
				{failed.map((item) => (
					<li key={item.item}>
						<span className="mono">{item.item}</span>
						{item.problem !== null && sayProblem(item.problem) !== headline(failed) && <span className="ledger-reason">{sayProblem(item.problem)}</span>}
						{item.problem?.detail !== undefined && (
							<details>
								<summary>{say('problem.detail')}</summary>
								<pre className="mono">{item.problem.detail}</pre>
							</details>
						)}
					</li>
				))}
			</ul>
		</details>
	));
}
