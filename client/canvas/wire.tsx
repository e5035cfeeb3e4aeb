import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react';
import { memo } from 'react';
import type { Kind } from '../../nodes/define.ts';
import { useUi } from '../app/ui.ts';
import { kindStyle } from '../catalogue/icons.tsx';
import { describeSeen } from '../viewers/describe.ts';
import { useNodeView } from './node-state.tsx';
import { useScene } from './scene.ts';
import { useView } from './view.ts';

/** A wire in the colour of what travels; doubled, with the count, when that is a list. */
export const Wire = memo(function Wire(props: EdgeProps) {
	const [path, x, y] = getBezierPath(props);
	const language = useUi((ui) => ui.language);
	const from = `${props.source}.${props.sourceHandleId ?? ''}`;
	const seen = useScene((scene) => scene.checked.seen[from]);
	const hovered = useView((view) => view.hoveredWire === props.id);
	const moving = useNodeView(props.target)?.state === 'running';
	const ghost = useScene((scene) => scene.marks[props.source]?.what === 'removed' || scene.marks[props.target]?.what === 'removed');
	const kind: Kind = seen === undefined ? fallback(props.data) : seen.many ? seen.element.kind : seen.metadata.kind;
	const many = seen?.many === true;
	const look = `wire${props.selected === true ? ' wire-selected' : ''}${moving ? ' wire-moving' : ''}${ghost ? ' wire-ghost' : ''}${hovered ? ' wire-hovered' : ''}`;
	return (
		<g style={kindStyle(kind)} className={look}>
			<BaseEdge path={path} className={many ? 'wire-line wire-many' : 'wire-line'} interactionWidth={18} />
			{many && <path d={path} className="wire-core" fill="none" />}
			{(many || hovered || props.selected === true) && seen !== undefined && (
				<EdgeLabelRenderer>
					<div className="wire-label number" style={{ ...kindStyle(kind), transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>
						{hovered || props.selected === true ? describeSeen(seen, language) : many ? `× ${seen.count ?? '?'}` : ''}
					</div>
				</EdgeLabelRenderer>
			)}
		</g>
	);
});

function fallback(data: EdgeProps['data']): Kind {
	const kind = data?.['kind'];
	return typeof kind === 'string' ? (kind as Kind) : 'file';
}
