/** Choosing the file of a source node. */
import { FileUp, RefreshCw } from 'lucide-react';
import type { Input } from '../../server/http/api.ts';
import { bytesText } from '../app/format.ts';
import { sendFile, useInputs } from '../app/inputs.ts';
import { sayNow, useSay } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { notify, useUi } from '../app/ui.ts';
import { currentGraph, edit } from '../canvas/document.ts';
import { useScene } from '../canvas/scene.ts';
import { readingOf, sourceFor, sourcePort } from '../catalogue/sources.ts';
import { describeMetadata } from '../viewers/describe.ts';
import { FileFace } from '../viewers/file-face.tsx';
import { openViewer } from '../viewers/viewing.ts';

/** Asks for files with the system's dialog. */
export function pickFiles(multiple: boolean, then: (files: readonly File[]) => void): void {
	const field = document.createElement('input');
	field.type = 'file';
	field.multiple = multiple;
	field.addEventListener('change', () => then([...(field.files ?? [])]));
	field.click();
}

/** Chooses (or replaces) the file of a source node. */
export function chooseFile(node: string): void {
	const port = sourcePort(currentGraph().nodes[node] ?? { spec: '', version: 1, params: {} });
	pickFiles(port?.many === true, (files) => void giveFiles(node, files));
}

/** Sends files and gives them to a source node. */
export async function giveFiles(node: string, files: readonly File[]): Promise<void> {
	const inputs = (await Promise.all(files.map(sendFile))).filter((input) => input !== null);
	if (inputs.length > 0) bind(node, inputs);
}

/** Gives known files to a source node; one that reads as another kind changes what the node reads, as long as nobody is wired to it. */
export function bind(node: string, inputs: readonly Input[]): void {
	const graph = currentGraph();
	const at = graph.nodes[node];
	const port = at === undefined ? null : sourcePort(at);
	const first = inputs[0];
	if (at === undefined || port === null || first === undefined) return;
	const reads = readingOf(first, port.kind) !== null;
	const wired = graph.edges.some((edge) => edge.from.startsWith(`${node}.`));
	const kind = first.readings[0]?.kind ?? 'file';
	const other = reads || wired || port.many ? null : sourceFor(kind);
	if (!reads && other === null) notify(sayNow('source.other-kind', { name: first.name }), 'bad');
	edit((doc) => {
		const target = doc.recipe.graph.nodes[node];
		if (target === undefined) return;
		if (other !== null) {
			target.spec = other.spec.id;
			target.version = other.spec.version;
			target.params = { ...other.params };
		}
		doc.bindings[node] = (port.many ? inputs : inputs.slice(0, 1)).map((input) => input.id);
	});
}

/** The file of the selected source node, in the inspector. */
export function SourceFile({ node }: { readonly node: string }) {
	const say = useSay();
	const language = useUi((ui) => ui.language);
	const ids = useScene((scene) => scene.bindings[node]);
	const known = useInputs((inputs) => inputs.known);
	const files = (ids ?? []).map((id) => known[id]).filter((input) => input !== undefined);
	return (
		<section className="part">
			<h4>{say(files.length > 1 ? 'source.files' : 'source.file')}</h4>
			{files.map((file) => (
				<button type="button" key={file.id} className="file-row" onClick={() => openViewer({ type: 'input', input: file.id })} title={say('viewer.large')}>
					<FileFace input={file} />
					<span className="file-text">
						<b>{file.name}</b>
						<small className="number">
							{[bytesText(file.bytes), file.readings[0] === undefined ? '' : describeMetadata(file.readings[0], language)].filter(Boolean).join(' · ')}
						</small>
					</span>
				</button>
			))}
			<Button icon={files.length === 0 ? <FileUp size={15} /> : <RefreshCw size={14} />} onClick={() => chooseFile(node)}>
				{say(files.length === 0 ? 'source.choose' : 'source.replace')}
			</Button>
		</section>
	);
}
