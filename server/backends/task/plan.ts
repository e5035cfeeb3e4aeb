import type { Planner } from '../../engine/group.ts';
import { taskMemory } from './memory.ts';
import { taskScript } from './script.ts';

/** Tasks are opaque: each runs alone. */
export const taskPlanner: Planner = {
	shape: 'chain',
	canJoin: () => ({ en: 'a task runs alone', zh: '这种任务单独运行' }),
	explain: (group) => group.parts.map((part) => `${part.spec} ${JSON.stringify(part.params)}`),
	script: taskScript,
	estimate: (group) => group.parts.length,
	threads: () => 1,
	memory: taskMemory,
	rules: [],
	after: (_, entering) => entering,
};
