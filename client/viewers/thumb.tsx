/** What a node makes, small, for its card. */
import { Music, PanelsTopLeft } from 'lucide-react';
import type { Preview } from '../../server/http/api.ts';
import { artifactUrl } from '../app/api.ts';
import { KindIcon } from '../catalogue/icons.tsx';
import { shownAs } from './formats.ts';
import { TableGrid } from './table-grid.tsx';

export function Thumb({ preview, alt }: { readonly preview: Preview; readonly alt: string }) {
	const { artifact, metadata } = preview;
	if (preview.rows !== undefined) return <TableGrid small rows={preview.rows} columns={metadata.kind === 'table' ? metadata.columns : null} />;
	if (preview.text !== undefined) return <p className="thumb-text">{preview.text.slice(0, 400)}</p>;
	if (artifact === null) return <Nothing preview={preview} />;
	const url = artifactUrl(artifact.hash, artifact.format);
	switch (shownAs(artifact.format)) {
		case 'image':
			return <img className="thumb-picture" src={url} alt={alt} draggable={false} />;
		case 'video':
			return (
				<video className="thumb-picture" src={url} muted loop autoPlay={!matchMedia('(prefers-reduced-motion: reduce)').matches} playsInline aria-label={alt} />
			);
		case 'audio':
			return <Music size={26} className="thumb-icon" aria-hidden />;
		case 'page':
			return <PanelsTopLeft size={26} className="thumb-icon" aria-hidden />;
		default:
			return <Nothing preview={preview} />;
	}
}

function Nothing({ preview }: { readonly preview: Preview }) {
	return (
		<span className="thumb-icon">
			<KindIcon kind={preview.metadata.kind} size={26} />
		</span>
	);
}
