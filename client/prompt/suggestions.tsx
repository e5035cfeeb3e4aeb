import { Sparkles } from 'lucide-react';
import { useAttached } from '../app/attached.ts';
import { useSay } from '../app/language.ts';
import type { PageKey } from '../app/messages/index.ts';
import { useScene } from '../canvas/scene.ts';
import { isEdit, usePlan } from './plan.ts';

const BY_KIND = {
	image: ['suggest.image.1', 'suggest.image.2', 'suggest.image.3'],
	animation: ['suggest.animation.1', 'suggest.animation.2', 'suggest.animation.3'],
	video: ['suggest.video.1', 'suggest.video.2', 'suggest.video.3'],
	audio: ['suggest.audio.1', 'suggest.audio.2', 'suggest.audio.3'],
	document: ['suggest.document.1', 'suggest.document.2', 'suggest.document.3'],
	table: ['suggest.table.1', 'suggest.table.2', 'suggest.table.3'],
	text: ['suggest.text.1', 'suggest.text.2', 'suggest.text.3'],
} as const satisfies Record<string, readonly PageKey[]>;

/** What people ask of such files; shown while there is nothing but files. */
export function Suggestions() {
	const say = useSay();
	const attached = useAttached();
	const editing = useScene(() => isEdit());
	const phase = usePlan((plan) => plan.phase);
	const typed = usePlan((plan) => plan.words !== '');
	const reading = attached[0]?.input.readings[0];
	if (reading === undefined || editing || typed || phase !== 'idle') return null;
	const kind = reading.kind === 'image' && (reading.frames ?? 1) > 1 ? 'animation' : reading.kind;
	const keys: readonly PageKey[] = kind in BY_KIND ? BY_KIND[kind as keyof typeof BY_KIND] : [];
	return (
		<ul className="suggestions">
			{keys.map((key) => (
				<li key={key}>
					<button type="button" onClick={() => use(say(key))}>
						<Sparkles size={13} aria-hidden />
						{say(key)}
					</button>
				</li>
			))}
		</ul>
	);
}

/** Puts a goal into the prompt. */
export function use(goal: string): void {
	usePlan.setState({ words: goal });
	document.querySelector<HTMLTextAreaElement>('#goal')?.focus();
}
