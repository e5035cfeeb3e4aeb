import type { Input } from '../../server/http/api.ts';
import { KindIcon, kindStyle } from '../catalogue/icons.tsx';

/** A file's small picture, or the icon of what it holds. */
export function FileFace({ input }: { readonly input: Input }) {
	if (input.thumbnail !== null) return <img src={input.thumbnail} alt="" />;
	const kind = input.readings[0]?.kind ?? 'file';
	return (
		<span className="file-blank" style={kindStyle(kind)}>
			<KindIcon kind={kind} size={14} />
		</span>
	);
}
