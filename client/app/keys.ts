/** All keys of the page, in one table: what `?` shows is what happens. */
import {
	addNote,
	copyChosen,
	duplicateChosen,
	editable,
	focusChosen,
	focusParameters,
	nudge,
	pasteText,
	removeChosen,
	selectAll,
	tidyUp,
	toggleChosen,
	walk,
} from '../canvas/acts.ts';
import { redo, select, undo, useDoc } from '../canvas/document.ts';
import { closeSearch, fitAll, fitSelection, openSearch, useView, zoomBy, zoomFull } from '../canvas/view.ts';
import { openExplain } from '../explain/explained.ts';
import { cancelPlan, usePlan } from '../prompt/plan.ts';
import { save } from '../recipes/saved.ts';
import { cancelRun, isRunning, startRun } from '../runs/runs.ts';
import type { PageKey } from './messages/index.ts';
import { openDialog, useUi } from './ui.ts';

export interface Shortcut {
	/** `mod` is Ctrl or ⌘. The first is the one that is shown. */
	readonly keys: readonly string[];
	readonly name: PageKey;
	readonly group: PageKey;
	readonly run: () => void;
	/** Works while typing, too. */
	readonly always?: boolean;
}

const one = () => {
	const { selected } = useDoc.getState();
	return selected.length === 1 ? (selected[0] ?? null) : null;
};

export const SHORTCUTS: readonly Shortcut[] = [
	{ keys: ['n', '/'], name: 'key.add', group: 'keys.add', run: () => editable() && openSearch() },
	{ keys: ['c'], name: 'key.connect', group: 'keys.add', run: () => editable() && one() !== null && useView.setState({ connecting: one() }) },
	{ keys: ['mod+v'], name: 'key.paste', group: 'keys.add', run: () => undefined },
	{
		keys: ['mod+shift+v'],
		name: 'key.paste-wired',
		group: 'keys.add',
		run: () =>
			void navigator.clipboard.readText().then(
				(text) => pasteText(text, true),
				() => undefined,
			),
	},
	{ keys: ['s'], name: 'key.note', group: 'keys.add', run: addNote },
	{ keys: ['arrowleft', 'arrowright', 'arrowup', 'arrowdown'], name: 'key.walk', group: 'keys.go', run: () => undefined },
	{ keys: ['enter'], name: 'key.open', group: 'keys.go', run: focusParameters },
	{ keys: ['1'], name: 'key.fit', group: 'keys.go', run: fitAll },
	{ keys: ['0'], name: 'key.full', group: 'keys.go', run: zoomFull },
	{ keys: ['.'], name: 'key.fit-selection', group: 'keys.go', run: fitSelection },
	{ keys: ['+', '='], name: 'key.zoom-in', group: 'keys.go', run: () => zoomBy(1.25) },
	{ keys: ['-'], name: 'key.zoom-out', group: 'keys.go', run: () => zoomBy(0.8) },
	{ keys: ['mod+k'], name: 'key.find', group: 'keys.go', always: true, run: () => openDialog('finder') },
	{ keys: ['mod+z'], name: 'key.undo', group: 'keys.edit', run: () => editable() && undo() },
	{ keys: ['mod+shift+z', 'mod+y'], name: 'key.redo', group: 'keys.edit', run: () => editable() && redo() },
	{ keys: ['mod+c'], name: 'key.copy', group: 'keys.edit', run: () => void copyChosen(false) },
	{ keys: ['mod+x'], name: 'key.cut', group: 'keys.edit', run: () => void copyChosen(true) },
	{ keys: ['d', 'mod+d'], name: 'key.duplicate', group: 'keys.edit', run: duplicateChosen },
	{ keys: ['a', 'mod+a'], name: 'key.all', group: 'keys.edit', run: selectAll },
	{ keys: ['delete', 'backspace'], name: 'key.delete', group: 'keys.edit', run: () => removeChosen(false) },
	{ keys: ['mod+delete', 'mod+backspace'], name: 'key.bridge', group: 'keys.edit', run: () => removeChosen(true) },
	{ keys: ['m'], name: 'key.mute', group: 'keys.edit', run: () => toggleChosen('muted') },
	{ keys: ['b'], name: 'key.bypass', group: 'keys.edit', run: () => toggleChosen('bypassed') },
	{ keys: ['f2'], name: 'key.rename', group: 'keys.edit', run: () => editable() && one() !== null && useView.setState({ renaming: one() }) },
	{ keys: ['l'], name: 'key.tidy', group: 'keys.edit', run: () => void tidyUp() },
	{ keys: ['mod+s'], name: 'key.save', group: 'keys.run', always: true, run: () => void save() },
	{ keys: ['mod+enter'], name: 'key.run', group: 'keys.run', always: true, run: () => void startRun() },
	{ keys: ['shift+enter'], name: 'key.run-here', group: 'keys.run', run: () => one() !== null && void startRun([one() ?? '']) },
	{ keys: ['e'], name: 'key.explain', group: 'keys.run', run: openExplain },
	{ keys: ['escape'], name: 'key.cancel', group: 'keys.run', run: leave },
	{ keys: ['g'], name: 'key.goal', group: 'keys.run', run: () => document.querySelector<HTMLElement>('#goal')?.focus() },
	{ keys: ['?'], name: 'key.keys', group: 'keys.run', run: () => openDialog('keys') },
];

