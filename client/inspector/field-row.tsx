/** One parameter: its title, the control that its kind asks for, the error in its place, the way back to the default. */
import { ArrowDown, ArrowUp, Plus, RotateCcw, Trash2 } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { Column, Field } from '../../nodes/define.ts';
import type { Problem } from '../../nodes/problems.ts';
import { useSay, useSayProblem, useWords } from '../app/language.ts';
import { Button, IconButton } from '../app/parts/button.tsx';
import { Choose, OnOff, Segmented } from '../app/parts/choice.tsx';
import { useUi } from '../app/ui.ts';
import { NumberField } from './number-field.tsx';
import { CodeField, ColourField, ColumnField, ColumnsField, FormulaField } from './text-fields.tsx';

interface Props {
	readonly field: Field;
	readonly value: unknown;
	readonly problem?: Problem | undefined;
	/** `undefined`: back to the default. */
	readonly onChange: (value: unknown) => void;
	readonly columns: (port: string | undefined) => readonly Column[];
}

export function FieldRow({ field, value, problem, onChange, columns }: Props) {
	const say = useSay();
	const words = useWords();
	const sayProblem = useSayProblem();
	const id = useId();
	const row = useRef<HTMLDivElement>(null);
	const wanted = useUi((ui) => ui.focusParam === field.name);
	useEffect(() => {
		if (!wanted) return;
		row.current?.scrollIntoView({ block: 'center' });
		row.current?.querySelector<HTMLElement>('input, textarea, button, [role="slider"]')?.focus();
		const timer = setTimeout(() => useUi.setState({ focusParam: null }), 1600);
		return () => clearTimeout(timer);
	}, [wanted]);
	const label = words(field.title);
	const set = value !== undefined && JSON.stringify(value) !== JSON.stringify(field.default);
	const inline = field.control === 'toggle';
	return (
		<div className={`row${inline ? ' row-inline' : ''}${wanted ? ' row-wanted' : ''}`} ref={row}>
			<div className="row-head">
				<label htmlFor={id}>
					{label}
					{field.required && <span className="row-required">{say('field.required')}</span>}
				</label>
				{set && !field.required && (
					<IconButton
						label={say('field.reset')}
						className="icon-button-small row-reset"
						icon={<RotateCcw size={12} />}
						onClick={() => onChange(undefined)}
						side="left"
					/>
				)}
			</div>
			<Control id={id} field={field} label={label} value={value} invalid={problem !== undefined} onChange={onChange} columns={columns} />
			{problem !== undefined && (
				<p className="row-error" role="alert">
					{sayProblem(problem)}
				</p>
			)}
			{problem === undefined && field.hint !== undefined && <p className="row-hint">{words(field.hint)}</p>}
		</div>
	);
}

interface ControlProps extends Omit<Props, 'problem'> {
	readonly id: string;
	readonly label: string;
	readonly invalid: boolean;
}

