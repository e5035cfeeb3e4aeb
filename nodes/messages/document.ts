import type { Words } from './words.ts';

export const document = {} as const satisfies Record<string, Words>;
