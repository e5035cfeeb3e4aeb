/**
 * The message catalogue: every text that people read about their graph, files and runs.
 * An error carries a key and values, never a finished sentence, so that page and command line can say it in the reader's language.
 */
import { batch } from './batch.ts';
import { code } from './code.ts';
import { document } from './document.ts';
import { eject } from './eject.ts';
import { general } from './general.ts';
import { image } from './image.ts';
import { model } from './model.ts';
import { planner } from './planner.ts';
import { server } from './server.ts';
import { table } from './table.ts';
import { video } from './video.ts';
import { watch } from './watch.ts';
import { fill, type Language, type Values, type Words } from './words.ts';

const MESSAGES = { ...general, ...batch, ...image, ...video, ...table, ...document, ...code, ...planner, ...model, ...server, ...watch, ...eject };

export type MessageKey = keyof typeof MESSAGES;

/** The text of a message in a language, with its values filled in. */
export function say(language: Language, key: MessageKey, values: Values = {}): string {
	const words: Words = MESSAGES[key];
	return fill(words[language], values, language);
}

export { fill, LANGUAGES, type Language, type Values, type Words } from './words.ts';
