import { type ImageStep, imageNature } from '../../../../nodes/steps/image.ts';
import { type Rule, swapped } from '../../../../nodes/steps/rules.ts';
import { SIDEWAYS, type Turn, turnBy, turnedOn, UPSIDE_DOWN } from '../../../../nodes/steps/turns.ts';

/** Mirrors and right angles become one, or cancel. */
export const mergeTurns: Rule<ImageStep> = {
	name: 'image.merge-turns',
	summary: { en: 'Merge mirrors and right angles, or cancel them.', zh: '合并或抵消翻转与直角旋转。' },
	tolerance: 'exact',
	span: 2,
	apply([first, second]) {
		const turns = [turnOf(first), turnOf(second)];
		if (turns[0] == null || turns[1] == null) return null;
		const steps = stepsOf(turnedOn(turns[0], turns[1]));
		const same = steps.length === 2 && steps[0]?.op === first?.op && steps[1]?.op === second?.op;
		return same ? null : steps.map((step, i) => ({ from: steps.length === 2 ? i : 1, step }));
	},
};

/** Steps that sharp does late, and that take each pixel for itself. */
const LATE: ReadonlySet<ImageStep['op']> = new Set(['modulate', 'linear', 'tint', 'negate']);

/** Mirrors and right angles in sharp's own order: before colours, so that one pass does both. */
export const turnFirst: Rule<ImageStep> = {
	name: 'image.turn-first',
	summary: { en: 'Mirror and turn before changing colours, in one pass.', zh: '先翻转、旋转再调色，一次处理完成。' },
	tolerance: 'exact',
	span: 2,
	apply([first, second]) {
		if (first === undefined || second === undefined || second.op === 'extract') return null;
		return LATE.has(first.op) && imageNature(second) === 'placing' ? swapped(first, second) : null;
	},
};

function turnOf(step: ImageStep | undefined): Turn | null {
	if (step?.op === 'flop') return SIDEWAYS;
	if (step?.op === 'flip') return UPSIDE_DOWN;
	return step?.op === 'rotate' && step.angle % 90 === 0 ? turnBy(step.angle) : null;
}

function stepsOf({ mirrored, quarters }: Turn): readonly ImageStep[] {
	if (mirrored && quarters === 2) return [{ op: 'flip' }];
	const turn: readonly ImageStep[] = quarters === 0 ? [] : [{ op: 'rotate', angle: quarters * 90, background: '#ffffff' }];
	return mirrored ? [{ op: 'flop' }, ...turn] : turn;
}
