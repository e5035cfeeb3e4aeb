import { Keyboard, Maximize, Minus, Plus, StickyNote, WandSparkles, ZoomIn } from 'lucide-react';
import { addNote, tidyUp } from '../canvas/acts.ts';
import { useScene } from '../canvas/scene.ts';
import { fitAll, openSearch, zoomBy } from '../canvas/view.ts';
import { useSay } from './language.ts';
import { IconButton } from './parts/button.tsx';
import { openDialog } from './ui.ts';

/** What the canvas offers, at its left edge. */
export function ToolRail() {
	const say = useSay();
	const mode = useScene((scene) => scene.mode);
	const empty = useScene((scene) => Object.keys(scene.graph.nodes).length === 0);
	const still = mode !== 'edit';
	return (
		<div className="rail" role="toolbar" aria-orientation="vertical" aria-label={say('rail.label')}>
			<IconButton
				side="right"
				label={say('key.add')}
				keys="N"
				icon={<Plus size={18} />}
				className="rail-add"
				disabled={still}
				onClick={(event) => openSearch({ at: { x: event.currentTarget.getBoundingClientRect().right + 30, y: 90 } })}
			/>
			<IconButton side="right" label={say('key.note')} keys="S" icon={<StickyNote size={17} />} disabled={still} onClick={addNote} />
			<IconButton side="right" label={say('key.tidy')} keys="L" icon={<WandSparkles size={17} />} disabled={still || empty} onClick={() => void tidyUp()} />
			<span className="rail-line" />
			<IconButton side="right" label={say('key.zoom-in')} keys="+" icon={<ZoomIn size={17} />} onClick={() => zoomBy(1.25)} />
			<IconButton side="right" label={say('key.zoom-out')} keys="−" icon={<Minus size={17} />} onClick={() => zoomBy(0.8)} />
			<IconButton side="right" label={say('key.fit')} keys="1" icon={<Maximize size={16} />} disabled={empty} onClick={fitAll} />
			<span className="rail-line" />
			<IconButton side="right" label={say('key.keys')} keys="?" icon={<Keyboard size={17} />} onClick={() => openDialog('keys')} />
		</div>
	);
}
