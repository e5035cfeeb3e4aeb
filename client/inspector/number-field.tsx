import { Slider } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { Field } from '../../nodes/define.ts';
import { useSay } from '../app/language.ts';

interface Props {
	readonly id: string;
	readonly field: Field;
	readonly label: string;
	readonly value: number | undefined;
	readonly invalid: boolean;
	readonly onChange: (value: number | undefined) => void;
}

/** A slider with a field beside it; logarithmic where the range spans magnitudes. */
export function NumberField({ id, field, label, value, invalid, onChange }: Props) {
	const say = useSay();
	const min = field.min ?? 0;
	const max = field.max ?? 100;
	const whole = field.step === 1;
	const fallback = typeof field.default === 'number' ? field.default : undefined;
	const shown = value ?? fallback;
	const [text, setText] = useState(shown === undefined ? '' : String(shown));
	useEffect(() => setText(shown === undefined ? '' : String(shown)), [shown]);

	const log = field.logarithmic === true && min >= 0;
	const low = log ? Math.log(Math.max(min, whole ? 1 : 0.001)) : min;
	const high = log ? Math.log(max) : max;
	const position = shown === undefined ? low : log ? Math.log(Math.max(shown, Math.exp(low))) : shown;
	const step = log ? (high - low) / 240 : (field.step ?? nice((max - min) / 200));
	const settle = (raw: number) => {
		const real = log ? Math.exp(raw) : raw;
		const rounded = whole ? Math.round(real) : Number(real.toPrecision(log ? 3 : 6));
		onChange(Math.min(max, Math.max(min, rounded)));
	};
	const take = () => {
		const trimmed = text.trim().replace(',', '.');
		if (trimmed === '') return onChange(undefined);
		const number = Number(trimmed);
		if (Number.isNaN(number)) setText(shown === undefined ? '' : String(shown));
		else onChange(number);
	};
	return (
		<div className="number-field">
			<Slider.Root
				className="slider"
				value={[position]}
				min={low}
				max={high}
				step={step}
				onValueChange={([next]) => next !== undefined && settle(next)}
				data-unset={shown === undefined}
			>
				<Slider.Track className="slider-track">
					<Slider.Range className="slider-range" />
				</Slider.Track>
				<Slider.Thumb className="slider-thumb" aria-label={label} aria-valuetext={shown === undefined ? say('field.unset') : `${shown} ${field.unit ?? ''}`} />
			</Slider.Root>
			<span className="number-box">
				<input
					id={id}
					className="field number"
					inputMode="decimal"
					value={text}
					placeholder={say('field.auto')}
					aria-invalid={invalid}
					onChange={(event) => setText(event.target.value)}
					onBlur={take}
					onKeyDown={(event) => {
						if (event.key === 'Enter') take();
						if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
							event.preventDefault();
							const by = (whole ? 1 : (field.step ?? nice((max - min) / 100))) * (event.shiftKey ? 10 : 1) * (event.key === 'ArrowUp' ? 1 : -1);
							onChange(Math.min(max, Math.max(min, Number(((shown ?? min) + by).toPrecision(8)))));
						}
					}}
				/>
				{field.unit !== undefined && <span className="unit">{field.unit}</span>}
			</span>
		</div>
	);
}

/** A round step: 1, 2 or 5 times a power of ten. */
function nice(raw: number): number {
	const power = 10 ** Math.floor(Math.log10(raw));
	const lead = raw / power;
	return (lead < 1.5 ? 1 : lead < 3.5 ? 2 : 5) * power;
}
