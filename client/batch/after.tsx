import { FileDown, Pause, Play, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { BatchView } from '../../server/http/api.ts';
import { batchReportUrl } from '../app/api.ts';
import { useSay } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { useUi } from '../app/ui.ts';
import { pause, undo } from './actions.ts';

interface Props {
	readonly batch: BatchView;
}

/** Holds a batch between two items, and lets it go on. */
export function PauseButton({ batch }: Props) {
	const say = useSay();
	const paused = batch.paused === true;
	return (
		<Button look={paused ? 'primary' : 'plain'} icon={paused ? <Play size={14} /> : <Pause size={14} />} onClick={() => void pause(batch.id, !paused)}>
			{say(paused ? 'batch.resume' : 'batch.pause')}
		</Button>
	);
}

/** Takes back what the batch wrote, after a second click. */
export function UndoButton({ batch }: Props) {
	const say = useSay();
	const [sure, setSure] = useState(false);
	if (batch.undone !== undefined || batch.counts.done === 0) return null;
	return (
		<Button
			look={sure ? 'danger' : 'plain'}
			icon={<Undo2 size={14} />}
			onBlur={() => setSure(false)}
			onClick={() => (sure ? void undo(batch.id) : setSure(true))}
		>
			{say(sure ? 'batch.undo-sure' : 'batch.undo')}
		</Button>
	);
}

/** What was taken back, and which files stay because they were changed since. */
export function Undone({ batch: { undone } }: Props) {
	const say = useSay();
	if (undone === undefined) return null;
	return (
		<div className="undone" role="status">
			<p>{say(undone.restored === 0 ? 'batch.undone-removed' : 'batch.undone', { removed: undone.removed, restored: undone.restored })}</p>
			{undone.kept.length > 0 && (
				<>
					<p>{say('batch.undo-kept')}</p>
					<ul>
						{undone.kept.map(({ path, reason }) => (
							<li key={path}>
								<span className="mono">{path}</span> <span className="ledger-reason">{say(`kept.${reason}`)}</span>
							</li>
						))}
					</ul>
				</>
			)}
		</div>
	);
}

/** The report on every item, to download. */
export function ReportLinks({ batch }: Props) {
	const say = useSay();
	const language = useUi((ui) => ui.language);
	return (
		<span className="report-links">
			<FileDown size={14} aria-hidden />
			{say('batch.report')}
			{(['csv', 'json'] as const).map((format) => (
				<a key={format} href={batchReportUrl(batch.id, format, language)} download aria-label={`${say('batch.report')} ${format.toUpperCase()}`}>
					{format.toUpperCase()}
				</a>
			))}
		</span>
	);
}
