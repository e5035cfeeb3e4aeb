/** The same graph over many files: which files, where to, under which names; then how it goes. */
import { FolderSync } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { BatchBody, BatchPreview } from '../../server/http/api.ts';
import { api } from '../app/api.ts';
import { errorText } from '../app/explain-error.ts';
import { bytesText, secondsText } from '../app/format.ts';
import { useSay } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { OnOff, Segmented } from '../app/parts/choice.tsx';
import { Sheet } from '../app/parts/dialog.tsx';
import { openDialog, useUi } from '../app/ui.ts';
import { useDoc } from '../canvas/document.ts';
import { WatchButton } from '../watch/watch-form.tsx';
import { WatchesLine } from '../watch/watches-dialog.tsx';
import './batch.css';
import './after.css';
import './items.css';
import { BatchProgress } from './batch-progress.tsx';
import { loadBatches, show, startBatch, useBatches } from './batches.ts';
import { useEstimate } from './estimate.ts';
import { FolderPicker } from './folder-picker.tsx';
import { FromFiles } from './from-files.tsx';
import { FromRows } from './from-rows.tsx';
import { MoreChoices } from './more-choices.tsx';
import { NamePreview } from './name-preview.tsx';
import { bodyOf, type Change, firstWishes, settingsOf, sourcesOf } from './wishes.ts';

export function BatchDialog() {
	const say = useSay();
	const open = useUi((ui) => ui.dialog === 'batch');
	const batch = useBatches((batches) => batches.batch);
	useEffect(() => {
		if (open) void loadBatches();
	}, [open]);
	if (!open) return null;
	return batch === null ? <Form /> : <BatchProgress batch={batch} onBack={() => show(null)} onClose={() => openDialog(null)} title={say('batch.title')} />;
}

function Form() {
	const say = useSay();
	const { recipe, bindings } = useDoc((doc) => doc.timeline.value);
	const list = useBatches((batches) => batches.list);
	const running = list.filter((one) => one.state === 'running');
	const sources = sourcesOf(recipe.graph);
	const [wishes, setWishes] = useState(() => firstWishes(recipe.graph));
	const change: Change = (more) => setWishes((before) => ({ ...before, ...more }));
	const { where, to, folder, name, canary } = wishes;
	const body = useMemo(() => bodyOf(wishes, recipe, bindings), [wishes, recipe, bindings]);
	const preview = usePreview(body);
	const estimate = useEstimate(body, preview.reply !== null && !preview.busy && preview.reply.items.length > 0);

	if (sources.length === 0 && settingsOf(recipe).length === 0)
		return (
			<Sheet open onClose={() => openDialog(null)} title={say('batch.title')} about={say('batch.about')} size="s">
				<p className="panel-empty">{say('batch.no-source')}</p>
			</Sheet>
		);
	return (
		<Sheet
			open
			onClose={() => openDialog(null)}
			title={say('batch.title')}
			about={say('batch.about')}
			size="l"
			foot={
				<>
					<span className="grow ledger-reason number">
						{preview.reply === null ? '' : say(where === 'rows' ? 'batch.found-rows' : 'batch.found', { count: preview.reply.items.length })}
						{estimate !== null &&
							estimate.seconds !== null &&
							` · ${estimate.seconds < 1 ? say('batch.estimate-moment') : say('batch.estimate-time', { time: secondsText(estimate.seconds) })}`}
						{estimate !== null && estimate.bytes !== null && ` · ${say('batch.estimate-size', { size: bytesText(estimate.bytes) })}`}
					</span>
					<Button onClick={() => openDialog(null)}>{say('action.cancel')}</Button>
					{where === 'folder' && <WatchButton body={body} />}
					<Button
						look="primary"
						icon={<FolderSync size={15} />}
						disabled={body === null || preview.reply === null || preview.reply.items.length === 0 || preview.reply.problems.length > 0}
						onClick={() => body !== null && void startBatch(body)}
					>
						{say(canary ? 'batch.start-canary' : 'batch.start')}
					</Button>
				</>
			}
		>
			<WatchesLine />
			{running.length > 0 && (
				<ul className="running">
					{running.map((one) => (
						<li key={one.id}>
							<span>{say('batch.running', { name: one.name, done: one.counts.done, total: one.counts.total })}</span>
							<Button small onClick={() => show(one)}>
								{say('batch.show')}
							</Button>
						</li>
					))}
				</ul>
			)}
			<div className="batch">
				<section>
					<h3>{say('batch.from')}</h3>
					<Segmented
						label={say('batch.from')}
						value={where}
						onChange={(value) => change({ where: value === 'files' || value === 'rows' ? value : 'folder' })}
						options={(sources.length === 0 ? (['rows'] as const) : (['folder', 'files', 'rows'] as const)).map((value) => ({
							value,
							label: say(`batch.${value}`),
						}))}
					/>
					{where === 'rows' ? <FromRows recipe={recipe} wishes={wishes} change={change} /> : <FromFiles recipe={recipe} wishes={wishes} change={change} />}
				</section>
				<section>
					<h3>{say('batch.to')}</h3>
					<FolderPicker label={say('batch.to')} value={to} onChange={(place) => change({ to: place })} writable />
					<div className="batch-row">
						<label htmlFor="batch-folder">{say('batch.new-folder')}</label>
						<input
							id="batch-folder"
							className="field"
							placeholder={say('batch.new-folder-hint')}
							value={folder}
							onChange={(event) => change({ folder: event.target.value })}
						/>
					</div>
					<div className="batch-row">
						<label htmlFor="batch-name">{say('batch.name')}</label>
						<input id="batch-name" className="field mono" placeholder="{name}.{ext}" value={name} onChange={(event) => change({ name: event.target.value })} />
						<p className="row-hint">{say(where === 'rows' ? 'batch.name-hint-rows' : 'batch.name-hint')}</p>
					</div>
					<div className="batch-row batch-inline">
						<label htmlFor="batch-canary">{say('batch.canary')}</label>
						<OnOff id="batch-canary" label={say('batch.canary')} on={canary} onChange={(on) => change({ canary: on })} />
					</div>
					<MoreChoices wishes={wishes} change={change} />
				</section>
				<NamePreview
					wait={say(where === 'rows' ? 'batch.preview-wait-rows' : 'batch.preview-wait')}
					reply={preview.reply}
					trouble={preview.trouble}
					busy={preview.busy}
				/>
			</div>
		</Sheet>
	);
}

/** The dry run of what is set, shortly after it was set. */
function usePreview(body: BatchBody | null): { readonly reply: BatchPreview | null; readonly trouble: string; readonly busy: boolean } {
	const [state, setState] = useState<{ reply: BatchPreview | null; trouble: string; busy: boolean }>({ reply: null, trouble: '', busy: false });
	useEffect(() => {
		if (body === null) return setState({ reply: null, trouble: '', busy: false });
		const stopper = new AbortController();
		const timer = setTimeout(() => {
			setState((before) => ({ ...before, busy: true }));
			api.batchPreview(body, stopper.signal).then(
				(reply) => setState({ reply, trouble: '', busy: false }),
				(error) => !stopper.signal.aborted && setState({ reply: null, trouble: errorText(error), busy: false }),
			);
		}, 220);
		return () => {
			clearTimeout(timer);
			stopper.abort();
		};
	}, [body]);
	return state;
}
