/** Goal in, tried plan out: the right planner drafts, the plan is tried on proxies, and what can be mended is mended. */
import type { Engine } from '../engine/engine.ts';
import { planOffline } from './offline/index.ts';
import { isConfigured, modelConfig } from './openai/config.ts';
import type { Plan, PlanRequest } from './plan.ts';
import { verify } from './verify.ts';

export interface PlanOptions {
	/** `auto`: the model when a key or a base URL is configured, else offline. */
	readonly planner: 'auto' | 'offline' | 'openai';
	/** Millwright's home folder, where the model's settings are kept; absent: only the environment counts. */
	readonly home?: string;
}

/** Plans a goal; with an engine, the plan is also tried on the inputs. */
export async function plan(request: PlanRequest, options: PlanOptions, engine: Engine | null): Promise<Plan> {
	const config = options.planner === 'offline' ? null : modelConfig(process.env, options.home ?? null);
	if (config !== null && (options.planner === 'openai' || isConfigured(config))) {
		// Loaded only when it is needed. It tries and repairs within itself: what goes wrong goes back to the model.
		const { planModel } = await import('./openai/index.ts');
		return planModel(request, config, engine);
	}
	const drafted = await planOffline(request);
	return engine === null ? drafted : verify(drafted, engine, request.sources, request.signal, request.onTry);
}
