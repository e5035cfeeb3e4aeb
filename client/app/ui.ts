/** What the page itself is like: chosen language and theme, which dialog is open, short notices. */
import { create } from 'zustand';
import type { Language } from '../../nodes/messages/index.ts';

export type Theme = 'system' | 'light' | 'dark';
export type DialogName = 'recipes' | 'gallery' | 'batch' | 'watches' | 'runs' | 'settings' | 'keys' | 'finder' | 'connect';
export type PanelName = 'node' | 'results' | 'explain';

export interface Notice {
	readonly id: number;
	readonly tone: 'plain' | 'good' | 'bad';
	readonly text: string;
	readonly action?: { readonly label: string; readonly run: () => void };
}

interface Ui {
	readonly language: Language;
	readonly theme: Theme;
	readonly dialog: DialogName | null;
	readonly panel: PanelName;
	readonly panelOpen: boolean;
	readonly planner: 'auto' | 'offline' | 'openai';
	/** Width of the inspector in pixels is the stylesheet's; this is the parameter that should get the focus there. */
	readonly focusParam: string | null;
	readonly notices: readonly Notice[];
	readonly online: boolean;
}

const KEY = 'millwright.choices';
type Choices = Partial<Pick<Ui, 'language' | 'theme' | 'planner'>>;

function stored(): Choices {
	try {
		const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
		return typeof value === 'object' && value !== null ? value : {};
	} catch {
		return {};
	}
}

const choices = stored();

export const useUi = create<Ui>(() => ({
	language: choices.language ?? (navigator.language.startsWith('zh') ? 'zh' : 'en'),
	theme: choices.theme ?? 'system',
	dialog: null,
	panel: 'node',
	panelOpen: false,
	planner: choices.planner ?? 'auto',
	focusParam: null,
	notices: [],
	online: true,
}));

/** Remembers a choice for the next visit. */
export function choose(change: Choices): void {
	useUi.setState(change);
	const { language, theme, planner } = useUi.getState();
	localStorage.setItem(KEY, JSON.stringify({ language, theme, planner }));
	document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
	if (theme === 'system') delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = theme;
}

export function openDialog(dialog: DialogName | null): void {
	useUi.setState({ dialog });
}

/** Shows a side of the panel on the right. */
export function showPanel(panel: PanelName): void {
	useUi.setState({ panel, panelOpen: true });
}

let count = 0;
/** A short notice at the edge of the page. */
export function notify(text: string, tone: Notice['tone'] = 'plain', action?: Notice['action']): void {
	count += 1;
	const notice: Notice = { id: count, tone, text, ...(action === undefined ? {} : { action }) };
	useUi.setState(({ notices }) => ({ notices: [...notices.filter((one) => one.text !== text).slice(-2), notice] }));
}

export function dismiss(id: number): void {
	useUi.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}
