/** A node on the canvas: what it is, what it makes, how it fares. */
import type { NodeProps } from '@xyflow/react';
import { Maximize2, Upload } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { specOf } from '../../nodes/catalogue.ts';
import { useInputs } from '../app/inputs.ts';
import { useSay, useWords } from '../app/language.ts';
import { useUi } from '../app/ui.ts';
import { KindIcon, kindOfSpec, SpecIcon } from '../catalogue/icons.tsx';
import { summaryOf } from '../catalogue/summary.ts';
import { chooseFile } from '../inspector/source-file.tsx';
import { describeSeen } from '../viewers/describe.ts';
import { usePreviews } from '../viewers/previews.ts';
import { Thumb } from '../viewers/thumb.tsx';
import { openViewer } from '../viewers/viewing.ts';
import { edit } from './document.ts';
import { portsAt, rename } from './edits.ts';
import { NodeState, useNodeView } from './node-state.tsx';
import { PortHandle } from './port.tsx';
import { useScene } from './scene.ts';
import { useView } from './view.ts';

export const NodeCard = memo(function NodeCard({ id, selected }: NodeProps) {
	const say = useSay();
	const words = useWords();
	const language = useUi((ui) => ui.language);
	const node = useScene((scene) => scene.graph.nodes[id]);
	const mark = useScene((scene) => scene.marks[id]);
	const mode = useScene((scene) => scene.mode);
	const wrong = useScene((scene) => (scene.problems[id] ?? []).length > 0);
	const view = useNodeView(id);
	if (node === undefined) return null;
	const spec = specOf(node.spec);
	const outputs = spec === undefined ? {} : portsAt(node).outputs;
	const firstOut = Object.values(outputs)[0];
	const kind = spec === undefined ? 'file' : spec.medium === 'source' && firstOut !== undefined ? firstOut.kind : kindOfSpec(spec);
	const title = node.title ?? (spec === undefined ? node.spec : words(spec.title));
	const summary = spec === undefined ? say('node.unknown') : spec.medium === 'source' ? '' : summaryOf(spec, node.params, language);
	const look = [
		'card',
		selected ? 'card-selected' : '',
		node.muted === true ? 'card-muted' : '',
		node.bypassed === true ? 'card-bypassed' : '',
		spec === undefined ? 'card-unknown' : '',
		wrong && mode === 'edit' ? 'card-wrong' : '',
		view?.state === 'failed' ? 'card-failed' : '',
		view?.state === 'running' ? 'card-running' : '',
		mark === undefined ? '' : `card-${mark.what}`,
		mode === 'draft' ? 'card-arriving' : '',
	];
	return (
		<article className={look.filter(Boolean).join(' ')} aria-label={title}>
			<header className="card-head">
				<SpecIcon spec={spec} kind={kind} />
				<div className="card-title">
					<Title id={id} title={title} own={node.title ?? ''} />
					<SourceName id={id} summary={summary} source={spec?.medium === 'source'} />
				</div>
				{mark !== undefined && <span className={`mark mark-${mark.what}`}>{say(`change.${mark.what}`)}</span>}
			</header>
			<Ports id={id} node={node} />
			{Object.keys(outputs).length > 0 && <Face id={id} title={title} kind={kind} output={Object.keys(outputs)[0] ?? ''} source={spec?.medium === 'source'} />}
			<NodeState id={id} />
		</article>
	);
});

function Title({ id, title, own }: { readonly id: string; readonly title: string; readonly own: string }) {
	const say = useSay();
	const renaming = useView((view) => view.renaming === id);
	const input = useRef<HTMLInputElement>(null);
	useEffect(() => {
		if (renaming) input.current?.select();
	}, [renaming]);
	if (!renaming) return <h3 title={title}>{title}</h3>;
	const leave = (value: string | null) => {
		useView.setState({ renaming: null });
		if (value !== null) edit((doc) => rename(doc.recipe.graph, id, value));
	};
	return (
		<input
			ref={input}
			className="card-rename nodrag"
			aria-label={say('key.rename')}
			defaultValue={own}
			placeholder={title}
			onBlur={(event) => leave(event.target.value)}
			onKeyDown={(event) => {
				event.stopPropagation();
				if (event.key === 'Enter') leave(event.currentTarget.value);
				if (event.key === 'Escape') leave(null);
			}}
		/>
	);
}

