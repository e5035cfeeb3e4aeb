import type { Words } from './words.ts';

export const image = {} as const satisfies Record<string, Words>;
