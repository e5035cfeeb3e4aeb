import { Check } from 'lucide-react';
import { specOf } from '../../nodes/catalogue.ts';
import { fieldsOf } from '../../nodes/define.ts';
import { useSay, useWords } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { useScene } from '../canvas/scene.ts';
import { acceptProposal, chooseChange, rejectProposal, usePlan } from './plan.ts';

/** The changes that a goal proposes: each to take or leave. Nothing else changes. */
export function ProposalBar() {
	const say = useSay();
	const words = useWords();
	const proposal = usePlan((plan) => plan.proposal);
	const marks = useScene((scene) => scene.marks);
	const graph = useScene((scene) => scene.graph);
	if (proposal === null) return null;
	const titleOf = (id: string) => graph.nodes[id]?.title ?? words(specOf(graph.nodes[id]?.spec ?? '')?.title ?? { en: id, zh: id });
	const paramsOf = (id: string, names: readonly string[]) => {
		const node = graph.nodes[id];
		const spec = specOf(node?.spec ?? '');
		const fields = spec === undefined || node === undefined ? [] : fieldsOf(spec.params, node.params);
		return names.map((name) => {
			const field = fields.find((one) => one.name === name);
			return field === undefined ? name : words(field.title);
		});
	};
	return (
		<div className="proposal">
			<ul>
				{Object.values(marks).map((change) => (
					<li key={change.node}>
						<label>
							<input type="checkbox" checked={proposal.chosen.has(change.node)} onChange={(event) => chooseChange(change.node, event.target.checked)} />
							<span className="tick" aria-hidden>
								<Check size={12} />
							</span>
							<span className={`mark mark-${change.what}`}>{say(`change.${change.what}`)}</span>
							<b>{titleOf(change.node)}</b>
							{change.params.length > 0 && <span className="ledger-reason">{paramsOf(change.node, change.params).join(', ')}</span>}
						</label>
					</li>
				))}
			</ul>
			<div className="proposal-acts">
				<span className="grow ledger-reason">{say('proposal.only')}</span>
				<Button onClick={rejectProposal}>{say('proposal.reject')}</Button>
				<Button look="primary" disabled={proposal.chosen.size === 0} onClick={acceptProposal}>
					{proposal.chosen.size === Object.keys(marks).length ? say('proposal.accept') : say('proposal.accept-some', { count: proposal.chosen.size })}
				</Button>
			</div>
		</div>
	);
}
