import { Table2 } from 'lucide-react';
import { specOf } from '../../nodes/catalogue.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { sendFile } from '../app/inputs.ts';
import { useSay, useWords } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { Choose } from '../app/parts/choice.tsx';
import { pickFiles } from '../inspector/source-file.tsx';
import { type Change, columnsOf, type Setting, settingsOf, type Wishes } from './wishes.ts';

interface Props {
	readonly recipe: Recipe;
	readonly wishes: Wishes;
	readonly change: Change;
}

/** A table of which each row is a run, and which parameters its columns fill. */
export function FromRows({ recipe, wishes, change }: Props) {
	const say = useSay();
	const { table, columns } = wishes;
	const names = columnsOf(table);
	const take = async (files: readonly File[]) => {
		const [first] = files;
		const input = first === undefined ? null : await sendFile(first);
		if (input === null) return;
		const known = columnsOf(input) ?? [];
		change({ table: input, columns: Object.fromEntries(Object.entries(columns).filter(([, column]) => known.includes(column))) });
	};
	return (
		<>
			<section
				className="batch-table"
				aria-label={say('batch.table')}
				onDragOver={(event) => event.preventDefault()}
				onDrop={(event) => {
					event.preventDefault();
					void take([...event.dataTransfer.files]);
				}}
			>
				<Table2 size={18} aria-hidden />
				<span>{table === null ? say('batch.table-hint') : table.name}</span>
				<Button small onClick={() => pickFiles(false, (files) => void take(files))}>
					{say(table === null ? 'batch.table-choose' : 'batch.table-other')}
				</Button>
			</section>
			{table !== null && names === null && <p className="row-error">{say('batch.table-none', { name: table.name })}</p>}
			{names !== null && (
				<div className="batch-row">
					<span>{say('batch.columns')}</span>
					<ul className="batch-columns">
						{settingsOf(recipe).map((setting) => (
							<ColumnChoice key={setting.key} setting={setting} recipe={recipe} names={names} columns={columns} change={change} />
						))}
					</ul>
				</div>
			)}
		</>
	);
}

interface ChoiceProps {
	readonly setting: Setting;
	readonly recipe: Recipe;
	readonly names: readonly string[];
	readonly columns: Wishes['columns'];
	readonly change: Change;
}

function ColumnChoice({ setting: { key, node, field }, recipe, names, columns, change }: ChoiceProps) {
	const say = useSay();
	const words = useWords();
	const at = recipe.graph.nodes[node];
	const owner = at?.title ?? words(specOf(at?.spec ?? '')?.title ?? { en: node, zh: node });
	const title = `${owner} · ${words(field.title)}`;
	const { [key]: chosen = '', ...others } = columns;
	return (
		<li>
			<span>{title}</span>
			<Choose
				label={title}
				value={chosen}
				onChange={(column) => change({ columns: column === '' ? others : { ...others, [key]: column } })}
				options={[{ value: '', label: placeIn(at?.params[field.name]) ?? say('batch.as-set') }, ...names.map((name) => ({ value: name, label: name }))]}
			/>
		</li>
	);
}

/** A recipe may say itself which column it wants. */
function placeIn(value: unknown): string | null {
	return typeof value === 'string' && value.includes('{column:') ? value : null;
}