/** Escape takes back the nearest thing: the search, a plan or run on its way, the selection. */
function leave(): void {
	const { phase } = usePlan.getState();
	if (useView.getState().search !== null) closeSearch();
	else if (phase === 'planning' || phase === 'trying') cancelPlan();
	else if (isRunning()) cancelRun();
	else {
		select([]);
		useDoc.setState({ selectedWires: [] });
	}
}

/** Whether keys belong to a field. */
export function isTyping(target: EventTarget | null): boolean {
	if (!(target instanceof HTMLElement)) return false;
	return target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="listbox"], [role="menu"], [role="combobox"]') !== null;
}

function nameOf(event: KeyboardEvent): string {
	const key = event.key.toLowerCase();
	const shift = event.shiftKey && (key.length > 1 || event.ctrlKey || event.metaKey) ? 'shift+' : '';
	return `${event.ctrlKey || event.metaKey ? 'mod+' : ''}${shift}${key}`;
}

const WALKS = { arrowleft: 'left', arrowright: 'right', arrowup: 'up', arrowdown: 'down' } as const;
const NUDGES: Readonly<Record<string, readonly [number, number]>> = {
	'shift+arrowleft': [-22, 0],
	'shift+arrowright': [22, 0],
	'shift+arrowup': [0, -22],
	'shift+arrowdown': [0, 22],
};

/** Whether the pointer was what the user last used on the canvas: only then Tab means "search", otherwise it moves on, as it does everywhere. */
let pointed = false;

function onKey(event: KeyboardEvent): void {
	if (event.defaultPrevented || event.isComposing || event.altKey) return;
	const name = nameOf(event);
	const typing = isTyping(event.target) || useUi.getState().dialog !== null;
	const shortcut = SHORTCUTS.find((one) => one.keys.includes(name));
	if (name === 'tab' && !typing && pointed && editable()) {
		event.preventDefault();
		openSearch();
		return;
	}
	if (name === 'tab' || name === 'shift+tab') pointed = false;
	if (name === 'escape' && event.target instanceof Element && event.target.closest('.inspector') !== null) {
		focusChosen();
		return;
	}
	if (typing) {
		if (name === 'escape' && event.target instanceof HTMLElement && event.target.id === 'goal') {
			event.target.blur();
			leave();
		}
		if (shortcut?.always !== true) return;
	}
	if (name === 'mod+c' && (getSelection()?.toString() ?? '') !== '') return;
	// A focused control keeps the keys that it understands itself.
	const control = event.target instanceof Element && event.target.closest('button, a, [role="slider"], [role="switch"], summary') !== null;
	if (control && ['enter', 'shift+enter', 'arrowleft', 'arrowright', 'arrowup', 'arrowdown'].includes(name)) return;
	const direction = name in WALKS ? WALKS[name as keyof typeof WALKS] : undefined;
	const step = NUDGES[name];
	if (direction !== undefined) walk(direction);
	else if (step !== undefined) nudge(step[0], step[1]);
	else if (shortcut === undefined || name === 'mod+v') return;
	else shortcut.run();
	event.preventDefault();
}

/** Starts listening. */
export function listenToKeys(): () => void {
	const point = (event: PointerEvent) => {
		pointed = event.target instanceof Element && event.target.closest('.canvas') !== null;
	};
	window.addEventListener('keydown', onKey);
	window.addEventListener('pointerdown', point, true);
	return () => {
		window.removeEventListener('keydown', onKey);
		window.removeEventListener('pointerdown', point, true);
	};
}
