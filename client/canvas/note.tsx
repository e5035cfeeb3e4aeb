import { type NodeProps, NodeResizer } from '@xyflow/react';
import { memo } from 'react';
import { useSay } from '../app/language.ts';
import { edit, noteIndex } from './document.ts';
import { useScene } from './scene.ts';

/** A sticky note. */
export const NoteCard = memo(function NoteCard({ id, selected }: NodeProps) {
	const say = useSay();
	const index = noteIndex(id) ?? -1;
	const text = useScene((scene) => scene.graph.notes?.[index]?.text ?? '');
	const change = (value: string) =>
		edit((doc) => {
			const note = doc.recipe.graph.notes?.[index];
			if (note !== undefined) note.text = value;
		}, `note-${index}`);
	const resize = (width: number, height: number) =>
		edit((doc) => {
			const note = doc.recipe.graph.notes?.[index];
			if (note !== undefined) note.size = [Math.round(width), Math.round(height)];
		}, `note-size-${index}`);
	return (
		<div className={`note${selected ? ' note-selected' : ''}`}>
			<NodeResizer isVisible={selected} minWidth={120} minHeight={72} onResizeEnd={(_, size) => resize(size.width, size.height)} />
			<textarea
				className="nowheel"
				aria-label={say('note.label')}
				placeholder={say('note.placeholder')}
				value={text}
				onChange={(event) => change(event.target.value)}
			/>
		</div>
	);
});
