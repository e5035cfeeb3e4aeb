/** How a node fares in the run: one line at the foot of its card, always of the same height. */
import { Ban, CircleAlert, CircleCheck, Clock, Combine, FileQuestion, LoaderCircle, TriangleAlert, Zap } from 'lucide-react';
import type { NodeView } from '../../server/http/api.ts';
import { bytesText, percentText, secondsText } from '../app/format.ts';
import { useSay, useSayProblem } from '../app/language.ts';
import { useRuns } from '../runs/runs.ts';
import { usePreviews } from '../viewers/previews.ts';
import { useScene } from './scene.ts';

/** The run's state of a node, as long as it holds for the graph as it is now. */
export function useNodeView(id: string): NodeView | null {
	const signature = useScene((scene) => scene.signatures[id]);
	return useRuns(({ run, signatures }) => (run !== null && signature !== undefined && signatures[id] === signature ? (run.nodes[id] ?? null) : null));
}

export function NodeState({ id }: { readonly id: string }) {
	const say = useSay();
	const sayProblem = useSayProblem();
	const view = useNodeView(id);
	const running = useRuns(({ run }) => run?.state === 'running');
	const problem = useScene((scene) => scene.problems[id]?.[0]);
	const unbound = useScene((scene) => scene.unbound.includes(id));
	const muted = useScene((scene) => scene.graph.nodes[id]?.muted === true);
	const bypassed = useScene((scene) => scene.graph.nodes[id]?.bypassed === true);
	const preview = usePreviews(({ nodes }) => nodes[id]?.problem ?? null);
	if (muted) return <Line tone="quiet" icon={<Ban size={13} />} text={say('state.muted')} />;
	if (bypassed) return <Line tone="quiet" icon={<Combine size={13} />} text={say('state.bypassed')} />;
	if (problem !== undefined) return <Line tone="warn" icon={<TriangleAlert size={13} />} text={sayProblem(problem)} />;
	if (view === null || (view.state === 'waiting' && !running)) {
		if (unbound) return <Line tone="quiet" icon={<FileQuestion size={13} />} text={say('state.no-file')} />;
		if (preview !== null) return <Line tone="bad" icon={<CircleAlert size={13} />} text={sayProblem(preview)} />;
		return <Line tone="quiet" icon={null} text="" />;
	}
	switch (view.state) {
		case 'waiting':
			return <Line tone="quiet" icon={<Clock size={13} />} text={say('state.waiting')} />;
		case 'running':
			return (
				<Line
					tone="busy"
					icon={<LoaderCircle size={13} className="turning" />}
					text={`${percentText(view.progress)}${view.eta === null ? '' : ` · ${say('run.left', { time: secondsText(view.eta) })}`}`}
					share={view.progress}
				/>
			);
		case 'done': {
			const bytes = view.artifacts.reduce((sum, one) => sum + one.bytes, 0);
			const size = bytes === 0 ? '' : ` · ${bytesText(bytes)}`;
			return view.from === 'cache' ? (
				<Line tone="good" icon={<Zap size={13} />} text={`${say('state.cached')}${size}`} title={say('state.cached-why')} />
			) : (
				<Line
					tone="good"
					icon={<CircleCheck size={13} />}
					text={`${say('state.done', { time: secondsText(view.seconds) })}${size}`}
					{...(view.why === undefined ? {} : { title: sayProblem(view.why) })}
				/>
			);
		}
		case 'fused':
			return <Line tone="good" icon={<CircleCheck size={13} />} text={say('state.fused')} title={say('state.fused-why')} />;
		case 'failed':
			return <Line tone="bad" icon={<CircleAlert size={13} />} text={sayProblem(view.problem)} />;
		case 'skipped':
			return <Line tone="quiet" icon={<Ban size={13} />} text={say('state.skipped')} title={view.because} />;
	}
}

interface LineProps {
	readonly tone: 'quiet' | 'busy' | 'good' | 'bad' | 'warn';
	readonly icon: React.ReactNode;
	readonly text: string;
	readonly title?: string;
	readonly share?: number;
}

function Line({ tone, icon, text, title, share }: LineProps) {
	return (
		<div className={`card-state card-state-${tone}`} title={title ?? text}>
			{icon}
			<span>{text}</span>
			{share !== undefined && <i className="card-progress" style={{ width: `calc((100% - 24px) * ${share.toFixed(3)})` }} />}
		</div>
	);
}
