/** The node search: everything, or only what fits the end of a wire. */
import { useEffect, useRef } from 'react';
import { SPECS } from '../../nodes/catalogue.ts';
import type { Params, Spec } from '../../nodes/define.ts';
import { KIND_TITLES, KINDS } from '../../nodes/define.ts';
import { useSay, useWords } from '../app/language.ts';
import { type Pick, PickList } from '../app/parts/pick-list.tsx';
import { place } from '../canvas/acts.ts';
import { portsAt } from '../canvas/edits.ts';
import { useScene } from '../canvas/scene.ts';
import { type Asked, closeSearch, useView } from '../canvas/view.ts';
import { conversions, freshPorts, inputFor, outputFor } from './fits.ts';
import { kindOfSpec, SpecIcon } from './icons.tsx';
import { rankSpecs } from './rank.ts';

const WIDTH = 380;
const HEIGHT = 420;

/** Specs that the search offers for what was asked. */
export function offered(asked: Asked): readonly Spec[] {
	const visible = SPECS.filter((spec) => spec.hidden !== true);
	if (asked.between !== undefined) return conversions(visible, asked.between.kind, asked.between.seen, asked.between.wanted).map(({ spec }) => spec);
	const { loose } = asked;
	if (loose === undefined) return visible;
	if (loose.side === 'out') return visible.filter((spec) => inputFor(freshPorts(spec).inputs, loose.kind, loose.seen) !== null);
	const node = useScene.getState().graph.nodes[loose.node];
	const port = node === undefined ? undefined : portsAt(node).inputs[loose.port];
	return port === undefined ? [] : visible.filter((spec) => outputFor(freshPorts(spec).outputs, port) !== null || spec.medium === 'source');
}

export function Palette() {
	const asked = useView((view) => view.search);
	return asked === null ? null : <Search asked={asked} key={`${asked.at.x},${asked.at.y}`} />;
}

function Search({ asked }: { readonly asked: Asked }) {
	const say = useSay();
	const words = useWords();
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const outside = (event: PointerEvent) => {
			if (event.target instanceof globalThis.Node && box.current?.contains(event.target) === false) closeSearch();
		};
		document.addEventListener('pointerdown', outside, true);
		return () => document.removeEventListener('pointerdown', outside, true);
	}, []);
	const specs = offered(asked);
	const find = (query: string): readonly Pick[] => {
		const ranked = rankSpecs(query, specs);
		const ordered =
			query.trim() === '' && asked.between === undefined ? [...ranked].sort((a, b) => KINDS.indexOf(kindOfSpec(a)) - KINDS.indexOf(kindOfSpec(b))) : ranked;
		return ordered.map((spec): Pick => {
			const kind = kindOfSpec(spec);
			return {
				id: spec.id,
				title: words(spec.title),
				about: words(spec.summary),
				icon: <SpecIcon spec={spec} kind={kind} />,
				...(query.trim() === '' ? { section: spec.medium === 'source' ? say('search.sources') : words(KIND_TITLES[kind]) } : {}),
				onPick: () => {
					place(spec, asked, sourceParams(spec, asked));
					closeSearch();
				},
			};
		});
	};
	const left = Math.max(12, Math.min(asked.at.x - 20, window.innerWidth - WIDTH - 12));
	const top = Math.max(12, Math.min(asked.at.y - 22, window.innerHeight - HEIGHT - 12));
	const title =
		asked.between !== undefined
			? say('search.between')
			: asked.loose !== undefined
				? say('search.fits', { kind: words(KIND_TITLES[asked.loose.kind]) })
				: say('search.nodes');
	return (
		<div className="palette" ref={box} style={{ left, top, width: `min(${WIDTH}px, calc(100vw - 24px))`, maxHeight: HEIGHT }}>
			<PickList label={title} placeholder={title} find={find} empty={say('search.nothing')} onEscape={closeSearch} />
		</div>
	);
}

/** A source that is pulled out of an input port starts with that port's kind, where the source has such a choice. */
function sourceParams(spec: Spec, asked: Asked): Params {
	if (spec.medium !== 'source' || asked.loose?.side !== 'in') return {};
	const kind = asked.loose.kind;
	for (const params of [{}, { kind }]) {
		const read = spec.params.safeParse(params);
		if (read.success && Object.values(spec.portsOf?.(read.data).outputs ?? spec.outputs)[0]?.kind === kind) return params;
	}
	return {};
}
