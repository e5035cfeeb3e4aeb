import type { Words } from './words.ts';

export const planner = {} as const satisfies Record<string, Words>;
