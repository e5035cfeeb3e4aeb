import { useState } from 'react';
import type { Plan } from '../../server/http/api.ts';
import { useSay } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { Segmented } from '../app/parts/choice.tsx';
import { planGoal, usePlan } from './plan.ts';

/** What the planner has to know first. The answers go back to it with the goal, so that it can take them into account everywhere. */
export function Questions({ plan }: { readonly plan: Plan }) {
	const say = useSay();
	const goal = usePlan((state) => state.goal);
	const [answers, setAnswers] = useState<Readonly<Record<number, string>>>({});
	if (plan.questions.length === 0) return null;
	const given = plan.questions.filter((_, i) => (answers[i] ?? '').trim() !== '');
	const send = () => {
		const said = plan.questions.flatMap((question, i) => ((answers[i] ?? '').trim() === '' ? [] : [`${question.text} ${answers[i]?.trim()}`]));
		void planGoal(`${goal}\n${said.join('\n')}`);
	};
	return (
		<form
			className="questions"
			onSubmit={(event) => {
				event.preventDefault();
				if (given.length > 0) send();
			}}
		>
			{plan.questions.map((question, i) => (
				<div key={question.text} className="question">
					<label htmlFor={`question-${i}`}>{question.text}</label>
					{question.choices !== undefined && question.choices.length > 0 ? (
						<Segmented
							id={`question-${i}`}
							label={question.text}
							value={answers[i] ?? ''}
							options={question.choices.map((choice) => ({ value: choice, label: choice }))}
							onChange={(value) => setAnswers({ ...answers, [i]: value })}
						/>
					) : (
						<input id={`question-${i}`} className="field" value={answers[i] ?? ''} onChange={(event) => setAnswers({ ...answers, [i]: event.target.value })} />
					)}
				</div>
			))}
			<Button type="submit" look="primary" disabled={given.length === 0}>
				{say('plan.answer')}
			</Button>
		</form>
	);
}
