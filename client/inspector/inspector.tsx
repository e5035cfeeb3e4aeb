/** The selected node: its parameters, wires and what is wrong with it. */
import { Ban, Combine, Copy, Play, RotateCcw, Trash2, TriangleAlert } from 'lucide-react';
import { specOf } from '../../nodes/catalogue.ts';
import { fieldsOf } from '../../nodes/define.ts';
import { withDefaultVariant } from '../../nodes/fields.ts';
import type { GraphNode } from '../../nodes/graph.ts';
import { useSay, useSayProblem, useWords } from '../app/language.ts';
import { Button, IconButton } from '../app/parts/button.tsx';
import { duplicateChosen, removeChosen, toggleChosen } from '../canvas/acts.ts';
import { edit, noteIndex, useDoc } from '../canvas/document.ts';
import { rename, setParam, setParams } from '../canvas/edits.ts';
import { useNodeView } from '../canvas/node-state.tsx';
import { useScene } from '../canvas/scene.ts';
import { kindOfSpec, SpecIcon } from '../catalogue/icons.tsx';
import { sourcePort } from '../catalogue/sources.ts';
import { startRun } from '../runs/runs.ts';
import { columnsAt } from './columns.ts';
import { Connections } from './connections.tsx';
import { fieldErrors } from './field-errors.ts';
import { FieldRow } from './field-row.tsx';
import './inspector.css';
import './fields.css';
import './connections.css';
import { SourceFile } from './source-file.tsx';

export function Inspector() {
	const say = useSay();
	const selected = useDoc((doc) => doc.selected);
	const ids = selected.filter((id) => noteIndex(id) === null);
	const [id] = ids;
	const node = useScene((scene) => (id === undefined ? undefined : scene.graph.nodes[id]));
	if (ids.length > 1) return <Several count={ids.length} />;
	if (id === undefined || node === undefined) return <p className="panel-empty">{say('inspector.empty')}</p>;
	return <One key={id} id={id} node={node} />;
}

function Acts({ one }: { readonly one?: string }) {
	const say = useSay();
	return (
		<div className="inspector-acts">
			{one !== undefined && <IconButton label={say('run.to-here')} keys="⇧ ↵" icon={<Play size={15} />} onClick={() => void startRun([one])} />}
			<IconButton label={say('key.duplicate')} keys="D" icon={<Copy size={15} />} onClick={duplicateChosen} />
			<IconButton label={say('key.mute')} keys="M" icon={<Ban size={15} />} onClick={() => toggleChosen('muted')} />
			<IconButton label={say('key.bypass')} keys="B" icon={<Combine size={15} />} onClick={() => toggleChosen('bypassed')} />
			<IconButton label={say('key.delete')} keys="Del" icon={<Trash2 size={15} />} onClick={() => removeChosen(false)} />
		</div>
	);
}

function Several({ count }: { readonly count: number }) {
	const say = useSay();
	return (
		<div className="inspector">
			<header className="inspector-head">
				<h3>{say('inspector.several', { count })}</h3>
			</header>
			<Acts />
		</div>
	);
}

function One({ id, node }: { readonly id: string; readonly node: GraphNode }) {
	const say = useSay();
	const words = useWords();
	const sayProblem = useSayProblem();
	const mode = useScene((scene) => scene.mode);
	const graph = useScene((scene) => scene.graph);
	const seen = useScene((scene) => scene.checked.seen);
	const checked = useScene((scene) => scene.byNode[id]);
	const problems = useScene((scene) => scene.problems[id]) ?? [];
	const view = useNodeView(id);
	const spec = specOf(node.spec);
	if (spec === undefined)
		return (
			<div className="inspector">
				<header className="inspector-head">
					<SpecIcon spec={undefined} kind="file" size={34} />
					<div>
						<h3>{node.title ?? node.spec}</h3>
						<p>{say('node.unknown')}</p>
					</div>
				</header>
				<Acts />
				<section className="part">
					<p className="row-hint">{say('node.unknown-kept')}</p>
					<pre className="kept mono">{JSON.stringify(node.params, null, 2)}</pre>
				</section>
			</div>
		);
	const params = withDefaultVariant(spec.params, node.params);
	const fields = fieldsOf(spec.params, params);
	const errors = fieldErrors(spec, node.params, node.version, problems);
	const rest = problems.filter((problem) => problem.param === undefined || !fields.some((field) => field.name === problem.param));
	const columns = (port: string | undefined) => columnsAt(graph, seen, id, port, checked);
	const tag = fields[0];
	const change = (name: string, value: unknown) => {
		const variant = tag?.name === name && tag.control === 'choice' && !('shape' in spec.params);
		edit((doc) => {
			if (!variant) return setParam(doc.recipe.graph, id, name, value);
			const next = fieldsOf(spec.params, { [name]: value }).map((field) => field.name);
			setParams(doc.recipe.graph, id, { ...Object.fromEntries(Object.entries(node.params).filter(([key]) => next.includes(key))), [name]: value });
		}, `param-${id}-${name}`);
	};
	const failed = view?.state === 'failed' ? view.problem : null;
	return (
		<div className="inspector" inert={mode !== 'edit'}>
			<header className="inspector-head">
				<SpecIcon spec={spec} kind={sourcePort(node)?.kind ?? kindOfSpec(spec)} size={34} />
				<div>
					<input
						className="inspector-title"
						aria-label={say('key.rename')}
						defaultValue={node.title ?? ''}
						key={node.title ?? ''}
						placeholder={words(spec.title)}
						onBlur={(event) => event.target.value !== (node.title ?? '') && edit((doc) => rename(doc.recipe.graph, id, event.target.value))}
						onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
					/>
					<p>{words(spec.summary)}</p>
				</div>
			</header>
			<Acts one={id} />
			{(rest.length > 0 || failed !== null) && (
				<ul className="troubles">
					{rest.map((problem) => (
						<li key={problem.key} className="trouble trouble-warn">
							<TriangleAlert size={15} />
							<p>{sayProblem(problem)}</p>
						</li>
					))}
					{failed !== null && (
						<li className="trouble trouble-bad">
							<TriangleAlert size={15} />
							<div>
								<p>{sayProblem(failed)}</p>
								{failed.detail !== undefined && (
									<details>
										<summary>{say('problem.detail')}</summary>
										<pre className="mono">{failed.detail}</pre>
									</details>
								)}
							</div>
						</li>
					)}
				</ul>
			)}
			{spec.medium === 'source' && <SourceFile node={id} />}
			{fields.length > 0 && (
				<section className="part">
					<div className="part-head">
						<h4>{say('inspector.parameters')}</h4>
						{Object.keys(node.params).length > 0 && spec.medium !== 'source' && (
							<Button small look="quiet" icon={<RotateCcw size={12} />} onClick={() => edit((doc) => setParams(doc.recipe.graph, id, {}))}>
								{say('inspector.reset-all')}
							</Button>
						)}
					</div>
					{fields.map((field) => (
						<FieldRow
							key={field.name}
							field={field}
							value={params[field.name]}
							problem={errors[field.name]}
							columns={columns}
							onChange={(value) => change(field.name, value)}
						/>
					))}
				</section>
			)}
			<Connections id={id} node={node} />
		</div>
	);
}
