import { ArrowRight } from 'lucide-react';
import type { BatchPreview } from '../../server/http/api.ts';
import { useSay, useSayProblem } from '../app/language.ts';
import { PassedOver } from './passed-over.tsx';

interface Props {
	readonly reply: BatchPreview | null;
	readonly trouble: string;
	readonly busy: boolean;
	/** What is missing as long as there is no answer. */
	readonly wait: string;
}

const SHOWN = 8;

/** What each file will become, before anything runs. */
export function NamePreview({ reply, trouble, busy, wait }: Props) {
	const say = useSay();
	const sayProblem = useSayProblem();
	return (
		<section className="names" aria-busy={busy}>
			<h3>{say('batch.preview')}</h3>
			{trouble !== '' && <p className="row-error">{trouble}</p>}
			{reply?.problems.map((problem) => (
				<p key={sayProblem(problem)} className="row-error">
					{sayProblem(problem)}
				</p>
			))}
			<PassedOver files={reply?.passedOver ?? []} />
			{reply === null || reply.items.length === 0 ? (
				<p className="ledger-reason">{reply === null ? trouble === '' && wait : say('batch.preview-none')}</p>
			) : (
				<ul>
					{reply.items.slice(0, SHOWN).map((item) => (
						<li key={item.item}>
							<span>{item.item}</span>
							<ArrowRight size={13} />
							<b>{item.outputs.join(', ')}</b>
						</li>
					))}
					{reply.items.length > SHOWN && <li className="ledger-reason">{say('batch.more', { count: reply.items.length - SHOWN })}</li>}
				</ul>
			)}
		</section>
	);
}
