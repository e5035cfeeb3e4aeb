import type { Words } from './words.ts';

export const code = {} as const satisfies Record<string, Words>;
