/** The large viewer: a node's preview with what came before it, a result, or a file. */

import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { specOf } from '../../nodes/catalogue.ts';
import type { Metadata } from '../../nodes/define.ts';
import { endpoint } from '../../nodes/graph.ts';
import type { Preview } from '../../server/http/api.ts';
import { api, artifactUrl, inputUrl, outputUrl } from '../app/api.ts';
import { bytesText } from '../app/format.ts';
import { useInputs } from '../app/inputs.ts';
import { useSay, useWords } from '../app/language.ts';
import { Sheet } from '../app/parts/dialog.tsx';
import { useUi } from '../app/ui.ts';
import { useScene } from '../canvas/scene.ts';
import { KindIcon } from '../catalogue/icons.tsx';
import { useRuns } from '../runs/runs.ts';
import { BeforeAfter } from './before-after.tsx';
import { describeMetadata } from './describe.ts';
import { shownAs } from './formats.ts';
import { usePreviews } from './previews.ts';
import { TableGrid } from './table-grid.tsx';
import './viewers.css';
import { closeViewer, useViewing } from './viewing.ts';

export function Viewer() {
	const viewing = useViewing((state) => state.viewing);
	if (viewing === null) return null;
	if (viewing.type === 'node') return <NodeViewer node={viewing.node} />;
	return viewing.type === 'output' ? <OutputViewer run={viewing.run} n={viewing.n} /> : <InputViewer id={viewing.input} />;
}

function NodeViewer({ node }: { readonly node: string }) {
	const words = useWords();
	const say = useSay();
	const language = useUi((ui) => ui.language);
	const graph = useScene((scene) => scene.graph);
	const previews = usePreviews(({ nodes }) => nodes);
	const at = graph.nodes[node];
	const mine = previews[node]?.previews ?? [];
	const title = at?.title ?? words(specOf(at?.spec ?? '')?.title ?? { en: node, zh: node });
	const edge = graph.edges.find((one) => endpoint(one.to).node === node);
	const from = edge === undefined ? undefined : endpoint(edge.from);
	const before = from === undefined ? undefined : previews[from.node]?.previews.find((one) => one.port === from.port);
	const first = mine[0];
	const comparable = mine.length === 1 && first !== undefined && picture(first) !== null && before !== undefined && picture(before) !== null;
	return (
		<Sheet
			open
			onClose={closeViewer}
			size="full"
			title={title}
			about={
				first === undefined
					? ''
					: `${describeMetadata(first.metadata, language)}${first.count !== null && first.count > 1 ? ` · × ${first.count}` : ''} · ${say('viewer.preview')}`
			}
		>
			{comparable ? (
				<BeforeAfter before={picture(before) ?? ''} after={picture(first) ?? ''} />
			) : (
				<div className={mine.length > 1 ? 'viewer viewer-many' : 'viewer'}>
					{mine.map((preview, i) => (
						<Content
							// biome-ignore lint/suspicious/noArrayIndexKey: previews of a list have no identity but their place
							key={i}
							hash={preview.artifact?.hash ?? null}
							format={preview.artifact?.format ?? ''}
							metadata={preview.metadata}
							rows={preview.rows}
							text={preview.text}
						/>
					))}
				</div>
			)}
		</Sheet>
	);
}

function picture(preview: Preview): string | null {
	const { artifact } = preview;
	return artifact !== null && preview.metadata.kind === 'image' && shownAs(artifact.format) === 'image' ? artifactUrl(artifact.hash, artifact.format) : null;
}

function OutputViewer({ run, n }: { readonly run: string; readonly n: number }) {
	const say = useSay();
	const language = useUi((ui) => ui.language);
	const output = useRuns((runs) => (runs.run?.id === run ? runs.run.outputs.find((one) => one.n === n) : undefined));
	if (output === undefined) return null;
	const content = output.metadata.kind === 'file' && output.metadata.content !== null ? output.metadata.content : output.metadata;
	return (
		<Sheet
			open
			onClose={closeViewer}
			size="full"
			title={output.file ?? say('results.answer')}
			about={[bytesText(output.bytes), describeMetadata(content, language)].filter(Boolean).join(' · ')}
			aside={
				output.file === null ? null : (
					<a className="button button-primary" href={outputUrl(run, n)} download={output.file}>
						<Download size={15} />
						<span>{say('results.save')}</span>
					</a>
				)
			}
		>
			<div className="viewer">
				<Content hash={output.hash} format={output.format} metadata={content} rows={undefined} text={output.text} />
			</div>
		</Sheet>
	);
}

