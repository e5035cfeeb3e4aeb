/** The same graph over many files: which files, where to, under which names; then how it goes. */
import { FolderSync } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { specOf } from '../../nodes/catalogue.ts';
import type { BatchBody, BatchPreview } from '../../server/http/api.ts';
import { api } from '../app/api.ts';
import { errorText } from '../app/explain-error.ts';
import { sendFile } from '../app/inputs.ts';
import { useSay, useWords } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { Choose, OnOff, Segmented } from '../app/parts/choice.tsx';
import { Sheet } from '../app/parts/dialog.tsx';
import { openDialog, useUi } from '../app/ui.ts';
import { useDoc } from '../canvas/document.ts';
import { sourcePort } from '../catalogue/sources.ts';
import { pickFiles } from '../inspector/source-file.tsx';
import './batch.css';
import { BatchProgress } from './batch-progress.tsx';
import { loadBatches, show, startBatch, useBatches } from './batches.ts';
import { FolderPicker, type Place } from './folder-picker.tsx';
import { NamePreview } from './name-preview.tsx';

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
	const words = useWords();
	const { recipe, bindings } = useDoc((doc) => doc.timeline.value);
	const list = useBatches((batches) => batches.list);
	const running = list.filter((one) => one.state === 'running');
	const sources = Object.entries(recipe.graph.nodes).filter(([, node]) => sourcePort(node)?.many === false);
	const [node, setNode] = useState(sources[0]?.[0] ?? '');
	const [where, setWhere] = useState<'folder' | 'files'>('folder');
	const [from, setFrom] = useState<Place | null>(null);
	const [files, setFiles] = useState<readonly { readonly id: string; readonly name: string }[]>([]);
	const [to, setTo] = useState<Place | null>(null);
	const [folder, setFolder] = useState('');
	const [pattern, setPattern] = useState('');
	const [recursive, setRecursive] = useState(false);
	const [name, setName] = useState('');
	const [existing, setExisting] = useState<BatchBody['existing']>('skip');
	const [stopOnError, setStopOnError] = useState(false);

	const body = useMemo((): BatchBody | null => {
		const target = to === null ? null : { root: to.root, path: [to.path, folder.trim()].filter(Boolean).join('/') };
		const origin = where === 'folder' ? from : files.length === 0 ? null : { inputs: files.map((file) => file.id) };
		if (node === '' || target === null || origin === null) return null;
		const { [node]: _, ...others } = bindings;
		return {
			recipe,
			node,
			bindings: others,
			from: origin,
			...(pattern.trim() === '' ? {} : { pattern: pattern.trim() }),
			recursive,
			to: target,
			...(name.trim() === '' ? {} : { name: name.trim() }),
			existing,
			stopOnError,
		};
	}, [recipe, bindings, node, where, from, files, to, folder, pattern, recursive, name, existing, stopOnError]);
	const preview = usePreview(body);
	const choose = () =>
		pickFiles(true, async (picked) =>
			setFiles((await Promise.all(picked.map(sendFile))).filter((input) => input !== null).map(({ id, name }) => ({ id, name }))),
		);

	if (sources.length === 0)
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
					<span className="grow ledger-reason number">{preview.reply === null ? '' : say('batch.found', { count: preview.reply.items.length })}</span>
					<Button onClick={() => openDialog(null)}>{say('action.cancel')}</Button>
					<Button
						look="primary"
						icon={<FolderSync size={15} />}
						disabled={body === null || preview.reply === null || preview.reply.items.length === 0 || preview.reply.problems.length > 0}
						onClick={() => body !== null && void startBatch(body)}
					>
						{say('batch.start')}
					</Button>
				</>
			}
		>
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
					{sources.length > 1 && (
						<div className="batch-row">
							<span>{say('batch.node')}</span>
							<Choose
								label={say('batch.node')}
								value={node}
								onChange={setNode}
								options={sources.map(([id, one]) => ({ value: id, label: one.title ?? `${words(specOf(one.spec)?.title ?? { en: id, zh: id })} (${id})` }))}
							/>
						</div>
					)}
					<Segmented
						label={say('batch.from')}
						value={where}
						onChange={(value) => setWhere(value === 'files' ? 'files' : 'folder')}
						options={[
							{ value: 'folder', label: say('batch.folder') },
							{ value: 'files', label: say('batch.files') },
						]}
					/>
					{where === 'folder' ? (
						<>
							<FolderPicker label={say('batch.from')} value={from} onChange={setFrom} showFiles />
							<div className="batch-row">
								<label htmlFor="batch-pattern">{say('batch.pattern')}</label>
								<input id="batch-pattern" className="field" placeholder="*.gif" value={pattern} onChange={(event) => setPattern(event.target.value)} />
							</div>
							<div className="batch-row batch-inline">
								<label htmlFor="batch-recursive">{say('batch.recursive')}</label>
								<OnOff id="batch-recursive" label={say('batch.recursive')} on={recursive} onChange={setRecursive} />
							</div>
						</>
					) : (
						<div className="batch-files">
							<Button onClick={choose}>{say('batch.choose-files')}</Button>
							<p className="ledger-reason">{files.length === 0 ? '' : files.map((file) => file.name).join(', ')}</p>
						</div>
					)}
				</section>
				<section>
					<h3>{say('batch.to')}</h3>
					<FolderPicker label={say('batch.to')} value={to} onChange={setTo} writable />
					<div className="batch-row">
						<label htmlFor="batch-folder">{say('batch.new-folder')}</label>
						<input
							id="batch-folder"
							className="field"
							placeholder={say('batch.new-folder-hint')}
							value={folder}
							onChange={(event) => setFolder(event.target.value)}
						/>
					</div>
					<div className="batch-row">
						<label htmlFor="batch-name">{say('batch.name')}</label>
						<input id="batch-name" className="field mono" placeholder="{name}.{ext}" value={name} onChange={(event) => setName(event.target.value)} />
						<p className="row-hint">{say('batch.name-hint')}</p>
					</div>
					<div className="batch-row">
						<span>{say('batch.existing')}</span>
						<Segmented
							label={say('batch.existing')}
							value={existing}
							onChange={(value) => setExisting(value === 'overwrite' || value === 'error' ? value : 'skip')}
							options={(['skip', 'overwrite', 'error'] as const).map((value) => ({ value, label: say(`existing.${value}`) }))}
						/>
					</div>
					<div className="batch-row batch-inline">
						<label htmlFor="batch-stop">{say('batch.stop')}</label>
						<OnOff id="batch-stop" label={say('batch.stop')} on={stopOnError} onChange={setStopOnError} />
					</div>
				</section>
				<NamePreview reply={preview.reply} trouble={preview.trouble} busy={preview.busy} />
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
