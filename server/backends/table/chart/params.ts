/** Parameters that chart tasks share, as they arrive. */
import { z } from 'zod';

export const x = z.string().default('');
export const y = z.string().default('');
export const series = z.string().default('');
export const AGGREGATE = z.enum(['auto', 'sum', 'mean', 'median', 'min', 'max', 'count']);
export const LOOKS = { title: z.string(), width: z.number(), height: z.number(), theme: z.enum(['light', 'dark']) } as const;
