import { CircleCheck, CircleX, FileText, Music, PanelsTopLeft } from 'lucide-react';
import type { CanaryView } from '../../server/http/api.ts';
import { artifactUrl } from '../app/api.ts';
import { useSay, useSayProblem, useWords } from '../app/language.ts';
import { shownAs } from '../viewers/formats.ts';

/** One item of each kind with what was made of it, so that a look decides whether all the others may follow. */
export function ContactSheet({ canary }: { readonly canary: readonly CanaryView[] }) {
	const say = useSay();
	const words = useWords();
	return (
		<section className="contact" aria-label={say('canary.title')}>
			<ul>
				{canary.map((one) => (
					<li key={one.item} className={`contact-one contact-${one.outcome}`}>
						<Face view={one} />
						<p className="contact-count">
							<b className="number">{say('batch.items', { count: one.count })}</b> {words(one.cluster)}
						</p>
						<p className="mono contact-name">{one.item}</p>
						<Outcome view={one} />
					</li>
				))}
			</ul>
		</section>
	);
}

function Outcome({ view: { outcome, problem, count } }: { readonly view: CanaryView }) {
	const say = useSay();
	const sayProblem = useSayProblem();
	if (outcome !== 'failed') return <p className="ledger-reason">{say(`canary.${outcome}`)}</p>;
	return (
		<p className="row-error">
			{problem === null ? say('canary.failed') : sayProblem(problem)} {count > 1 && say('canary.would-fail', { count })}
		</p>
	);
}

function Face({ view: { result, item, outcome } }: { readonly view: CanaryView }) {
	const url = result === null ? '' : artifactUrl(result.hash, result.format);
	const as = result === null ? null : shownAs(result.format);
	return (
		<div className="contact-face">
			{as === 'image' ? (
				<img src={url} alt={item} loading="lazy" />
			) : as === 'video' ? (
				<video src={url} muted playsInline controls aria-label={item} />
			) : as === 'audio' ? (
				<Music size={26} aria-hidden />
			) : as === 'page' ? (
				<PanelsTopLeft size={26} aria-hidden />
			) : outcome === 'failed' ? (
				<CircleX size={26} aria-hidden />
			) : outcome === 'done' ? (
				<CircleCheck size={26} aria-hidden />
			) : (
				<FileText size={26} aria-hidden />
			)}
		</div>
	);
}
