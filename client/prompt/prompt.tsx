/** The prompt: always at hand. Files are chips, the goal is a sentence, the answer lies above it. */
import { ArrowUp, Paperclip, Square, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { detach, useAttached } from '../app/attached.ts';
import { receiveFiles } from '../app/drop-zone.tsx';
import { useInputs } from '../app/inputs.ts';
import { useSay } from '../app/language.ts';
import { IconButton } from '../app/parts/button.tsx';
import { Choose } from '../app/parts/choice.tsx';
import { choose, useUi } from '../app/ui.ts';
import { useScene } from '../canvas/scene.ts';
import { pickFiles } from '../inspector/source-file.tsx';
import { FileFace } from '../viewers/file-face.tsx';
import { cancelPlan, isEdit, planGoal, usePlan } from './plan.ts';
import { PlanCard } from './plan-card.tsx';
import './prompt.css';
import './plan.css';
import { Suggestions } from './suggestions.tsx';

export function Prompt() {
	const say = useSay();
	const words = usePlan((plan) => plan.words);
	const phase = usePlan((plan) => plan.phase);
	const editing = useScene(() => isEdit());
	const planner = useUi((ui) => ui.planner);
	const field = useRef<HTMLTextAreaElement>(null);
	const busy = phase === 'planning' || phase === 'trying';
	const ready = words.trim() !== '' && !busy;

	// biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the words
	useEffect(() => {
		const area = field.current;
		if (area === null) return;
		area.style.height = '0';
		area.style.height = `${Math.min(160, area.scrollHeight)}px`;
	}, [words]);

	const send = () => ready && void planGoal(words.trim());
	return (
		<section className="dock" aria-label={say('prompt.label')}>
			<PlanCard />
			<Suggestions />
			<div className="prompt">
				<Attached />
				<textarea
					ref={field}
					id="goal"
					className="prompt-field"
					rows={1}
					value={words}
					placeholder={say(editing ? 'prompt.edit' : 'prompt.goal')}
					aria-label={say('prompt.label')}
					onChange={(event) => usePlan.setState({ words: event.target.value })}
					onKeyDown={(event) => {
						if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && !event.ctrlKey && !event.metaKey) {
							event.preventDefault();
							send();
						}
					}}
				/>
				<div className="prompt-foot">
					<IconButton
						label={say('prompt.attach')}
						icon={<Paperclip size={17} />}
						side="top"
						onClick={() => pickFiles(true, (files) => void receiveFiles(files))}
					/>
					<Choose
						quiet
						label={say('prompt.planner')}
						value={planner}
						onChange={(value) => choose({ planner: value === 'offline' || value === 'openai' ? value : 'auto' })}
						options={[
							{ value: 'auto', label: say('planner.auto') },
							{ value: 'offline', label: say('planner.offline') },
							{ value: 'openai', label: say('planner.openai') },
						]}
					/>
					<span className="grow prompt-state" aria-live="polite">
						{phase === 'planning' && say('plan.planning')}
						{phase === 'trying' && say('plan.trying')}
					</span>
					{busy ? (
						<IconButton
							label={say('action.cancel')}
							keys="Esc"
							icon={<Square size={13} fill="currentColor" />}
							className="send"
							side="top"
							onClick={cancelPlan}
						/>
					) : (
						<IconButton
							label={say(editing ? 'prompt.send-edit' : 'prompt.send')}
							keys="↵"
							icon={<ArrowUp size={18} />}
							className="send"
							side="top"
							disabled={!ready}
							onClick={send}
						/>
					)}
				</div>
				{busy && <span className="prompt-busy" aria-hidden />}
			</div>
		</section>
	);
}

/** Files that the goal is about. */
function Attached() {
	const say = useSay();
	const attached = useAttached();
	const sending = useInputs((inputs) => inputs.sending);
	if (attached.length === 0 && sending.length === 0) return null;
	return (
		<ul className="attached">
			{attached.map(({ input, node }) => (
				<li key={`${node}${input.id}`} className="file-chip">
					<FileFace input={input} />
					<span title={input.name}>{input.name}</span>
					<button type="button" aria-label={say('field.remove', { name: input.name })} onClick={() => detach(node, input.id)}>
						<X size={12} />
					</button>
				</li>
			))}
			{sending.map((name) => (
				<li key={name} className="file-chip file-chip-busy">
					<span className="file-blank" />
					<span>{name}</span>
				</li>
			))}
		</ul>
	);
}
