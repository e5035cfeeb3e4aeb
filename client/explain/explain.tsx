/** How the graph runs: its groups in order, with what they cost and why they have to be made. */

import { secondsText } from '../app/format.ts';
import { useSay } from '../app/language.ts';
import { useScene } from '../canvas/scene.ts';
import './explain.css';
import { closeExplain, useExplained } from './explained.ts';
import { GroupCard } from './group-card.tsx';

export function Explain() {
	const say = useSay();
	const { groups, trouble, busy } = useExplained();
	const unbound = useScene((scene) => scene.unbound.length > 0);
	return (
		<section
			className="explain"
			tabIndex={-1}
			aria-label={say('explain.title')}
			aria-busy={busy}
			onKeyDown={(event) => {
				if (event.key !== 'Escape') return;
				event.preventDefault();
				closeExplain();
			}}
		>
			<Headline groups={groups} typical={unbound} />
			{trouble !== '' && (
				<p className="row-error" role="status">
					{trouble}
				</p>
			)}
			<ol className="works">
				{(groups ?? []).map((group, i) => (
					<GroupCard key={`${group.backend} ${group.nodes.join(' ')}`} group={group} index={i + 1} typical={unbound} />
				))}
			</ol>
		</section>
	);
}

type Groups = ReturnType<typeof useExplained>['groups'];

function Headline({ groups, typical }: { readonly groups: Groups; readonly typical: boolean }) {
	const say = useSay();
	if (groups === null) return null;
	if (groups.length === 0) return <p className="panel-empty">{say('explain.empty')}</p>;
	const made = groups.filter(({ cached }) => cached).length;
	const left = groups.filter(({ cached }) => !cached).reduce((sum, { seconds, times }) => sum + seconds * times, 0);
	const nodes = groups.reduce((sum, one) => sum + one.nodes.length, 0);
	return (
		<header className="explain-head">
			<p>{say(groups.length === 1 ? 'explain.one' : 'explain.count', { nodes, count: groups.length })}</p>
			<p className="number explain-sum">{made === groups.length ? say('explain.all-made') : say('explain.left', { time: secondsText(left) })}</p>
			{typical && <p className="explain-sum">{say('explain.typical')}</p>}
		</header>
	);
}
