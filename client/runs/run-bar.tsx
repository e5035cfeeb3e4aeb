import { Play, Route, Square } from 'lucide-react';
import { percentText, secondsText } from '../app/format.ts';
import { useSay } from '../app/language.ts';
import { Button, Hint, IconButton } from '../app/parts/button.tsx';
import { useUi } from '../app/ui.ts';
import { useScene } from '../canvas/scene.ts';
import { closeExplain, openExplain } from '../explain/explained.ts';
import { cancelRun, startRun, useRuns } from './runs.ts';

/** Run and cancel, with how far it is. */
export function RunBar() {
	const say = useSay();
	const run = useRuns((runs) => runs.run);
	const starting = useRuns((runs) => runs.starting);
	const empty = useScene((scene) => Object.keys(scene.graph.nodes).length === 0);
	const mode = useScene((scene) => scene.mode);
	const explaining = useUi((ui) => ui.panelOpen && ui.panel === 'explain');
	const running = run?.state === 'running';
	return (
		<div className="run-bar">
			{running && (
				<span
					className="run-progress number"
					role="progressbar"
					aria-valuenow={Math.round(run.share * 100)}
					aria-valuemin={0}
					aria-valuemax={100}
					aria-label={say('run.progress')}
				>
					<span>
						{percentText(run.share)}
						{run.eta !== null && ` · ${say('run.left', { time: secondsText(run.eta) })}`}
					</span>
					<span className="bar">
						<i style={{ width: `${run.share * 100}%` }} />
					</span>
				</span>
			)}
			<IconButton
				id="explain-button"
				label={say('key.explain')}
				keys="E"
				icon={<Route size={17} />}
				aria-pressed={explaining}
				data-on={explaining}
				disabled={empty}
				onClick={explaining ? closeExplain : openExplain}
			/>
			{running || starting ? (
				<Button className="run-button" icon={<Square size={12} fill="currentColor" />} onClick={cancelRun} disabled={starting}>
					{say('action.cancel')}
				</Button>
			) : (
				<Hint text={say('run.hint')} keys="Ctrl ↵">
					<button type="button" className="button button-primary run-button" disabled={empty || mode !== 'edit'} onClick={() => void startRun()}>
						<Play size={13} fill="currentColor" />
						<span>{say('run.start')}</span>
					</button>
				</Hint>
			)}
		</div>
	);
}
