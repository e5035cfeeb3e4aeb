import { useEffect } from 'react';
import { secondsText } from '../app/format.ts';
import { useSay } from '../app/language.ts';
import { Sheet } from '../app/parts/dialog.tsx';
import { openDialog, useUi } from '../app/ui.ts';
import { loadRuns, openRun, useRuns } from './runs.ts';

/** Earlier runs, newest first. */
export function RunsDialog() {
	const say = useSay();
	const open = useUi((ui) => ui.dialog === 'runs');
	const language = useUi((ui) => ui.language);
	const list = useRuns((runs) => runs.list);
	useEffect(() => {
		if (open) void loadRuns();
	}, [open]);
	return (
		<Sheet open={open} onClose={() => openDialog(null)} title={say('top.runs')} about={say('runs.about')}>
			{list !== null && list.length === 0 && <p className="panel-empty">{say('runs.empty')}</p>}
			<ul className="runs">
				{(list ?? []).map((run) => (
					<li key={run.id}>
						<button
							type="button"
							onClick={() => {
								openDialog(null);
								void openRun(run.id);
							}}
						>
							<span className={`dot dot-${run.state}`} aria-hidden />
							<b>{run.name}</b>
							<span className="runs-state">{say(`runstate.${run.state}`)}</span>
							<span className="number ledger-reason">
								{new Date(run.startedAt).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' })}
								{run.seconds !== null && ` · ${secondsText(run.seconds)}`}
								{run.outputs.length > 0 && ` · ${say('runs.outputs', { count: run.outputs.length })}`}
							</span>
						</button>
					</li>
				))}
			</ul>
		</Sheet>
	);
}
