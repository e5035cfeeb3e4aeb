/** What became of the goal: every part of it, nothing in silence. */
import { Check, CircleAlert, CircleHelp, FlaskConical, ListChecks, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { Plan } from '../../server/http/api.ts';
import { useSay, useSayProblem, useWords } from '../app/language.ts';
import { Button, IconButton } from '../app/parts/button.tsx';
import { useUi } from '../app/ui.ts';
import { useScene } from '../canvas/scene.ts';
import { checkText } from '../runs/check-text.ts';
import { closePlan, planGoal, pointAt, usePlan } from './plan.ts';
import { ProposalBar } from './proposal-bar.tsx';
import { Questions } from './questions.tsx';

export function PlanCard() {
	const say = useSay();
	const sayProblem = useSayProblem();
	const { phase, plan, problem, goal, proposal } = usePlan();
	if (phase === 'failed' && problem !== null)
		return (
			<div className="plan" role="alert">
				<header className="plan-head">
					<CircleAlert size={17} className="bad" />
					<p className="grow">{sayProblem(problem)}</p>
					<Button small onClick={() => void planGoal(goal)}>
						{say('action.retry')}
					</Button>
					<IconButton label={say('action.close')} icon={<X size={15} />} className="icon-button-small" onClick={closePlan} />
				</header>
			</div>
		);
	if (plan === null) return null;
	return (
		<div className="plan">
			<Outcome plan={plan} goal={goal} />
			{proposal !== null && <ProposalBar />}
			<Questions plan={plan} />
			<Leftovers plan={plan} />
			{plan.outcome !== 'refused' && <Chips plan={plan} />}
		</div>
	);
}

function Outcome({ plan, goal }: { readonly plan: Plan; readonly goal: string }) {
	const say = useSay();
	const sayProblem = useSayProblem();
	const [open, setOpen] = useState(false);
	const { tried, usage } = plan;
	const trouble = tried?.ok === false ? (tried.problems[0] === undefined ? '' : sayProblem(tried.problems[0])) : '';
	return (
		<>
			<header className="plan-head">
				{plan.outcome === 'refused' ? (
					<span className="badge badge-bad">
						<TriangleAlert size={13} /> {say('plan.refused')}
					</span>
				) : plan.outcome === 'needs-answer' ? (
					<span className="badge badge-warn">
						<CircleHelp size={13} /> {say('plan.needs-answer')}
					</span>
				) : tried === null ? (
					<span className="badge">
						<FlaskConical size={13} /> {say('plan.not-tried')}
					</span>
				) : (
					<span className={`badge ${tried.ok ? 'badge-good' : 'badge-bad'}`}>
						<FlaskConical size={13} /> {say(tried.ok ? 'plan.tried' : 'plan.tried-failed')}
					</span>
				)}
				<p className="plan-goal grow" title={goal}>
					{goal}
				</p>
				<span className="plan-usage number">
					{usage.planner === 'offline' ? say('planner.offline') : (usage.model ?? say('planner.openai'))}
					{usage.tokens !== null && ` · ${usage.tokens.prompt + usage.tokens.completion} ${say('plan.tokens')}`}
					{usage.cost !== null && ` · $${usage.cost.toFixed(3)}`}
				</span>
				{plan.ledger.length > 0 && (
					<IconButton
						label={say('plan.ledger')}
						icon={<ListChecks size={15} />}
						className="icon-button-small"
						data-on={open}
						aria-expanded={open}
						onClick={() => setOpen(!open)}
						side="top"
					/>
				)}
				<IconButton label={say('action.close')} icon={<X size={15} />} className="icon-button-small" onClick={closePlan} side="top" />
			</header>
			{trouble !== '' && <p className="plan-trouble">{trouble}</p>}
			{open && (
				<ul className="ledger">
					{plan.ledger.map((row) => (
						<li key={`${row.part}${row.status}${row.node ?? ''}`} className={`ledger-${row.status}`}>
							<span className="ledger-status">{say(`ledger.${row.status}`)}</span>
							<span>“{row.part}”</span>
							{row.reason !== undefined && <span className="ledger-reason">{row.reason}</span>}
							{row.node !== undefined && <NodeLink node={row.node} />}
						</li>
					))}
				</ul>
			)}
		</>
	);
}

function NodeLink({ node }: { readonly node: string }) {
	const say = useSay();
	const there = useScene((scene) => scene.graph.nodes[node] !== undefined);
	if (!there) return null;
	return (
		<button type="button" className="link" onClick={() => pointAt(node, undefined)}>
			{say('plan.show')}
		</button>
	);
}

/** What was refused or not understood, with the reason. */
function Leftovers({ plan }: { readonly plan: Plan }) {
	const say = useSay();
	if (plan.refusals.length === 0 && plan.notUnderstood.length === 0) return null;
	return (
		<ul className="leftovers">
			{plan.refusals.map((refusal) => (
				<li key={refusal.part}>
					<TriangleAlert size={14} className="bad" />
					<span>
						<b>{say('plan.cannot', { part: refusal.part })}</b> {refusal.reason}
					</span>
				</li>
			))}
			{plan.notUnderstood.map((part) => (
				<li key={part}>
					<CircleHelp size={14} className="warn" />
					<span>{say('plan.not-understood', { part })}</span>
				</li>
			))}
		</ul>
	);
}

/** Assumptions (one click away from being changed) and what will be checked. */
function Chips({ plan }: { readonly plan: Plan }) {
	const say = useSay();
	const words = useWords();
	const language = useUi((ui) => ui.language);
	if (plan.assumptions.length === 0 && plan.checks.length === 0) return null;
	return (
		<ul className="plan-chips">
			{plan.assumptions.map((assumption) => (
				<li key={assumption.text.en}>
					<button
						type="button"
						className="assumption"
						title={say('plan.assumed')}
						disabled={assumption.node === undefined}
						onClick={() => assumption.node !== undefined && pointAt(assumption.node, assumption.param)}
					>
						{words(assumption.text)}
					</button>
				</li>
			))}
			{plan.checks.map((check) => {
				const result = plan.tried?.checks.find(
					(one) => one.check.node === check.node && one.check.property === check.property && one.check.value === check.value,
				);
				return (
					<li key={`${check.node}${check.property}${String(check.value)}`}>
						<span className={`badge ${result === undefined ? '' : result.ok ? 'badge-good' : 'badge-bad'}`} title={say('check.will')}>
							{result?.ok === false ? <X size={12} /> : <Check size={12} />}
							{checkText(check, language)}
						</span>
					</li>
				);
			})}
		</ul>
	);
}
