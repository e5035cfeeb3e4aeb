import type { PassedOverView } from '../../server/http/api.ts';
import { useSay } from '../app/language.ts';

const SHOWN = 200;

/** Files that nothing is made of, by name and reason. */
export function PassedOver({ files }: { readonly files: readonly PassedOverView[] }) {
	const say = useSay();
	if (files.length === 0) return null;
	return (
		<details className="passed">
			<summary>{say('passed.title', { count: files.length })}</summary>
			<ul>
				{files.slice(0, SHOWN).map(({ input, item, reason }) => (
					<li key={`${input} ${item}`}>
						<span className="mono">
							{input}: {item}
						</span>
						<span className="ledger-reason">{say(`passed.${reason}`)}</span>
					</li>
				))}
				{files.length > SHOWN && <li className="ledger-reason">{say('batch.more', { count: files.length - SHOWN })}</li>}
			</ul>
		</details>
	);
}
