/** What would run for the graph on the canvas: asked for while its panel is open, and again when something that it depends on changes. */
import { useEffect, useState } from 'react';
import type { Explained } from '../../server/http/api.ts';
import { api } from '../app/api.ts';
import { errorText } from '../app/explain-error.ts';
import { showPanel, useUi } from '../app/ui.ts';
import { useDoc } from '../canvas/document.ts';
import { useRuns } from '../runs/runs.ts';

const DELAY = 200;

export interface Told {
	/** null until the first answer. */
	readonly groups: readonly Explained[] | null;
	readonly trouble: string;
	readonly busy: boolean;
}

/** The groups of the graph as it is now. What was told before stays until the next answer is there. */
export function useExplained(): Told {
	const { recipe, bindings } = useDoc((doc) => doc.timeline.value);
	const run = useRuns((runs) => (runs.run === null ? '' : `${runs.run.id} ${runs.run.state}`));
	const language = useUi((ui) => ui.language);
	const [told, setTold] = useState<Told>({ groups: null, trouble: '', busy: true });
	// biome-ignore lint/correctness/useExhaustiveDependencies: a run changes what is in the store; an error is said in the reader's language
	useEffect(() => {
		if (Object.keys(recipe.graph.nodes).length === 0) return setTold({ groups: [], trouble: '', busy: false });
		let gone = false;
		setTold((before) => ({ ...before, busy: true }));
		const timer = setTimeout(() => {
			api.explain(recipe, bindings).then(
				(groups) => !gone && setTold({ groups, trouble: '', busy: false }),
				(error) => !gone && setTold({ groups: null, trouble: errorText(error), busy: false }),
			);
		}, DELAY);
		return () => {
			gone = true;
			clearTimeout(timer);
		};
	}, [recipe, bindings, run, language]);
	return told;
}

/** Opens the panel and takes the keyboard there. */
export function openExplain(): void {
	showPanel('explain');
	setTimeout(() => document.querySelector<HTMLElement>('.explain')?.focus(), 60);
}

/** Closes the panel; the keyboard goes back to what opens it. */
export function closeExplain(): void {
	useUi.setState({ panelOpen: false });
	setTimeout(() => {
		const button = document.querySelector<HTMLElement>('#explain-button');
		// A narrow page has it in the menu only.
		(button?.checkVisibility() === true ? button : document.querySelector<HTMLElement>('.brand'))?.focus();
	}, 60);
}
