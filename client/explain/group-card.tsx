import { ArrowRight, Check, Copy, CornerDownRight, Hammer, Sparkles, Zap } from 'lucide-react';
import { Fragment, useEffect, useState } from 'react';
import { specOf } from '../../nodes/catalogue.ts';
import { say as sayMessage } from '../../nodes/messages/index.ts';
import type { Explained } from '../../server/http/api.ts';
import { notifyError } from '../app/explain-error.ts';
import { secondsText } from '../app/format.ts';
import { useSay, useWords } from '../app/language.ts';
import type { PageKey } from '../app/messages/index.ts';
import { IconButton } from '../app/parts/button.tsx';
import { useUi } from '../app/ui.ts';
import { select, useDoc } from '../canvas/document.ts';
import { useScene } from '../canvas/scene.ts';
import { revealAll } from '../canvas/view.ts';
import { kindOfSpec, SpecIcon } from '../catalogue/icons.tsx';

interface Props {
	readonly group: Explained;
	/** From 1. */
	readonly index: number;
	/** A file is missing: the commands are those for a typical one, and nothing is known of the store. */
	readonly typical: boolean;
}

/** One group: its nodes (a button that shows them on the canvas), its command, and the reasons. */
export function GroupCard({ group: { backend, nodes, commands, rules, cut, cached, why, seconds, times }, index, typical }: Props) {
	const say = useSay();
	const words = useWords();
	const language = useUi((ui) => ui.language);
	const selected = useDoc((doc) => doc.selected);
	const chosen = nodes.length === selected.length && nodes.every((id) => selected.includes(id));
	const command = commands.join('\n');
	const title = BACKENDS.find(([name]) => name === backend)?.[1];
	return (
		<li className={`work${chosen ? ' work-chosen' : ''}`}>
			<div className="work-head">
				<h3>
					<span className="number">{index}</span> {title === undefined ? backend : say(title)}
				</h3>
				{times > 1 && <span className="badge number">{say('batch.items', { count: times })}</span>}
				{cached ? (
					<span className="badge badge-good">
						<Zap size={12} /> {say('state.cached')}
					</span>
				) : (
					<span className="badge number">{say('batch.estimate-time', { time: secondsText(seconds * times) })}</span>
				)}
			</div>
			<button
				type="button"
				className="work-nodes"
				aria-pressed={chosen}
				aria-label={say('explain.show', { nodes: nodes.join(', ') })}
				onClick={() => {
					select(chosen ? [] : nodes);
					if (!chosen) revealAll(nodes);
				}}
			>
				{nodes.map((id, i) => (
					<Fragment key={id}>
						{i > 0 && <ArrowRight size={12} aria-hidden />}
						<NodeName id={id} />
					</Fragment>
				))}
			</button>
			{command !== '' && <Command text={command} index={index} />}
			<ul className="work-facts">
				{rules.map((rule) => (
					<li key={rule.name} title={rule.name}>
						<Sparkles size={13} aria-hidden />
						<span>
							{words(rule.summary)}
							{rule.tolerance === 'tiny' && <small> {say('explain.tiny')}</small>}
						</span>
					</li>
				))}
				<li>
					<CornerDownRight size={13} aria-hidden />
					<span>{say('explain.ends', { reason: words(cut) })}</span>
				</li>
				{!typical && (
					<li>
						{cached ? <Zap size={13} aria-hidden /> : <Hammer size={13} aria-hidden />}
						<span>{sayMessage(language, why.key, why.values)}</span>
					</li>
				)}
			</ul>
		</li>
	);
}

const BACKENDS: readonly (readonly [string, PageKey])[] = [
	['image', 'explain.image'],
	['video', 'explain.video'],
	['table', 'explain.table'],
	['task', 'explain.task'],
];

function NodeName({ id }: { readonly id: string }) {
	const words = useWords();
	const node = useScene((scene) => scene.graph.nodes[id]);
	const spec = specOf(node?.spec ?? '');
	return (
		<span className="work-node">
			<SpecIcon spec={spec} kind={spec === undefined ? 'file' : kindOfSpec(spec)} size={20} />
			{node?.title ?? (spec === undefined ? id : words(spec.title))}
		</span>
	);
}

/** Characters of a command that are shown unasked: about nine lines. */
const LONG = 430;

/** What runs, word for word, to read and to take away. */
function Command({ text, index }: { readonly text: string; readonly index: number }) {
	const say = useSay();
	const [copied, setCopied] = useState(false);
	const [whole, setWhole] = useState(false);
	const long = text.length > LONG || text.split('\n').length > 9;
	useEffect(() => {
		if (!copied) return;
		const timer = setTimeout(() => setCopied(false), 1800);
		return () => clearTimeout(timer);
	}, [copied]);
	const copy = async () => {
		try {
			await navigator.clipboard.writeText(text);
			setCopied(true);
		} catch (error) {
			notifyError(error);
		}
	};
	return (
		<div className="work-command">
			<pre className={long && !whole ? 'work-clamped' : ''}>
				<code>{text}</code>
			</pre>
			<IconButton
				side="left"
				className="icon-button-small"
				label={say(copied ? 'explain.copied' : 'explain.copy', { count: index })}
				icon={copied ? <Check size={14} /> : <Copy size={14} />}
				onClick={() => void copy()}
			/>
			{long && (
				<button type="button" className="work-all" aria-expanded={whole} onClick={() => setWhole(!whole)}>
					{say(whole ? 'explain.less' : 'explain.all')}
				</button>
			)}
			<span className="hidden-text" role="status">
				{copied ? say('explain.copied') : ''}
			</span>
		</div>
	);
}
