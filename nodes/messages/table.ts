import type { Words } from './words.ts';

export const table = {} as const satisfies Record<string, Words>;
