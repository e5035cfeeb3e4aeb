import { ArrowRight, FileUp } from 'lucide-react';
import { useScene } from '../canvas/scene.ts';
import { pickFiles } from '../inspector/source-file.tsx';
import { usePlan } from '../prompt/plan.ts';
import { use } from '../prompt/suggestions.tsx';
import { receiveFiles } from './drop-zone.tsx';
import { useInputs } from './inputs.ts';
import { useSay } from './language.ts';
import { openDialog } from './ui.ts';

/** What the page says while there is nothing on it: what it is, and three ways to begin. */
export function EmptyState() {
	const say = useSay();
	const empty = useScene((scene) => Object.keys(scene.graph.nodes).length === 0 && (scene.graph.notes ?? []).length === 0);
	const phase = usePlan((plan) => plan.phase);
	const sending = useInputs((inputs) => inputs.sending.length > 0);
	if (!empty || phase === 'planning' || phase === 'trying' || sending) return null;
	const goals = [say('empty.goal.1'), say('empty.goal.2'), say('empty.goal.3')];
	return (
		<section className="empty" aria-label={say('empty.title')}>
			<h1>{say('empty.title')}</h1>
			<p>{say('empty.about')}</p>
			<button type="button" className="empty-drop" onClick={() => pickFiles(true, (files) => void receiveFiles(files))}>
				<FileUp size={22} />
				<b>{say('empty.drop')}</b>
				<span>{say('empty.kinds')}</span>
			</button>
			<h2 className="empty-or">{say('empty.or')}</h2>
			<ul>
				{goals.map((goal) => (
					<li key={goal}>
						<button type="button" onClick={() => use(goal)}>
							<span>{goal}</span>
							<ArrowRight size={15} />
						</button>
					</li>
				))}
			</ul>
			<p className="empty-more">
				<button type="button" className="link" onClick={() => openDialog('gallery')}>
					{say('empty.gallery')}
				</button>
				<span>·</span>
				<span>{say('empty.build')}</span>
			</p>
		</section>
	);
}
