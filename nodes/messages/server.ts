import type { Words } from './words.ts';

export const server = {} as const satisfies Record<string, Words>;
