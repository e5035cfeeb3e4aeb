/** Saving: a recipe that was saved once saves itself; what somebody else changed meanwhile is never overwritten unasked. */
import { create } from 'zustand';
import { readRecipe, writeRecipe } from '../../nodes/graph.ts';
import type { SavedRecipe } from '../../server/http/api.ts';
import { api, Conflict } from '../app/api.ts';
import { errorText, notifyError } from '../app/explain-error.ts';
import { sayNow } from '../app/language.ts';
import { notify } from '../app/ui.ts';
import { currentDoc, openRecipe, useDoc } from '../canvas/document.ts';

interface Saving {
	readonly state: 'idle' | 'saving' | 'failed';
	/** The value of the document that the server has. */
	readonly value: unknown;
	readonly conflict: SavedRecipe | null;
}

export const useSaving = create<Saving>(() => ({ state: 'idle', value: null, conflict: null }));

const DELAY = 1500;
let timer: ReturnType<typeof setTimeout> | undefined;
let waiting = false;

/** Saves now. The first time makes the recipe one of "my recipes". */
export async function save(): Promise<void> {
	unschedule();
	const { recipe } = currentDoc();
	const { saved } = useDoc.getState();
	if (useSaving.getState().state === 'saving') return schedule();
	useSaving.setState({ state: 'saving' });
	try {
		const reply = saved === null ? await api.saveNew(recipe) : await api.save(saved.id, recipe, saved.revision);
		useSaving.setState({ state: 'idle', value: recipe, conflict: null });
		// Another recipe may have been opened meanwhile; this reply is not about that one.
		if (useDoc.getState().saved === saved) useDoc.setState({ saved: { id: reply.id, revision: reply.revision } });
		if (saved === null) notify(sayNow('save.first'), 'good');
	} catch (error) {
		useSaving.setState({ state: 'failed' });
		if (error instanceof Conflict) useSaving.setState({ conflict: error.current });
		else if (saved === null) notifyError(error);
		else notify(`${sayNow('save.failed')} ${errorText(error)}`, 'bad', { label: sayNow('action.retry'), run: () => void save() });
	}
}

function schedule(): void {
	clearTimeout(timer);
	waiting = true;
	timer = setTimeout(() => void save(), DELAY);
}

function unschedule(): void {
	clearTimeout(timer);
	waiting = false;
}

/** Starts saving changes of saved recipes by itself. What waits to be saved when another recipe is opened is saved at once. */
export function followSaving(): void {
	useDoc.subscribe(({ timeline, saved }, before) => {
		if (saved?.id !== before.saved?.id) {
			if (waiting && before.saved !== null) {
				const { id, revision } = before.saved;
				void api.save(id, before.timeline.value.recipe, revision).catch(notifyError);
			}
			unschedule();
			return;
		}
		if (saved === null || timeline.value.recipe === before.timeline.value.recipe) return;
		if (timeline.value.recipe !== useSaving.getState().value && useSaving.getState().conflict === null) schedule();
	});
}

/** After a draft was restored: it is what the server has, or it still has to be saved. */
export function resumeSaving(unsaved: boolean): void {
	if (useDoc.getState().saved === null) return;
	if (unsaved) schedule();
	else useSaving.setState({ value: currentDoc().recipe });
}

/** Opens a saved recipe or one of the gallery (which becomes a draft of one's own). */
export async function openSaved(id: string, from: 'mine' | 'gallery'): Promise<void> {
	try {
		const saved = from === 'mine' ? await api.recipe(id) : await api.galleryRecipe(id);
		openRecipe(saved.recipe, {}, from === 'mine' ? { id: saved.id, revision: saved.revision } : null);
		useSaving.setState({ state: 'idle', value: currentDoc().recipe, conflict: null });
	} catch (error) {
		notifyError(error);
	}
}

/** After a conflict: mine goes over theirs, as a new revision. */
export async function keepMine(): Promise<void> {
	const { conflict } = useSaving.getState();
	const { saved } = useDoc.getState();
	if (conflict === null || saved === null) return;
	useDoc.setState({ saved: { id: saved.id, revision: conflict.revision } });
	useSaving.setState({ conflict: null, state: 'idle' });
	await save();
}

/** After a conflict: theirs replaces what is here. */
export function takeTheirs(): void {
	const { conflict } = useSaving.getState();
	if (conflict === null) return;
	openRecipe(conflict.recipe, currentDoc().bindings, { id: conflict.id, revision: conflict.revision });
	useSaving.setState({ conflict: null, state: 'idle', value: currentDoc().recipe });
}

/** Gives the recipe as a file. */
export function downloadRecipe(): void {
	const { recipe } = currentDoc();
	download(writeRecipe(recipe), 'application/json', `${recipe.name.replace(/[\\/:*?"<>|]+/g, '-')}.json`);
}

/** Gives the recipe as a script that needs no Millwright; the files that are attached are its examples. */
export async function downloadScript(): Promise<void> {
	const { recipe, bindings } = currentDoc();
	try {
		download(await api.eject(recipe, bindings), 'text/javascript', 'convert.mjs');
	} catch (error) {
		notifyError(error);
	}
}

function download(text: string, type: string, name: string): void {
	const url = URL.createObjectURL(new Blob([text], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Opens the recipe that a file's text holds; false when it is none. */
export function openRecipeText(text: string): boolean {
	if (!/"millwright"\s*:/.test(text)) return false;
	try {
		openRecipe(readRecipe(text));
	} catch (error) {
		notifyError(error);
	}
	return true;
}
