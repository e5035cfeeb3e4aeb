/** A folder below one of the granted roots. */
import { CornerLeftUp, File, Folder, FolderPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Listing, Root } from '../../server/http/api.ts';
import { api } from '../app/api.ts';
import { errorText, notifyError } from '../app/explain-error.ts';
import { bytesText } from '../app/format.ts';
import { useSay } from '../app/language.ts';
import { Button } from '../app/parts/button.tsx';
import { Choose } from '../app/parts/choice.tsx';

export interface Place {
	readonly root: string;
	readonly path: string;
}

interface Props {
	readonly label: string;
	readonly value: Place | null;
	readonly onChange: (place: Place) => void;
	/** Only folders that can be written to. */
	readonly writable?: boolean;
	readonly showFiles?: boolean;
}

export function FolderPicker({ label, value, onChange, writable, showFiles }: Props) {
	const say = useSay();
	const [roots, setRoots] = useState<readonly Root[]>([]);
	const [listing, setListing] = useState<Listing | null>(null);
	const [trouble, setTrouble] = useState('');
	const [path, setPath] = useState<string | null>(null);

	// biome-ignore lint/correctness/useExhaustiveDependencies: the roots are asked for once
	useEffect(() => {
		api.roots().then((found) => {
			setRoots(found);
			const first = found.find((root) => writable !== true || root.writable);
			if (value === null && first !== undefined) onChange({ root: first.id, path: '' });
		}, notifyError);
	}, []);

	useEffect(() => {
		if (value === null) return;
		let gone = false;
		setTrouble('');
		api.list(value.root, value.path).then(
			(found) => !gone && setListing(found),
			(error) => {
				if (gone) return;
				setListing(null);
				setTrouble(errorText(error));
			},
		);
		return () => {
			gone = true;
		};
	}, [value]);

	const grant = () => {
		if (path === null || path.trim() === '') return setPath(null);
		api.addRoot(path.trim()).then(
			(root) => {
				setRoots((before) => [...before.filter((one) => one.id !== root.id), root]);
				onChange({ root: root.id, path: '' });
				setPath(null);
			},
			(error) => setTrouble(errorText(error)),
		);
	};
	const parent = value === null || value.path === '' ? null : value.path.split('/').slice(0, -1).join('/');
	const enter = (name: string) => value !== null && onChange({ root: value.root, path: value.path === '' ? name : `${value.path}/${name}` });
	const entries = (listing?.entries ?? []).filter((entry) => entry.folder || showFiles === true);
	const usable = roots.filter((root) => writable !== true || root.writable);

	return (
		<div className="folder">
			<div className="folder-head">
				<Choose
					label={label}
					value={value?.root ?? ''}
					placeholder={say('folder.none')}
					onChange={(root) => onChange({ root, path: '' })}
					options={usable.map((root) => ({ value: root.id, label: root.path, short: shortPath(root.path) }))}
				/>
				<Button icon={<FolderPlus size={15} />} onClick={() => setPath(path === null ? '' : null)}>
					{say('folder.other')}
				</Button>
			</div>
			{path !== null && (
				<div className="folder-head">
					<input
						// biome-ignore lint/a11y/noAutofocus: opened by a click in order to type
						autoFocus
						className="field"
						aria-label={say('folder.path')}
						placeholder={say('folder.path')}
						value={path}
						onChange={(event) => setPath(event.target.value)}
						onKeyDown={(event) => {
							if (event.key !== 'Enter') return;
							event.preventDefault();
							grant();
						}}
					/>
					<Button onClick={grant}>{say('folder.allow')}</Button>
				</div>
			)}
			{trouble !== '' && <p className="row-error">{trouble}</p>}
			{value !== null && (
				<>
					{value.path !== '' && <p className="folder-path mono">{value.path}</p>}
					<ul className="folder-list">
						{parent !== null && (
							<li>
								<button type="button" onClick={() => onChange({ root: value.root, path: parent })}>
									<CornerLeftUp size={14} /> {say('folder.up')}
								</button>
							</li>
						)}
						{entries.map((entry) => (
							<li key={entry.name}>
								{entry.folder ? (
									<button type="button" onClick={() => enter(entry.name)}>
										<Folder size={14} /> {entry.name}
									</button>
								) : (
									<span>
										<File size={14} /> {entry.name} <small className="number">{bytesText(entry.bytes)}</small>
									</span>
								)}
							</li>
						))}
						{entries.length === 0 && parent === null && <li className="folder-empty">{say('folder.empty')}</li>}
					</ul>
				</>
			)}
		</div>
	);
}

/** The end of a long path says more than its beginning. */
function shortPath(path: string): string {
	if (path.length <= 30) return path;
	const [last = '', ...before] = path.split(/(?=[/\\])/).reverse();
	const parent = before.length > 1 ? (before[0] ?? '') : '';
	return `…${last.length + parent.length <= 30 ? parent : ''}${last}`;
}
