import { specOf } from '../../nodes/catalogue.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { sendFile } from '../app/inputs.ts';
import { useSay, useWords } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { Choose, OnOff } from '../app/parts/choice.tsx';
import { pickFiles } from '../inspector/source-file.tsx';
import { FolderPicker } from './folder-picker.tsx';
import { type Change, sourcesOf, type Wishes } from './wishes.ts';

interface Props {
	readonly recipe: Recipe;
	readonly wishes: Wishes;
	readonly change: Change;
}

/** Files of a folder or chosen ones, for one input; other inputs may have folders of their own. */
export function FromFiles({ recipe, wishes, change }: Props) {
	const say = useSay();
	const titleOf = useSourceTitle(recipe);
	const sources = sourcesOf(recipe.graph);
	const { node, where, from, files, pattern, recursive } = wishes;
	const choose = () =>
		pickFiles(true, async (picked) =>
			change({ files: (await Promise.all(picked.map(sendFile))).filter((input) => input !== null).map(({ id, name }) => ({ id, name })) }),
		);
	return (
		<>
			{sources.length > 1 && (
				<div className="batch-row">
					<span>{say('batch.node')}</span>
					<Choose
						label={say('batch.node')}
						value={node}
						onChange={(next) => change({ node: next, also: without(wishes.also, next) })}
						options={sources.map((id) => ({ value: id, label: titleOf(id) }))}
					/>
				</div>
			)}
			{where === 'folder' ? (
				<>
					<FolderPicker label={say('batch.from')} value={from} onChange={(place) => change({ from: place })} showFiles />
					<div className="batch-row">
						<label htmlFor="batch-pattern">{say('batch.pattern')}</label>
						<input id="batch-pattern" className="field" placeholder="*.gif" value={pattern} onChange={(event) => change({ pattern: event.target.value })} />
					</div>
					<div className="batch-row batch-inline">
						<label htmlFor="batch-recursive">{say('batch.recursive')}</label>
						<OnOff id="batch-recursive" label={say('batch.recursive')} on={recursive} onChange={(on) => change({ recursive: on })} />
					</div>
				</>
			) : (
				<div className="batch-files">
					<Button onClick={choose}>{say('batch.choose-files')}</Button>
					<p className="ledger-reason">{files.length === 0 ? '' : files.map((file) => file.name).join(', ')}</p>
				</div>
			)}
			{from !== null && sources.filter((id) => id !== node).map((id) => <Other key={id} id={id} title={titleOf(id)} wishes={wishes} change={change} />)}
			{Object.keys(wishes.also).length > 0 && (
				<div className="batch-row">
					<span>{say('batch.pairing')}</span>
					<Choose
						label={say('batch.pairing')}
						value={wishes.pairing}
						onChange={(next) => change({ pairing: next === 'zip' || next === 'product' ? next : 'name' })}
						options={(['name', 'zip', 'product'] as const).map((value) => ({ value, label: say(`pairing.${value}`) }))}
					/>
				</div>
			)}
		</>
	);
}

/** Another input: one file for all, or a folder with one for each. */
function Other({ id, title, wishes, change }: { readonly id: string; readonly title: string; readonly wishes: Wishes; readonly change: Change }) {
	const say = useSay();
	const place = wishes.also[id];
	const switched = `batch-also-${id}`;
	return (
		<>
			<div className="batch-row batch-inline">
				<label htmlFor={switched}>{say('batch.also', { input: title })}</label>
				<OnOff
					id={switched}
					label={say('batch.also', { input: title })}
					on={place !== undefined}
					onChange={(on) => change({ also: on && wishes.from !== null ? { ...wishes.also, [id]: wishes.from } : without(wishes.also, id) })}
				/>
			</div>
			{place !== undefined && <FolderPicker label={title} value={place} onChange={(next) => change({ also: { ...wishes.also, [id]: next } })} showFiles />}
		</>
	);
}

function without(also: Wishes['also'], node: string): Wishes['also'] {
	return Object.fromEntries(Object.entries(also).filter(([id]) => id !== node));
}

function useSourceTitle({ graph, inputs = {} }: Recipe): (id: string) => string {
	const words = useWords();
	return (id) => {
		const node = graph.nodes[id];
		const exposed = Object.entries(inputs).find(([, input]) => input.node === id)?.[0];
		return node?.title ?? exposed ?? `${words(specOf(node?.spec ?? '')?.title ?? { en: id, zh: id })} (${id})`;
	};
}
