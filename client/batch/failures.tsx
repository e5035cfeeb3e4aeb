import { RotateCcw, Wrench } from 'lucide-react';
import { say as sayMessage } from '../../nodes/messages/index.ts';
import type { BatchView, Failure, ItemView } from '../../server/http/api.ts';
import { useSay, useSayProblem } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { useUi } from '../app/ui.ts';
import { retryCause } from './actions.ts';

interface Group extends Pick<Failure, 'cause' | 'problem' | 'mend'> {
	readonly items: readonly ItemView[];
}

/** What failed, by its cause; when the batch has ended with what would help, and a way to run each group again. */
export function Failures({ batch }: { readonly batch: BatchView }) {
	const failed = batch.items.filter((item) => item.state === 'failed');
	const groups = batch.failures === undefined ? byKey(failed) : byCause(batch.failures, failed);
	return groups.map((group) => <OneCause key={group.cause} group={group} batch={batch} open={groups.length < 4} />);
}

function OneCause({ group: { cause, problem, mend, items }, batch, open }: { readonly group: Group; readonly batch: BatchView; readonly open: boolean }) {
	const say = useSay();
	const sayProblem = useSayProblem();
	const language = useUi((ui) => ui.language);
	const changes = mend !== null && (mend.set !== undefined || mend.timeout !== undefined || mend.jobs !== undefined || mend.existing !== undefined);
	const headline = sayProblem(problem);
	return (
		<details className="failure" open={open}>
			<summary>
				<b>{headline}</b>
				<span className="badge badge-bad">{say('batch.items', { count: items.length })}</span>
			</summary>
			{mend !== null && <p className="failure-mend">{say('batch.try', { text: sayMessage(language, mend.key, mend.values) })}</p>}
			{batch.failures !== undefined && (
				<div className="failure-actions">
					{changes && (
						<Button small look="primary" icon={<Wrench size={13} />} onClick={() => void retryCause(batch.id, cause, true)}>
							{say('batch.retry-mended')}
						</Button>
					)}
					<Button small icon={<RotateCcw size={13} />} onClick={() => void retryCause(batch.id, cause, false)}>
						{say('batch.retry-group')}
					</Button>
				</div>
			)}
			<ul>
				{items.map((item) => (
					<li key={item.item}>
						<span className="mono">{item.item}</span>
						<Own item={item} headline={headline} />
					</li>
				))}
			</ul>
		</details>
	);
}

/** What is said of one item only. */
function Own({ item: { item, problem }, headline }: { readonly item: ItemView; readonly headline: string }) {
	const say = useSay();
	const sayProblem = useSayProblem();
	if (problem === null) return null;
	const said = sayProblem(problem);
	const onlyName = said.replace(item.slice(item.lastIndexOf('/') + 1), '…') === headline;
	return (
		<>
			{said !== headline && !onlyName && <span className="ledger-reason">{said}</span>}
			{problem.detail !== undefined && (
				<details>
					<summary>{say('problem.detail')}</summary>
					<pre className="mono">{problem.detail}</pre>
				</details>
			)}
		</>
	);
}

function byCause(failures: readonly Failure[], failed: readonly ItemView[]): Group[] {
	const views = new Map(failed.map((item) => [item.item, item]));
	return failures.map(({ cause, problem, mend, items }) => ({ cause, problem, mend, items: items.flatMap((item) => views.get(item) ?? []) }));
}

/** While it runs. */
function byKey(failed: readonly ItemView[]): Group[] {
	const groups = new Map<string, Group>();
	for (const item of failed) {
		if (item.problem === null) continue;
		const { key } = item.problem;
		const known = groups.get(key) ?? { cause: key, problem: item.problem, mend: null, items: [] };
		groups.set(key, { ...known, items: [...known.items, item] });
	}
	return [...groups.values()];
}