function InputViewer({ id }: { readonly id: string }) {
	const language = useUi((ui) => ui.language);
	const input = useInputs((inputs) => inputs.known[id]);
	if (input === undefined) return null;
	const reading = input.readings[0];
	const url = inputUrl(id);
	return (
		<Sheet
			open
			onClose={closeViewer}
			size="full"
			title={input.name}
			about={[bytesText(input.bytes), reading === undefined ? '' : describeMetadata(reading, language)].filter(Boolean).join(' · ')}
		>
			<div className="viewer">
				<Media url={url} format={input.format} fallback={input.thumbnail} kind={reading?.kind ?? 'file'} />
			</div>
		</Sheet>
	);
}

interface ContentProps {
	readonly hash: string | null;
	readonly format: string;
	readonly metadata: Metadata;
	readonly rows: Preview['rows'];
	readonly text: string | undefined;
}

function Content({ hash, format, metadata, rows, text }: ContentProps) {
	if (rows !== undefined || (metadata.kind === 'table' && hash !== null))
		return <Rows hash={hash} given={rows} columns={metadata.kind === 'table' ? metadata.columns : null} />;
	if (text !== undefined) return <pre className="viewer-text">{text}</pre>;
	return hash === null ? (
		<Media url="" format="" fallback={null} kind={metadata.kind} />
	) : (
		<Media url={artifactUrl(hash, format)} format={format} fallback={null} kind={metadata.kind} />
	);
}

function Rows({
	hash,
	given,
	columns,
}: {
	readonly hash: string | null;
	readonly given: Preview['rows'];
	readonly columns: Parameters<typeof TableGrid>[0]['columns'];
}) {
	const [rows, setRows] = useState(given ?? []);
	useEffect(() => {
		if (hash === null) return;
		let gone = false;
		api.rows(hash, 500).then(
			(reply) => !gone && setRows(reply.rows),
			() => undefined,
		);
		return () => {
			gone = true;
		};
	}, [hash]);
	return <TableGrid rows={rows} columns={columns} />;
}

interface MediaProps {
	readonly url: string;
	readonly format: string;
	readonly fallback: string | null;
	readonly kind: Parameters<typeof KindIcon>[0]['kind'];
}

function Media({ url, format, fallback, kind }: MediaProps) {
	const say = useSay();
	switch (shownAs(format)) {
		case 'image':
			return <img className="viewer-picture" src={url} alt="" />;
		case 'video':
			// biome-ignore lint/a11y/useMediaCaption: the user's own media; there are no captions to offer
			return <video className="viewer-picture" src={url} controls autoPlay playsInline loop aria-label={say('viewer.video')} />;
		case 'audio':
			// biome-ignore lint/a11y/useMediaCaption: the user's own media; there are no captions to offer
			return <audio src={url} controls aria-label={say('viewer.audio')} />;
		case 'page':
			return <iframe className="viewer-page" title={say('viewer.page')} src={url} sandbox="allow-scripts" />;
		case 'pdf':
			return <iframe className="viewer-page" title={say('viewer.pdf')} src={url} />;
		case 'text':
			return <RemoteText url={url} />;
		default:
			return fallback !== null ? (
				<img className="viewer-picture" src={fallback} alt="" />
			) : (
				<div className="viewer-none">
					<KindIcon kind={kind} size={40} />
					<p>{say('viewer.none')}</p>
				</div>
			);
	}
}

const SHOWN = 200_000;

function RemoteText({ url }: { readonly url: string }) {
	const [text, setText] = useState('');
	useEffect(() => {
		let gone = false;
		api.text(url).then(
			(whole) => !gone && setText(whole.slice(0, SHOWN)),
			() => undefined,
		);
		return () => {
			gone = true;
		};
	}, [url]);
	return <pre className="viewer-text">{text}</pre>;
}
