import { type CSSProperties, useState } from 'react';
import { useSay } from '../app/language.ts';

/** Two pictures, one under the other, with a line between them that moves. */
export function BeforeAfter({ before, after }: { readonly before: string; readonly after: string }) {
	const say = useSay();
	const [at, setAt] = useState(50);
	return (
		<div className="compare" style={{ ['--at' as string]: `${at}%` } as CSSProperties}>
			<img src={after} alt={say('viewer.after')} />
			<img src={before} alt={say('viewer.before')} className="compare-before" />
			<span className="compare-line" aria-hidden />
			<span className="compare-tag compare-left">{say('viewer.before')}</span>
			<span className="compare-tag compare-right">{say('viewer.after')}</span>
			<input type="range" min={0} max={100} step={0.5} value={at} aria-label={say('viewer.compare')} onChange={(event) => setAt(Number(event.target.value))} />
		</div>
	);
}
