import { ChevronRight } from 'lucide-react';
import { useSay } from '../app/language.ts';
import { OnOff, Segmented } from '../app/parts/choice.tsx';
import type { Change, Wishes } from './wishes.ts';

interface Props {
	readonly wishes: Wishes;
	readonly change: Change;
}

/** What is seldom set. Closed, it still says what was set otherwise than usual. */
export function MoreChoices({ wishes: { existing, commit, stopOnError }, change }: Props) {
	const say = useSay();
	const unusual = [
		...(existing === 'skip' ? [] : [say(`existing.${existing}`)]),
		...(commit === 'item' ? [] : [say(`commit.${commit}`)]),
		...(stopOnError ? [say('batch.stop')] : []),
	];
	return (
		<details className="batch-more">
			<summary>
				<ChevronRight size={14} aria-hidden /> {say('batch.more-choices')}
				<span>{unusual.join(' · ')}</span>
			</summary>
			<div className="batch-row">
				<span>{say('batch.existing')}</span>
				<Segmented
					label={say('batch.existing')}
					value={existing}
					onChange={(value) => change({ existing: value === 'overwrite' || value === 'error' ? value : 'skip' })}
					options={(['skip', 'overwrite', 'error'] as const).map((value) => ({ value, label: say(`existing.${value}`) }))}
				/>
			</div>
			<div className="batch-row">
				<span>{say('batch.commit')}</span>
				<Segmented
					label={say('batch.commit')}
					value={commit}
					onChange={(value) => change({ commit: value === 'end' ? 'end' : 'item' })}
					options={(['item', 'end'] as const).map((value) => ({ value, label: say(`commit.${value}`) }))}
				/>
			</div>
			<div className="batch-row batch-inline">
				<label htmlFor="batch-stop">{say('batch.stop')}</label>
				<OnOff id="batch-stop" label={say('batch.stop')} on={stopOnError} onChange={(on) => change({ stopOnError: on })} />
			</div>
		</details>
	);
}
