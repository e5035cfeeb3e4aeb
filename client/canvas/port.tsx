import { Handle, Position } from '@xyflow/react';
import { KIND_TITLES, type Port } from '../../nodes/define.ts';
import { useSay, useWords } from '../app/language.ts';
import { accepts } from '../catalogue/fits.ts';
import { kindStyle } from '../catalogue/icons.tsx';
import { useScene } from './scene.ts';
import { useView } from './view.ts';

interface Props {
	readonly node: string;
	readonly name: string;
	readonly port: Port;
	readonly side: 'in' | 'out';
}

/** A typed end for wires: coloured by kind, dimmed while a wire is pulled that doesn't fit. */
export function PortHandle({ node, name, port, side }: Props) {
	const words = useWords();
	const say = useSay();
	const wrong = useScene((scene) => (scene.problems[node] ?? []).some((problem) => problem.port === name && side === 'in'));
	const fit = useView(({ pulling }) => {
		if (pulling === null) return 'idle';
		if (pulling.node === node || pulling.side === side) return 'misfit';
		return (side === 'in' ? accepts(port, pulling.kind, pulling.seen) : pulling.kind === 'file' || port.kind === pulling.kind) ? 'fit' : 'misfit';
	});
	const kind = words(KIND_TITLES[port.kind]);
	const title = words(port.title);
	return (
		<div className={`port port-${side} port-${fit}${wrong ? ' port-wrong' : ''}`} style={kindStyle(port.kind)}>
			<Handle
				id={name}
				type={side === 'in' ? 'target' : 'source'}
				position={side === 'in' ? Position.Left : Position.Right}
				className={`handle${port.many === true ? ' handle-many' : ''}${port.optional === true ? ' handle-optional' : ''}`}
				aria-label={say(side === 'in' ? 'port.input' : 'port.output', { port: title, kind })}
			/>
			<span title={`${title} · ${kind}${port.many === true ? ` · ${say('port.many')}` : ''}${port.optional === true ? ` · ${say('port.optional')}` : ''}`}>
				{title}
			</span>
		</div>
	);
}
