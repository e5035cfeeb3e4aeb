import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Column, Field } from '../../nodes/define.ts';
import { useSay } from '../app/language.ts';
import { Choose } from '../app/parts/choice.tsx';

interface Props {
	readonly id: string;
	readonly label: string;
	readonly invalid: boolean;
	readonly value: string;
	readonly onChange: (value: string) => void;
}

/** A colour: the system's picker behind a swatch, and the hex value. */
export function ColourField({ id, label, invalid, value, onChange }: Props) {
	const plain = /^#[0-9a-f]{6}/i.test(value) ? value.slice(0, 7) : '#000000';
	return (
		<div className="colour-field">
			<span className="swatch" style={{ background: value }}>
				<input type="color" aria-label={label} value={plain} onChange={(event) => onChange(event.target.value + (value.length === 9 ? value.slice(7) : ''))} />
			</span>
			<input id={id} className="field mono" value={value} aria-invalid={invalid} spellCheck={false} onChange={(event) => onChange(event.target.value.trim())} />
		</div>
	);
}

/** A column, chosen from those that arrive; typed where none are known. */
export function ColumnField({
	id,
	label,
	invalid,
	value,
	onChange,
	columns,
	optional,
}: Props & { readonly columns: readonly Column[]; readonly optional: boolean }) {
	const say = useSay();
	if (columns.length === 0)
		return (
			<input
				id={id}
				className="field"
				value={value}
				aria-invalid={invalid}
				placeholder={say('field.column')}
				onChange={(event) => onChange(event.target.value)}
			/>
		);
	const options = columns.map((column) => ({ value: column.name, label: column.name, hint: say(`type.${column.type}`) }));
	return (
		<Choose
			id={id}
			label={label}
			value={value}
			invalid={invalid}
			onChange={onChange}
			placeholder={value === '' ? say('field.choose-column') : value}
			options={optional ? [{ value: '', label: say('field.none') }, ...options] : options}
		/>
	);
}

interface ColumnsProps extends Omit<Props, 'value' | 'onChange'> {
	readonly value: readonly string[];
	readonly columns: readonly Column[];
	readonly onChange: (value: string[]) => void;
}

/** Several columns, in order, as chips. */
export function ColumnsField({ id, label, invalid, value, columns, onChange }: ColumnsProps) {
	const say = useSay();
	const [typed, setTyped] = useState('');
	const left = columns.filter((column) => !value.includes(column.name));
	const add = (name: string) => name !== '' && !value.includes(name) && onChange([...value, name]);
	const addTyped = () => {
		add(typed);
		setTyped('');
	};
	return (
		<div className="columns-field">
			{value.length > 0 && (
				<ul className="chips">
					{value.map((name) => (
						<li key={name} className={`chip${columns.length > 0 && !columns.some((column) => column.name === name) ? ' chip-wrong' : ''}`}>
							<span>{name}</span>
							<button type="button" aria-label={say('field.remove', { name })} onClick={() => onChange(value.filter((one) => one !== name))}>
								<X size={12} />
							</button>
						</li>
					))}
				</ul>
			)}
			{columns.length > 0 ? (
				<Choose
					id={id}
					label={label}
					value=""
					invalid={invalid}
					placeholder={left.length === 0 ? say('field.all-chosen') : say('field.add-column')}
					onChange={add}
					options={left.map((column) => ({ value: column.name, label: column.name, hint: say(`type.${column.type}`) }))}
				/>
			) : (
				<div className="with-button">
					<input
						id={id}
						className="field"
						value={typed}
						placeholder={say('field.column')}
						aria-invalid={invalid}
						onChange={(event) => setTyped(event.target.value)}
						onKeyDown={(event) => event.key === 'Enter' && addTyped()}
					/>
					<button type="button" className="icon-button" aria-label={say('field.add-column')} onClick={addTyped}>
						<Plus size={15} />
					</button>
				</div>
			)}
		</div>
	);
}

/** A formula over columns; completes the name that is being typed. */
export function FormulaField({ id, label, invalid, value, columns, onChange }: Props & { readonly columns: readonly Column[] }) {
	const field = useRef<HTMLTextAreaElement>(null);
	const [word, setWord] = useState('');
	const look = () => setWord(/[\p{L}\p{N}_]+$/u.exec(value.slice(0, field.current?.selectionStart ?? 0))?.[0] ?? '');
	const offers = word === '' ? [] : columns.filter((column) => column.name.toLowerCase().startsWith(word.toLowerCase()) && column.name !== word).slice(0, 6);
	const complete = (name: string) => {
		const at = field.current?.selectionStart ?? value.length;
		const quoted = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `"${name}"`;
		onChange(value.slice(0, at - word.length) + quoted + value.slice(at));
		setWord('');
		field.current?.focus();
	};
	return (
		<div className="formula-field">
			<textarea
				ref={field}
				id={id}
				className="field field-code formula"
				rows={2}
				value={value}
				aria-label={label}
				aria-invalid={invalid}
				spellCheck={false}
				onChange={(event) => onChange(event.target.value)}
				onKeyUp={look}
				onKeyDown={(event) => {
					const first = offers[0];
					if (event.key === 'Tab' && !event.shiftKey && first !== undefined) {
						event.preventDefault();
						complete(first.name);
					}
				}}
			/>
			{offers.length > 0 && (
				<ul className="offers">
					{offers.map((column, i) => (
						<li key={column.name}>
							<button type="button" onClick={() => complete(column.name)}>
								{column.name}
								{i === 0 && <kbd>Tab</kbd>}
							</button>
						</li>
					))}
				</ul>
			)}
		</div>
	);
}

/** Code: Tab indents, Escape gives Tab back to the page. */
export function CodeField({ id, label, invalid, value, onChange, field }: Props & { readonly field: Field }) {
	const [indents, setIndents] = useState(true);
	return (
		<textarea
			id={id}
			className="field field-code"
			rows={14}
			wrap="off"
			value={value}
			aria-label={`${label}${field.language === undefined ? '' : ` (${field.language})`}`}
			aria-invalid={invalid}
			spellCheck={false}
			onFocus={() => setIndents(true)}
			onChange={(event) => onChange(event.target.value)}
			onKeyDown={(event) => {
				if (event.key === 'Escape') setIndents(false);
				if (event.key !== 'Tab' || event.shiftKey || !indents) return;
				event.preventDefault();
				event.currentTarget.setRangeText('    ', event.currentTarget.selectionStart, event.currentTarget.selectionEnd, 'end');
				onChange(event.currentTarget.value);
			}}
		/>
	);
}
