/** What a spec can't say of itself: how the words of a goal set its parameters. One file a family, keyed by id. */
import type { Rule } from '../wish.ts';
import { DOCUMENTS } from './documents.ts';
import { LOOKS } from './looks.ts';
import { MOTION } from './motion.ts';
import { SHAPES } from './shapes.ts';
import { SOUND } from './sound.ts';
import { TIMES } from './times.ts';

export const RULES: Readonly<Record<string, Rule>> = { ...TIMES, ...SHAPES, ...LOOKS, ...MOTION, ...SOUND, ...DOCUMENTS };
