import { Trash2 } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { RecipeEntry } from '../../server/http/api.ts';
import { api } from '../app/api.ts';
import { notifyError } from '../app/explain-error.ts';
import { useSay } from '../app/language.ts';
import { IconButton } from '../app/parts/button.tsx';
import { Sheet } from '../app/parts/dialog.tsx';
import { notify, openDialog, useUi } from '../app/ui.ts';
import { fitAll } from '../canvas/view.ts';
import './recipes.css';
import { openSaved } from './saved.ts';

/** Ready recipes that come with the product, and one's own. */
export function RecipesDialog() {
	const say = useSay();
	const dialog = useUi((ui) => ui.dialog);
	const open = dialog === 'gallery' || dialog === 'recipes';
	const [mine, setMine] = useState<readonly RecipeEntry[] | null>(null);
	const [gallery, setGallery] = useState<readonly RecipeEntry[] | null>(null);
	const load = () => {
		api.recipes().then(setMine, notifyError);
		api.gallery().then(setGallery, notifyError);
	};
	// biome-ignore lint/correctness/useExhaustiveDependencies: loads whenever it opens
	useEffect(() => {
		if (open) load();
	}, [open]);
	const choose = async (entry: RecipeEntry, from: 'mine' | 'gallery') => {
		openDialog(null);
		await openSaved(entry.id, from);
		setTimeout(fitAll, 80);
	};
	const remove = async (entry: RecipeEntry) => {
		try {
			const { recipe } = await api.recipe(entry.id);
			await api.removeRecipe(entry.id);
			load();
			notify(say('recipes.removed', { name: entry.name }), 'plain', { label: say('key.undo'), run: () => void api.saveNew(recipe).then(load, notifyError) });
		} catch (error) {
			notifyError(error);
		}
	};
	return (
		<Sheet open={open} onClose={() => openDialog(null)} title={say('top.recipes')} about={say('recipes.about')} size="l">
			<Tabs.Root value={dialog === 'recipes' ? 'recipes' : 'gallery'} onValueChange={(value) => openDialog(value === 'recipes' ? 'recipes' : 'gallery')}>
				<Tabs.List className="tabs tabs-wide" aria-label={say('top.recipes')}>
					<Tabs.Trigger value="gallery" className="tab">
						{say('recipes.gallery')}
					</Tabs.Trigger>
					<Tabs.Trigger value="recipes" className="tab">
						{say('recipes.mine')}
						{mine !== null && mine.length > 0 && <span className="tab-count number">{mine.length}</span>}
					</Tabs.Trigger>
				</Tabs.List>
				<Tabs.Content value="gallery">
					<Cards entries={gallery} empty={say('recipes.gallery-empty')} onOpen={(entry) => void choose(entry, 'gallery')} />
				</Tabs.Content>
				<Tabs.Content value="recipes">
					<Cards entries={mine} empty={say('recipes.mine-empty')} onOpen={(entry) => void choose(entry, 'mine')} onRemove={(entry) => void remove(entry)} />
				</Tabs.Content>
			</Tabs.Root>
		</Sheet>
	);
}

interface CardsProps {
	readonly entries: readonly RecipeEntry[] | null;
	readonly empty: string;
	readonly onOpen: (entry: RecipeEntry) => void;
	readonly onRemove?: (entry: RecipeEntry) => void;
}

function Cards({ entries, empty, onOpen, onRemove }: CardsProps) {
	const say = useSay();
	const language = useUi((ui) => ui.language);
	if (entries === null) return <div className="recipes" aria-busy />;
	if (entries.length === 0) return <p className="panel-empty">{empty}</p>;
	return (
		<ul className="recipes">
			{entries.map((entry) => (
				<li key={entry.id} className="recipe">
					<button type="button" onClick={() => onOpen(entry)}>
						<span className="recipe-face">
							{entry.thumbnail === null ? <Initial name={entry.name} /> : <img src={entry.thumbnail} alt="" loading="lazy" />}
						</span>
						<b>{entry.name}</b>
						<span className="recipe-about">{entry.description ?? entry.goal ?? ''}</span>
						{onRemove !== undefined && (
							<small className="number">
								{new Date(entry.updated).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' })}
							</small>
						)}
					</button>
					{onRemove !== undefined && (
						<IconButton
							label={say('recipes.remove', { name: entry.name })}
							icon={<Trash2 size={14} />}
							className="icon-button-small recipe-remove"
							onClick={() => onRemove(entry)}
						/>
					)}
				</li>
			))}
		</ul>
	);
}

function Initial({ name }: { readonly name: string }) {
	return (
		<span className="recipe-initial" aria-hidden>
			{[...name][0] ?? ''}
		</span>
	);
}
