import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';

export interface Pick {
	readonly id: string;
	readonly title: string;
	readonly about?: string;
	readonly icon?: ReactNode;
	readonly section?: string;
	readonly keys?: string;
	readonly onPick: () => void;
}

interface Props {
	readonly label: string;
	readonly placeholder: string;
	/** Picks for what was typed, best first. */
	readonly find: (query: string) => readonly Pick[];
	readonly empty: string;
	readonly onEscape: () => void;
}

/** A search field over a list: arrows move, Enter picks, Escape leaves. */
export function PickList({ label, placeholder, find, empty, onEscape }: Props) {
	const [query, setQuery] = useState('');
	const [at, setAt] = useState(0);
	const id = useId();
	const list = useRef<HTMLDivElement>(null);
	const picks = find(query).slice(0, 80);
	const index = Math.min(at, picks.length - 1);

	useEffect(() => {
		list.current?.querySelector(`[data-index="${index}"]`)?.scrollIntoView({ block: 'nearest' });
	}, [index]);

	const onKeyDown = (event: KeyboardEvent) => {
		if (event.nativeEvent.isComposing) return;
		const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
		const move = moves[event.key];
		if (move !== undefined) setAt(Math.max(0, Math.min(picks.length - 1, index + move)));
		else if (event.key === 'Enter') picks[index]?.onPick();
		else if (event.key === 'Escape') onEscape();
		else return;
		event.preventDefault();
		event.stopPropagation();
	};

	return (
		<div className="picker">
			<div className="picker-field">
				<Search size={16} aria-hidden />
				<input
					// biome-ignore lint/a11y/noAutofocus: opened by a key or a click in order to type
					autoFocus
					type="text"
					role="combobox"
					aria-label={label}
					aria-expanded
					aria-controls={id}
					aria-activedescendant={picks.length === 0 ? undefined : `${id}-${index}`}
					placeholder={placeholder}
					value={query}
					autoComplete="off"
					spellCheck={false}
					onChange={(event) => {
						setQuery(event.target.value);
						setAt(0);
					}}
					onKeyDown={onKeyDown}
				/>
			</div>
			<div className="picker-list" role="listbox" id={id} aria-label={label} ref={list}>
				{picks.length === 0 && <p className="picker-empty">{empty}</p>}
				{picks.map((pick, i) => (
					<div key={pick.id}>
						{pick.section !== undefined && pick.section !== picks[i - 1]?.section && <p className="picker-section">{pick.section}</p>}
						{/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above handles the keys */}
						{/* biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, aria-activedescendant names the option */}
						<div
							role="option"
							id={`${id}-${i}`}
							data-index={i}
							aria-selected={i === index}
							className="pick"
							onMouseMove={() => i !== index && setAt(i)}
							onClick={pick.onPick}
						>
							{pick.icon}
							<span className="pick-text">
								<span className="pick-title">{pick.title}</span>
								{pick.about !== undefined && <span className="pick-about">{pick.about}</span>}
							</span>
							{pick.keys !== undefined && <kbd>{pick.keys}</kbd>}
						</div>
					</div>
				))}
			</div>
		</div>
	);
}
