/** The reader's language, for components. */
import { useCallback } from 'react';
import type { Values, Words } from '../../nodes/messages/index.ts';
import { type Problem, sayProblem } from '../../nodes/problems.ts';
import { type PageKey, pageText } from './messages/index.ts';
import { useUi } from './ui.ts';

export type Say = (key: PageKey, values?: Values) => string;

/** `say('run.start')`: a text of the page. */
export function useSay(): Say {
	const language = useUi((ui) => ui.language);
	return useCallback((key: PageKey, values?: Values) => pageText(language, key, values), [language]);
}

/** `words(spec.title)`: the reader's side of a text that has two. */
export function useWords(): (words: Words) => string {
	const language = useUi((ui) => ui.language);
	return useCallback((words: Words) => words[language], [language]);
}

/** The sentence of a problem. */
export function useSayProblem(): (problem: Pick<Problem, 'key' | 'values'>) => string {
	const language = useUi((ui) => ui.language);
	return useCallback((problem: Pick<Problem, 'key' | 'values'>) => sayProblem(language, problem), [language]);
}

/** Outside components. */
export function sayNow(key: PageKey, values?: Values): string {
	return pageText(useUi.getState().language, key, values);
}
