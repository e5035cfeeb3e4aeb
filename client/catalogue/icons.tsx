/** Icons and colours of the kinds, and of specs by what they make. */
import { AudioLines, ChartColumn, Download, File, FileInput, FileText, Film, Image, PanelsTopLeft, Table2, TextCursorInput } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { Kind, Spec } from '../../nodes/define.ts';
import { freshPorts } from './fits.ts';

const ICONS = {
	image: Image,
	video: Film,
	audio: AudioLines,
	document: FileText,
	table: Table2,
	text: TextCursorInput,
	chart: ChartColumn,
	page: PanelsTopLeft,
	file: File,
} as const satisfies Record<Kind, unknown>;

export function KindIcon({ kind, size = 16 }: { readonly kind: Kind; readonly size?: number }) {
	const Icon = ICONS[kind];
	return <Icon size={size} aria-hidden />;
}

/** What a node is about: the kind that it works on. */
export function kindOfSpec(spec: Spec): Kind {
	const { inputs, outputs } = freshPorts(spec);
	const out = Object.values(outputs)[0]?.kind ?? 'file';
	const within = Object.values(inputs)[0]?.kind;
	return out === 'file' && within !== undefined ? within : out;
}

export const kindStyle = (kind: Kind): CSSProperties => ({ ['--kind' as string]: `var(--kind-${kind})` });

/** A spec's icon on a tile in the colour of its kind. */
export function SpecIcon({ spec, kind, size = 28 }: { readonly spec: Spec | undefined; readonly kind: Kind; readonly size?: number }) {
	const glyph = Math.round(size * 0.56);
	return (
		<span className="spec-icon" style={{ ...kindStyle(kind), width: size, height: size }} aria-hidden>
			{spec?.saves === true ? (
				<Download size={glyph} />
			) : spec?.medium === 'source' && kind === 'file' ? (
				<FileInput size={glyph} />
			) : (
				<KindIcon kind={kind} size={glyph} />
			)}
		</span>
	);
}
