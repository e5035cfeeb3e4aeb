/** Goal in, tried plan out: the right planner drafts, the plan is tried on proxies, and what can be mended is mended. */
import type { Engine } from '../engine/engine.ts';
import { planOffline } from './offline/index.ts';
import type { Plan, PlanRequest } from './plan.ts';
import { verify } from './verify.ts';

export interface PlanOptions {
	/** `auto`: the model when a key or a base URL is configured, else offline. */
	readonly planner: 'auto' | 'offline' | 'openai';
}

/** Plans a goal; with an engine, the plan is also tried on the inputs. */
export async function plan(request: PlanRequest, options: PlanOptions, engine: Engine | null): Promise<Plan> {
	const { planModel } = wantsModel(options) ? await import('./openai/index.ts') : { planModel: null };
	// The model planner tries and repairs within itself: what goes wrong goes back to the model.
	if (planModel !== null) return planModel(request, engine);
	const drafted = await planOffline(request);
	return engine === null ? drafted : verify(drafted, engine, request.sources, request.signal);
}

function wantsModel(options: PlanOptions): boolean {
	if (options.planner !== 'auto') return options.planner === 'openai';
	return nonEmpty(process.env['OPENAI_API_KEY']) || nonEmpty(process.env['OPENAI_BASE_URL']);
}

function nonEmpty(text: string | undefined): boolean {
	return text !== undefined && text.trim() !== '';
}
