/** The wires of the selected node as a form: everything that hands do with wires, for the keyboard. */
import { Unplug } from 'lucide-react';
import { specOf } from '../../nodes/catalogue.ts';
import { KIND_TITLES } from '../../nodes/define.ts';
import type { GraphNode } from '../../nodes/graph.ts';
import { useSay, useWords } from '../app/language.ts';
import { IconButton } from '../app/parts/button.tsx';
import { Choose } from '../app/parts/choice.tsx';
import { wire } from '../canvas/acts.ts';
import { edit } from '../canvas/document.ts';
import { disconnect, portsAt, reaches } from '../canvas/edits.ts';
import { useScene } from '../canvas/scene.ts';
import { accepts } from '../catalogue/fits.ts';
import { KindIcon, kindStyle } from '../catalogue/icons.tsx';

export function Connections({ id, node }: { readonly id: string; readonly node: GraphNode }) {
	const say = useSay();
	const words = useWords();
	const graph = useScene((scene) => scene.graph);
	const seen = useScene((scene) => scene.checked.seen);
	const { inputs } = portsAt(node);
	if (Object.keys(inputs).length === 0) return null;
	const titleOf = (other: string) => graph.nodes[other]?.title ?? words(specOf(graph.nodes[other]?.spec ?? '')?.title ?? { en: other, zh: other });
	const offers = Object.entries(graph.nodes)
		.filter(([other]) => other !== id && !reaches(graph, id, other))
		.flatMap(([other, one]) =>
			Object.entries(portsAt(one).outputs).map(([name, port]) => ({ end: `${other}.${name}`, port, label: `${titleOf(other)} · ${words(port.title)}` })),
		);
	const labelOf = (end: string) => offers.find((offer) => offer.end === end)?.label ?? end;
	return (
		<section className="part">
			<h4>{say('inspector.connections')}</h4>
			{Object.entries(inputs).map(([name, port]) => {
				const to = `${id}.${name}`;
				const wires = graph.edges.filter((edge) => edge.to === to);
				const fitting = offers.filter((offer) => accepts(port, offer.port.kind, seen[offer.end]) && !wires.some((edge) => edge.from === offer.end));
				return (
					<div key={name} className="connection" style={kindStyle(port.kind)}>
						<span className="connection-name" title={words(KIND_TITLES[port.kind])}>
							<KindIcon kind={port.kind} size={14} />
							{words(port.title)}
						</span>
						<div className="connection-ends">
							{wires.map((edge) => (
								<span key={edge.from} className="connection-end">
									<span title={labelOf(edge.from)}>{labelOf(edge.from)}</span>
									<IconButton
										label={say('inspector.disconnect')}
										className="icon-button-small"
										icon={<Unplug size={13} />}
										onClick={() => edit((doc) => disconnect(doc.recipe.graph, edge.from, edge.to))}
										side="left"
									/>
								</span>
							))}
							{(wires.length === 0 || port.many === true) && (
								<Choose
									label={say('inspector.connect', { port: words(port.title) })}
									value=""
									placeholder={
										fitting.length === 0
											? say('inspector.nothing-fits')
											: port.optional === true
												? say('inspector.connect-optional')
												: say('inspector.choose-feed')
									}
									onChange={(from) => wire(from, to)}
									options={fitting.map((offer) => ({ value: offer.end, label: offer.label }))}
								/>
							)}
						</div>
					</div>
				);
			})}
		</section>
	);
}
