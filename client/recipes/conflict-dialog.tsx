import { specOf } from '../../nodes/catalogue.ts';
import { useSay, useWords } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { Sheet } from '../app/parts/dialog.tsx';
import { changesBetween } from '../canvas/changes.ts';
import { useDoc } from '../canvas/document.ts';
import { keepMine, takeTheirs, useSaving } from './saved.ts';

/** The recipe was changed elsewhere: shows how mine differs from theirs, and lets one choose. */
export function ConflictDialog() {
	const say = useSay();
	const words = useWords();
	const conflict = useSaving((saving) => saving.conflict);
	const recipe = useDoc((doc) => doc.timeline.value.recipe);
	if (conflict === null) return null;
	const changes = changesBetween(conflict.recipe.graph, recipe.graph);
	const titleOf = (id: string) => {
		const node = recipe.graph.nodes[id] ?? conflict.recipe.graph.nodes[id];
		return node?.title ?? words(specOf(node?.spec ?? '')?.title ?? { en: id, zh: id });
	};
	return (
		<Sheet
			open
			onClose={() => useSaving.setState({ conflict: null, state: 'failed' })}
			title={say('conflict.title')}
			about={say('conflict.about')}
			size="s"
			foot={
				<>
					<Button onClick={takeTheirs}>{say('conflict.theirs')}</Button>
					<Button look="primary" onClick={() => void keepMine()}>
						{say('conflict.mine')}
					</Button>
				</>
			}
		>
			<ul className="changes">
				{changes.length === 0 && <li className="ledger-reason">{say('conflict.places')}</li>}
				{changes.map((change) => (
					<li key={change.node}>
						<span className={`mark mark-${change.what}`}>{say(`change.${change.what}`)}</span> <b>{titleOf(change.node)}</b>
						{change.params.length > 0 && <span className="ledger-reason"> {change.params.join(', ')}</span>}
					</li>
				))}
			</ul>
		</Sheet>
	);
}
