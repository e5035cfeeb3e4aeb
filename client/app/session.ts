/** The draft of this tab, kept in the browser: closing the page loses nothing, and two tabs don't overwrite each other. */
import { recipeFrom } from '../../nodes/graph.ts';
import { currentDoc, newRecipe, openRecipe, type SavedAs, useDoc } from '../canvas/document.ts';
import { resumeSaving, useSaving } from '../recipes/saved.ts';
import { recall } from './inputs.ts';

const TAB = 'millwright.tab';
const PREFIX = 'millwright.draft.';
const KEPT = 8;

interface Kept {
	readonly at: number;
	readonly recipe: unknown;
	readonly bindings: Readonly<Record<string, readonly string[]>>;
	readonly saved: SavedAs | null;
	/** There are changes that the server hasn't got yet. */
	readonly unsaved?: boolean;
}

function tabId(): string {
	const known = sessionStorage.getItem(TAB);
	if (known !== null) return known;
	const fresh = crypto.randomUUID();
	sessionStorage.setItem(TAB, fresh);
	return fresh;
}

/** Restores this tab's draft; a new tab starts from the newest one. */
export function restoreDraft(): void {
	const drafts = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
	const own = PREFIX + tabId();
	const newest = drafts.sort((a, b) => (read(b)?.at ?? 0) - (read(a)?.at ?? 0));
	for (const key of newest.slice(KEPT)) localStorage.removeItem(key);
	const kept = read(drafts.includes(own) ? own : (newest[0] ?? own));
	if (kept === null) {
		newRecipe();
		return;
	}
	try {
		openRecipe(recipeFrom(kept.recipe), kept.bindings, kept.saved);
		resumeSaving(kept.unsaved === true);
		void recall(Object.values(kept.bindings).flat());
	} catch {
		localStorage.removeItem(own);
	}
}

function read(key: string): Kept | null {
	try {
		return JSON.parse(localStorage.getItem(key) ?? 'null');
	} catch {
		return null;
	}
}

/** Starts keeping the draft. */
export function followDraft(): void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const keep = () => {
		const { recipe, bindings } = currentDoc();
		const kept: Kept = { at: Date.now(), recipe, bindings, saved: useDoc.getState().saved, unsaved: useSaving.getState().value !== recipe };
		try {
			localStorage.setItem(PREFIX + tabId(), JSON.stringify(kept));
		} catch {
			// Storage is full or off; a saved recipe is on the server anyway.
		}
	};
	useDoc.subscribe((state, before) => {
		if (state.timeline.value === before.timeline.value && state.saved === before.saved) return;
		clearTimeout(timer);
		// Where it is saved is told at once, or a tab opened now would take it for a draft.
		if (state.saved !== before.saved) keep();
		else timer = setTimeout(keep, 300);
	});
	window.addEventListener('pagehide', keep);
}
