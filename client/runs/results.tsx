/** What the run made: to look at and to take away; and whether it is what was asked for. */
import { Check, Download, FolderDown, X } from 'lucide-react';
import { specOf } from '../../nodes/catalogue.ts';
import type { CheckResult, OutputView, RunView } from '../../server/http/api.ts';
import { allOutputsUrl, artifactUrl, outputUrl } from '../app/api.ts';
import { bytesText, secondsText } from '../app/format.ts';
import { useSay, useSayProblem, useWords } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { useUi } from '../app/ui.ts';
import { useScene } from '../canvas/scene.ts';
import { KindIcon, kindStyle } from '../catalogue/icons.tsx';
import { describeMetadata } from '../viewers/describe.ts';
import { shownAs } from '../viewers/formats.ts';
import { openViewer } from '../viewers/viewing.ts';
import { checkText, valueText } from './check-text.ts';
import './runs.css';
import { startRun, useRuns } from './runs.ts';

export function Results() {
	const say = useSay();
	const run = useRuns((runs) => runs.run);
	if (run === null) return <p className="panel-empty">{say('results.empty')}</p>;
	const files = run.outputs.filter((output) => output.file !== null);
	return (
		<div className="results">
			<Headline run={run} />
			{run.checks.length > 0 && <Checks checks={run.checks} />}
			<Problems run={run} />
			<ul className="outputs">
				{run.outputs.map((output) => (
					<Output key={output.n} run={run.id} output={output} />
				))}
			</ul>
			{files.length > 1 && (
				<a className="button button-plain" href={allOutputsUrl(run.id)} download>
					<FolderDown size={15} />
					<span>{say('results.all', { count: files.length })}</span>
				</a>
			)}
		</div>
	);
}

function Headline({ run }: { readonly run: RunView }) {
	const say = useSay();
	const tone = run.state === 'done' ? 'good' : run.state === 'failed' || run.state === 'interrupted' ? 'bad' : 'plain';
	return (
		<header className="results-head">
			<div>
				<h3>{run.name}</h3>
				<p className="number">
					<span className={`tone-${tone}`}>{say(`runstate.${run.state}`)}</span>
					{run.seconds !== null && ` · ${secondsText(run.seconds)}`}
				</p>
			</div>
		</header>
	);
}

function Checks({ checks }: { readonly checks: readonly CheckResult[] }) {
	const say = useSay();
	const language = useUi((ui) => ui.language);
	return (
		<ul className="checks" aria-label={say('check.title')}>
			{checks.map(({ check, ok, actual }) => (
				<li key={`${check.node}${check.property}${String(check.value)}`} className={`badge ${ok ? 'badge-good' : 'badge-bad'}`}>
					{ok ? <Check size={13} /> : <X size={13} />}
					<span className="hidden-text">{say(ok ? 'check.passed' : 'check.failed')}</span>
					{checkText(check, language)}
					{!ok && <b>{say('check.is', { value: valueText(check, actual, language) })}</b>}
				</li>
			))}
		</ul>
	);
}

function Problems({ run }: { readonly run: RunView }) {
	const say = useSay();
	const words = useWords();
	const sayProblem = useSayProblem();
	const graph = useScene((scene) => scene.graph);
	if (run.problems.length === 0) return null;
	return (
		<ul className="troubles">
			{run.problems.map((problem) => (
				<li key={`${problem.key}${problem.node ?? ''}`} className="trouble trouble-bad">
					<X size={15} />
					<div>
						{problem.node !== undefined && (
							<b>{graph.nodes[problem.node]?.title ?? words(specOf(graph.nodes[problem.node]?.spec ?? '')?.title ?? { en: problem.node, zh: problem.node })}</b>
						)}
						<p>{sayProblem(problem)}</p>
						{problem.detail !== undefined && (
							<details>
								<summary>{say('problem.detail')}</summary>
								<pre className="mono">{problem.detail}</pre>
							</details>
						)}
					</div>
				</li>
			))}
			<li>
				<Button small onClick={() => void startRun()}>
					{say('run.again')}
				</Button>
			</li>
		</ul>
	);
}

function Output({ run, output }: { readonly run: string; readonly output: OutputView }) {
	const say = useSay();
	const language = useUi((ui) => ui.language);
	const content = output.metadata.kind === 'file' && output.metadata.content !== null ? output.metadata.content : output.metadata;
	const about = [bytesText(output.bytes), describeMetadata(content, language)].filter(Boolean).join(' · ');
	if (output.file === null && output.text !== undefined)
		return (
			<li className="output output-answer">
				<p>{output.text}</p>
			</li>
		);
	const url = artifactUrl(output.hash, output.format);
	const open = () => openViewer({ type: 'output', run, n: output.n });
	return (
		<li className="output">
			<button type="button" className="output-face" onClick={open} aria-label={say('results.open', { name: output.file ?? say('results.answer') })}>
				{shownAs(output.format) === 'image' ? (
					<img src={url} alt="" loading="lazy" />
				) : shownAs(output.format) === 'video' ? (
					<video src={url} muted preload="metadata" playsInline />
				) : (
					<span className="thumb-icon" style={kindStyle(content.kind)}>
						<KindIcon kind={content.kind} size={30} />
					</span>
				)}
			</button>
			<div className="output-foot">
				<div>
					<b title={output.file ?? ''}>{output.file ?? say('results.answer')}</b>
					<small className="number">{about}</small>
				</div>
				{output.file !== null && (
					<a
						className="icon-button"
						href={outputUrl(run, output.n)}
						download={output.file}
						aria-label={say('results.download', { name: output.file })}
						title={say('results.download', { name: output.file })}
					>
						<Download size={16} />
					</a>
				)}
			</div>
		</li>
	);
}
