/** Connecting from the keyboard: every wire that could be made at the selected node, as a list. */
import { ArrowLeft, ArrowRight, Plus } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { specOf } from '../../nodes/catalogue.ts';
import { KIND_TITLES } from '../../nodes/define.ts';
import { useSay, useWords } from '../app/language.ts';
import { type Pick, PickList } from '../app/parts/pick-list.tsx';
import { accepts } from '../catalogue/fits.ts';
import { kindStyle } from '../catalogue/icons.tsx';
import { score } from '../catalogue/rank.ts';
import { wire } from './acts.ts';
import { portsAt, reaches } from './edits.ts';
import { looseEnd } from './loose.ts';
import { useScene } from './scene.ts';
import { openSearch, useView } from './view.ts';

export function ConnectDialog() {
	const say = useSay();
	const node = useView((view) => view.connecting);
	const close = () => useView.setState({ connecting: null });
	return (
		<Dialog.Root open={node !== null} onOpenChange={(open) => !open && close()}>
			<Dialog.Portal>
				<Dialog.Overlay className="veil" />
				<Dialog.Content className="finder" aria-describedby={undefined}>
					<Dialog.Title className="hidden-text">{say('key.connect')}</Dialog.Title>
					{node !== null && <Ends node={node} close={close} />}
				</Dialog.Content>
			</Dialog.Portal>
		</Dialog.Root>
	);
}

function Ends({ node, close }: { readonly node: string; readonly close: () => void }) {
	const say = useSay();
	const words = useWords();
	const { graph, checked } = useScene.getState();
	const here = graph.nodes[node];
	if (here === undefined) return null;
	const titleOf = (id: string) => graph.nodes[id]?.title ?? words(specOf(graph.nodes[id]?.spec ?? '')?.title ?? { en: id, zh: id });
	const mine = portsAt(here);
	const others = Object.entries(graph.nodes).filter(([id]) => id !== node);
	const wired = (from: string, to: string) => graph.edges.some((edge) => edge.from === from && edge.to === to);
	const join = (from: string, to: string) => {
		close();
		wire(from, to);
	};
	const picks: Pick[] = [];
	for (const [name, port] of Object.entries(mine.outputs)) {
		const from = `${node}.${name}`;
		const tile = (
			<span className="spec-icon" style={kindStyle(port.kind)} aria-hidden>
				<ArrowRight size={15} />
			</span>
		);
		const section = say('connect.from', { port: words(port.title), kind: words(KIND_TITLES[port.kind]) });
		for (const [id, other] of others) {
			if (reaches(graph, id, node)) continue;
			for (const [input, target] of Object.entries(portsAt(other).inputs)) {
				const to = `${id}.${input}`;
				if (!accepts(target, port.kind, checked.seen[from]) || wired(from, to)) continue;
				picks.push({ id: `${from}>${to}`, title: `${titleOf(id)} · ${words(target.title)}`, section, icon: tile, onPick: () => join(from, to) });
			}
		}
		const loose = looseEnd(node, name, 'out');
		const plus = (
			<span className="spec-icon spec-icon-plain" aria-hidden>
				<Plus size={15} />
			</span>
		);
		if (loose !== null)
			picks.push({
				id: `${from}+`,
				title: say('connect.new'),
				section,
				icon: plus,
				onPick: () => {
					close();
					openSearch({ loose });
				},
			});
	}
	for (const [name, port] of Object.entries(mine.inputs)) {
		const to = `${node}.${name}`;
		const tile = (
			<span className="spec-icon" style={kindStyle(port.kind)} aria-hidden>
				<ArrowLeft size={15} />
			</span>
		);
		for (const [id, other] of others) {
			if (reaches(graph, node, id)) continue;
			for (const [output, origin] of Object.entries(portsAt(other).outputs)) {
				const from = `${id}.${output}`;
				if (!accepts(port, origin.kind, checked.seen[from]) || wired(from, to)) continue;
				picks.push({
					id: `${from}>${to}`,
					title: `${titleOf(id)} · ${words(origin.title)}`,
					section: say('connect.to', { port: words(port.title), kind: words(KIND_TITLES[port.kind]) }),
					icon: tile,
					onPick: () => join(from, to),
				});
			}
		}
	}
	return (
		<PickList
			label={say('key.connect')}
			placeholder={say('connect.placeholder', { node: titleOf(node) })}
			find={(query) => picks.filter((pick) => score(query, [{ text: pick.title, weight: 1 }]) > 0)}
			empty={say('connect.nothing')}
			onEscape={close}
		/>
	);
}
