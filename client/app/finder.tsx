/** Ctrl-K: goes to anything. */
import { BookOpen, Zap } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { SPECS, specOf } from '../../nodes/catalogue.ts';
import type { RecipeEntry } from '../../server/http/api.ts';
import { place } from '../canvas/acts.ts';
import { select } from '../canvas/document.ts';
import { useScene } from '../canvas/scene.ts';
import { middle, reveal } from '../canvas/view.ts';
import { kindOfSpec, SpecIcon } from '../catalogue/icons.tsx';
import { rankSpecs, score } from '../catalogue/rank.ts';
import { openSaved } from '../recipes/saved.ts';
import { api } from './api.ts';
import { SHORTCUTS } from './keys.ts';
import { keyText } from './keys-dialog.tsx';
import { useSay, useWords } from './language.ts';
import { type Pick, PickList } from './parts/pick-list.tsx';
import { openDialog, showPanel, useUi } from './ui.ts';

export function Finder() {
	const open = useUi((ui) => ui.dialog === 'finder');
	const say = useSay();
	return (
		<Dialog.Root open={open} onOpenChange={(next) => !next && openDialog(null)}>
			<Dialog.Portal>
				<Dialog.Overlay className="veil" />
				<Dialog.Content className="finder" aria-describedby={undefined}>
					<Dialog.Title className="hidden-text">{say('key.find')}</Dialog.Title>
					<Found />
				</Dialog.Content>
			</Dialog.Portal>
		</Dialog.Root>
	);
}

function Found() {
	const say = useSay();
	const words = useWords();
	const graph = useScene((scene) => scene.graph);
	const [recipes, setRecipes] = useState<readonly { readonly entry: RecipeEntry; readonly from: 'mine' | 'gallery' }[]>([]);
	useEffect(() => {
		Promise.all([api.recipes(), api.gallery()]).then(
			([mine, gallery]) =>
				setRecipes([...mine.map((entry) => ({ entry, from: 'mine' as const })), ...gallery.map((entry) => ({ entry, from: 'gallery' as const }))]),
			() => undefined,
		);
	}, []);
	const close = () => openDialog(null);
	const find = (query: string): Pick[] => {
		const asked = query.trim() !== '';
		const nodes = Object.entries(graph.nodes).flatMap(([id, node]) => {
			const spec = specOf(node.spec);
			const title = node.title ?? (spec === undefined ? node.spec : words(spec.title));
			const found = score(query, [
				{ text: title, weight: 10 },
				{ text: id, weight: 6 },
				...(spec === undefined
					? []
					: [
							{ text: spec.title.en, weight: 8 },
							{ text: spec.title.zh, weight: 8 },
						]),
			]);
			const go = () => {
				close();
				select([id]);
				showPanel('node');
				reveal(id);
			};
			return found === 0
				? []
				: [
						{
							id: `node-${id}`,
							title,
							section: say('find.nodes'),
							icon: <SpecIcon spec={spec} kind={spec === undefined ? 'file' : kindOfSpec(spec)} />,
							onPick: go,
						},
					];
		});
		const commands = SHORTCUTS.filter((one) => one.name !== 'key.find' && one.name !== 'key.walk' && one.name !== 'key.paste' && one.name !== 'key.cancel')
			.filter((one) => score(query, [{ text: say(one.name), weight: 10 }]) > 0)
			.map(
				(one): Pick => ({
					id: one.name,
					title: say(one.name),
					section: say('find.commands'),
					icon: <Tile icon={<Zap size={15} />} />,
					keys: keyText(one.keys[0] ?? ''),
					onPick: () => {
						close();
						setTimeout(one.run, 30);
					},
				}),
			);
		const dialogs = (['gallery', 'recipes', 'batch', 'watches', 'runs', 'settings'] as const)
			.filter((name) => score(query, [{ text: say(`top.${name}`), weight: 10 }]) > 0)
			.map(
				(name): Pick => ({
					id: `dialog-${name}`,
					title: say(`top.${name}`),
					section: say('find.commands'),
					icon: <Tile icon={<Zap size={15} />} />,
					onPick: () => openDialog(name),
				}),
			);
		const saved = recipes
			.filter(
				({ entry }) =>
					score(query, [
						{ text: entry.name, weight: 10 },
						{ text: entry.goal ?? '', weight: 4 },
					]) > 0,
			)
			.map(
				({ entry, from }): Pick => ({
					id: `recipe-${from}-${entry.id}`,
					title: entry.name,
					...(entry.goal === null ? {} : { about: entry.goal }),
					section: say(from === 'mine' ? 'recipes.mine' : 'recipes.gallery'),
					icon: <Tile icon={<BookOpen size={15} />} />,
					onPick: () => {
						close();
						void openSaved(entry.id, from);
					},
				}),
			);
		const specs = (asked ? rankSpecs(query, SPECS) : []).map(
			(spec): Pick => ({
				id: `spec-${spec.id}`,
				title: words(spec.title),
				about: words(spec.summary),
				section: say('find.add'),
				icon: <SpecIcon spec={spec} kind={kindOfSpec(spec)} />,
				onPick: () => {
					close();
					void place(spec, { at: middle() });
				},
			}),
		);
		return asked ? [...nodes, ...dialogs, ...commands.slice(0, 6), ...specs.slice(0, 12), ...saved] : [...nodes, ...dialogs, ...saved.slice(0, 6), ...commands];
	};
	return <PickList label={say('key.find')} placeholder={say('find.placeholder')} find={find} empty={say('search.nothing')} onEscape={close} />;
}

function Tile({ icon }: { readonly icon: React.ReactNode }) {
	return (
		<span className="spec-icon spec-icon-plain" aria-hidden>
			{icon}
		</span>
	);
}