function Control({ id, field, label, value, invalid, onChange, columns }: ControlProps): ReactNode {
	const say = useSay();
	const words = useWords();
	const given = value ?? field.default;
	const text = typeof given === 'string' ? given : '';
	const change = (next: string) => onChange(next === '' && !field.required && field.default === undefined ? undefined : next);
	const shared = { id, label, invalid, value: text, onChange: change };
	switch (field.control) {
		case 'number':
			return <NumberField id={id} field={field} label={label} invalid={invalid} value={typeof value === 'number' ? value : undefined} onChange={onChange} />;
		case 'toggle':
			return <OnOff id={id} label={label} on={given === true} onChange={onChange} />;
		case 'choice': {
			const options = (field.choices ?? []).map((choice) => ({ value: choice.value, label: words(choice.title) }));
			const optional = !field.required && field.default === undefined;
			const length = options.reduce(
				(sum, option) => sum + [...option.label].reduce((width, letter) => width + ((letter.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1), 0),
				0,
			);
			if (!optional && options.length <= 4 && length + options.length * 3 <= 40) return <Segmented {...shared} options={options} />;
			return <Choose {...shared} placeholder={say('field.choose')} options={optional ? [{ value: '', label: say('field.auto') }, ...options] : options} />;
		}
		case 'colour':
			return <ColourField {...shared} value={text === '' ? '#000000' : text} />;
		case 'column':
			return <ColumnField {...shared} columns={columns(field.port)} optional={!field.required && field.default === undefined} />;
		case 'columns':
			return (
				<ColumnsField
					id={id}
					label={label}
					invalid={invalid}
					value={Array.isArray(given) ? given.map(String) : []}
					columns={columns(field.port)}
					onChange={onChange}
				/>
			);
		case 'formula':
			return <FormulaField {...shared} columns={columns(field.port)} />;
		case 'code':
			return <CodeField {...shared} field={field} />;
		case 'long-text':
			return <textarea id={id} className="field" rows={4} value={text} aria-invalid={invalid} onChange={(event) => change(event.target.value)} />;
		case 'text':
			return <input id={id} className="field" value={text} aria-invalid={invalid} onChange={(event) => change(event.target.value)} />;
		case 'list':
			return <ListField field={field} value={Array.isArray(given) ? given : []} onChange={onChange} columns={columns} label={label} />;
	}
}

interface ListProps {
	readonly field: Field;
	readonly label: string;
	readonly value: readonly unknown[];
	readonly onChange: (value: unknown) => void;
	readonly columns: Props['columns'];
}

/** Entries of fields: added, removed, moved. */
function ListField({ field, value, onChange, columns, label }: ListProps) {
	const say = useSay();
	const items = field.item ?? [];
	const entries = value.map((entry) => (typeof entry === 'object' && entry !== null ? { ...entry } : {}) as Record<string, unknown>);
	const fresh = () => Object.fromEntries(items.filter((item) => item.required).map((item) => [item.name, firstValue(item, columns)]));
	const move = (from: number, to: number) => {
		const next = [...entries];
		const [entry] = next.splice(from, 1);
		if (entry !== undefined) next.splice(to, 0, entry);
		onChange(next);
	};
	return (
		<div className="list-field">
			{entries.map((entry, i) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
				<fieldset key={i} className="entry">
					<legend className="hidden-text">{`${label} ${i + 1}`}</legend>
					{items.map((item) => (
						<FieldRow
							key={item.name}
							field={item}
							value={entry[item.name]}
							columns={columns}
							onChange={(next) => {
								const { [item.name]: _, ...rest } = entry;
								onChange(entries.map((one, j) => (j === i ? (next === undefined ? rest : { ...rest, [item.name]: next }) : one)));
							}}
						/>
					))}
					<div className="entry-acts">
						<IconButton label={say('field.up')} className="icon-button-small" icon={<ArrowUp size={13} />} disabled={i === 0} onClick={() => move(i, i - 1)} />
						<IconButton
							label={say('field.down')}
							className="icon-button-small"
							icon={<ArrowDown size={13} />}
							disabled={i === entries.length - 1}
							onClick={() => move(i, i + 1)}
						/>
						<IconButton
							label={say('field.remove', { name: String(i + 1) })}
							className="icon-button-small"
							icon={<Trash2 size={13} />}
							onClick={() => onChange(entries.filter((_, j) => j !== i))}
						/>
					</div>
				</fieldset>
			))}
			<Button small icon={<Plus size={13} />} onClick={() => onChange([...entries, fresh()])}>
				{say('field.add')}
			</Button>
		</div>
	);
}

function firstValue(item: Field, columns: Props['columns']): unknown {
	if (item.control === 'number') return item.min ?? 0;
	if (item.control === 'choice') return item.choices?.[0]?.value ?? '';
	if (item.control === 'column') return columns(item.port)[0]?.name ?? '';
	if (item.control === 'columns' || item.control === 'list') return [];
	if (item.control === 'toggle') return false;
	return item.control === 'colour' ? '#000000' : '';
}
