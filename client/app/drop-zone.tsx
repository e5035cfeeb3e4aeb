/** Files dropped or pasted anywhere on the page. */
import { FileUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Input } from '../../server/http/api.ts';
import { pasteText } from '../canvas/acts.ts';
import { currentGraph, edit, select, useDoc } from '../canvas/document.ts';
import { addNode } from '../canvas/edits.ts';
import { freePlace, placed } from '../canvas/place.ts';
import { fitAll, reveal } from '../canvas/view.ts';
import { isSource, readingOf, sourceFor, sourcePort } from '../catalogue/sources.ts';
import { bind } from '../inspector/source-file.tsx';
import { openRecipeText } from '../recipes/saved.ts';
import { sendFile, sendText } from './inputs.ts';
import { isTyping } from './keys.ts';
import { useSay } from './language.ts';

const RECIPE_BYTES = 5_000_000;

/** Takes files: a recipe is opened, one file fills the selected source, others become sources of their own. */
export async function receiveFiles(files: readonly File[], at?: readonly [number, number]): Promise<void> {
	const [only] = files;
	if (only !== undefined && files.length === 1 && only.name.toLowerCase().endsWith('.json') && only.size < RECIPE_BYTES && openRecipeText(await only.text())) {
		setTimeout(fitAll, 60);
		return;
	}
	const inputs = (await Promise.all(files.map(sendFile))).filter((input) => input !== null);
	takeInputs(inputs, at);
}

/** Puts files that the server knows onto the canvas. */
export function takeInputs(inputs: readonly Input[], at?: readonly [number, number]): void {
	const [first] = inputs;
	if (first === undefined) return;
	const { selected } = useDoc.getState();
	const [only, ...more] = selected;
	const graph = currentGraph();
	if (only !== undefined && more.length === 0 && isSource(graph.nodes[only])) {
		bind(only, inputs);
		return;
	}
	const open = openSources(first);
	const before = Object.keys(graph.nodes).length;
	if (inputs.length === 1 && open !== null) {
		bind(open, inputs);
		return;
	}
	const added: string[] = [];
	edit((doc) => {
		let place = at ?? [0, 0];
		for (const input of inputs) {
			const source = sourceFor(input.readings[0]?.kind ?? 'file') ?? sourceFor('file');
			if (source === null) continue;
			place = freePlace(place, placed(doc.recipe.graph));
			const id = addNode(doc.recipe.graph, source.spec, place, source.params);
			doc.bindings[id] = [input.id];
			added.push(id);
		}
	});
	if (before > 0) {
		select(added);
		setTimeout(() => reveal(added[0] ?? ''), 80);
	} else setTimeout(fitAll, 60);
}

/** The only source that waits for such a file, if there is exactly one. */
function openSources(input: Input): string | null {
	const { bindings } = useDoc.getState().timeline.value;
	const waiting = Object.entries(currentGraph().nodes).filter(([id, node]) => {
		const port = sourcePort(node);
		return port !== null && (bindings[id] ?? []).length === 0 && readingOf(input, port.kind) !== null;
	});
	return waiting.length === 1 ? (waiting[0]?.[0] ?? null) : null;
}

export function DropZone() {
	const say = useSay();
	const [over, setOver] = useState(false);
	useEffect(() => {
		let depth = 0;
		const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
		const enter = (event: DragEvent) => {
			if (!holdsFiles(event)) return;
			event.preventDefault();
			depth += 1;
			setOver(true);
		};
		const leave = (event: DragEvent) => {
			if (!holdsFiles(event)) return;
			depth = Math.max(0, depth - 1);
			if (depth === 0) setOver(false);
		};
		const move = (event: DragEvent) => holdsFiles(event) && event.preventDefault();
		const drop = (event: DragEvent) => {
			depth = 0;
			setOver(false);
			if (!holdsFiles(event) || event.defaultPrevented) return;
			event.preventDefault();
			void receiveFiles([...(event.dataTransfer?.files ?? [])]);
		};
		const paste = (event: ClipboardEvent) => {
			if (isTyping(event.target)) return;
			const files = [...(event.clipboardData?.files ?? [])];
			const text = event.clipboardData?.getData('text/plain') ?? '';
			if (files.length > 0) void receiveFiles(files);
			else if (text !== '' && !pasteText(text, false) && !openRecipeText(text))
				void sendText(nameOfText(text), text).then((input) => input !== null && takeInputs([input]));
			else return;
			event.preventDefault();
		};
		const listeners = { dragenter: enter, dragleave: leave, dragover: move, drop, paste };
		for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener);
		return () => {
			for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name, listener as EventListener);
		};
	}, []);
	if (!over) return null;
	return (
		<div className="drop-zone" aria-hidden>
			<div>
				<FileUp size={30} />
				<p>{say('drop.here')}</p>
			</div>
		</div>
	);
}

/** A pasted text gets the ending of what it looks like. */
function nameOfText(text: string): string {
	const lines = text.trim().split('\n').slice(0, 8);
	const even = (mark: string) => lines.length > 1 && lines.every((line) => line.split(mark).length === lines[0]?.split(mark).length && line.includes(mark));
	if (/^\s*[[{]/.test(text)) return 'pasted.json';
	return even('\t') ? 'pasted.tsv' : even(',') ? 'pasted.csv' : 'pasted.txt';
}
