import { Check, ChevronDown } from 'lucide-react';
import { Select, Switch, ToggleGroup } from 'radix-ui';

export interface Option {
	readonly value: string;
	readonly label: string;
	readonly hint?: string;
	/** What stands in the closed field, where the label is long. */
	readonly short?: string;
}

interface Props {
	readonly id?: string;
	readonly label: string;
	readonly value: string;
	readonly options: readonly Option[];
	readonly onChange: (value: string) => void;
	readonly placeholder?: string;
	readonly quiet?: boolean;
	readonly invalid?: boolean;
}

/** Radix keeps '' for "nothing chosen"; an option that is itself empty travels under this name. */
const EMPTY = '\u0000';

/** One of many, in a list that opens. */
export function Choose({ id, label, value, options, onChange, placeholder, quiet, invalid }: Props) {
	const chosen = options.find((option) => option.value === value);
	return (
		<Select.Root value={chosen === undefined ? '' : value || EMPTY} onValueChange={(next) => onChange(next === EMPTY ? '' : next)}>
			<Select.Trigger id={id} className={`choose${quiet === true ? ' choose-quiet' : ''}`} aria-label={label} aria-invalid={invalid === true}>
				<Select.Value placeholder={placeholder ?? value}>{chosen?.short ?? chosen?.label}</Select.Value>
				<Select.Icon asChild>
					<ChevronDown size={14} />
				</Select.Icon>
			</Select.Trigger>
			<Select.Portal>
				<Select.Content className="menu" position="popper" sideOffset={4} collisionPadding={8}>
					<Select.Viewport>
						{options.map((option) => (
							<Select.Item key={option.value} value={option.value || EMPTY} className="menu-item">
								<Select.ItemText>{option.label}</Select.ItemText>
								{option.hint !== undefined && <span className="menu-hint">{option.hint}</span>}
								<Select.ItemIndicator className="menu-check">
									<Check size={14} />
								</Select.ItemIndicator>
							</Select.Item>
						))}
					</Select.Viewport>
				</Select.Content>
			</Select.Portal>
		</Select.Root>
	);
}

/** One of a few, side by side. */
export function Segmented({ id, label, value, options, onChange }: Props) {
	return (
		<ToggleGroup.Root id={id} type="single" className="segmented" aria-label={label} value={value} onValueChange={(next) => next !== '' && onChange(next)}>
			{options.map((option) => (
				<ToggleGroup.Item key={option.value} value={option.value} className="segment">
					{option.label}
				</ToggleGroup.Item>
			))}
		</ToggleGroup.Root>
	);
}

interface ToggleProps {
	readonly id?: string;
	readonly label: string;
	readonly on: boolean;
	readonly onChange: (on: boolean) => void;
}

/** On or off. */
export function OnOff({ id, label, on, onChange }: ToggleProps) {
	return (
		<Switch.Root id={id} className="switch" aria-label={label} checked={on} onCheckedChange={onChange}>
			<Switch.Thumb className="switch-thumb" />
		</Switch.Root>
	);
}