function SourceName({ id, summary, source }: { readonly id: string; readonly summary: string; readonly source: boolean }) {
	const files = useScene((scene) => scene.bindings[id]);
	const known = useInputs((inputs) => inputs.known);
	const names = (files ?? []).map((file) => known[file]?.name ?? '…');
	const text = source ? (names.length > 1 ? `${names[0]} + ${names.length - 1}` : (names[0] ?? '')) : summary;
	return text === '' ? null : <p title={text}>{text}</p>;
}

function Ports({ id, node }: { readonly id: string; readonly node: Parameters<typeof portsAt>[0] }) {
	const wired = useScene((scene) =>
		scene.graph.edges
			.filter((edge) => edge.from.startsWith(`${id}.`) || edge.to.startsWith(`${id}.`))
			.map((edge) => `${edge.from}>${edge.to}`)
			.join(' '),
	);
	const { inputs, outputs } = portsAt(node);
	/* A placeholder has the ports that its wires name, so that nothing is lost. */
	const names = wired.split(' ').flatMap((wire) => wire.split('>').map((end, i) => ({ end, side: i === 0 ? 'out' : 'in' })));
	const lost = (side: string, has: object) =>
		[...new Set(names.filter((one) => one.side === side && one.end.startsWith(`${id}.`)).map((one) => one.end.slice(id.length + 1)))].filter(
			(name) => !(name in has),
		);
	const unknown = (name: string) => ({ kind: 'file' as const, title: { en: name, zh: name } });
	return (
		<div className="card-ports">
			<div>
				{Object.entries(inputs).map(([name, port]) => (
					<PortHandle key={name} node={id} name={name} port={port} side="in" />
				))}
				{lost('in', inputs).map((name) => (
					<PortHandle key={name} node={id} name={name} port={unknown(name)} side="in" />
				))}
			</div>
			<div>
				{Object.entries(outputs).map(([name, port]) => (
					<PortHandle key={name} node={id} name={name} port={port} side="out" />
				))}
				{lost('out', outputs).map((name) => (
					<PortHandle key={name} node={id} name={name} port={unknown(name)} side="out" />
				))}
			</div>
		</div>
	);
}

interface FaceProps {
	readonly id: string;
	readonly title: string;
	readonly kind: Parameters<typeof KindIcon>[0]['kind'];
	readonly output: string;
	readonly source: boolean;
}

/** The preview, in a frame of fixed height, and what is known of it. */
function Face({ id, title, kind, output, source }: FaceProps) {
	const say = useSay();
	const language = useUi((ui) => ui.language);
	const previews = usePreviews(({ nodes }) => nodes[id]?.previews);
	const busy = usePreviews(({ asked }) => asked.has(id));
	const unbound = useScene((scene) => source && scene.mode === 'edit' && scene.unbound.includes(id));
	const seen = useScene((scene) => scene.checked.seen[`${id}.${output}`]);
	const preview = previews?.find((one) => one.port === output) ?? previews?.[0];
	const count = preview?.count ?? null;
	if (unbound)
		return (
			<button type="button" className="card-face card-choose nodrag" onClick={() => chooseFile(id)}>
				<Upload size={18} />
				<span>{say('source.choose')}</span>
			</button>
		);
	return (
		<>
			<div className={`card-face${busy ? ' card-face-busy' : ''}`}>
				{preview === undefined ? (
					<span className="thumb-icon">
						<KindIcon kind={kind} size={26} />
					</span>
				) : (
					<Thumb preview={preview} alt={say('preview.of', { title })} />
				)}
				{count !== null && count > 1 && <span className="card-count number">× {count}</span>}
				{preview !== undefined && (
					<button
						type="button"
						className="card-large nodrag"
						aria-label={say('viewer.large')}
						title={say('viewer.large')}
						onClick={() => openViewer({ type: 'node', node: id })}
					>
						<Maximize2 size={13} />
					</button>
				)}
			</div>
			<p className="card-seen number">{seen === undefined ? '\u00a0' : describeSeen(seen, language)}</p>
		</>
	);
}
