import type { Words } from './words.ts';

export const video = {} as const satisfies Record<string, Words>;
