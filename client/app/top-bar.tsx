import {
	ChevronDown,
	Eye,
	FileCode2,
	FileDown,
	FilePlus2,
	FolderOpen,
	FolderSync,
	History,
	Keyboard,
	Languages,
	LayoutGrid,
	Menu,
	Moon,
	Redo2,
	Route,
	Save,
	Search,
	Settings,
	Sun,
	SunMoon,
	Undo2,
	Upload,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useEffect, useState } from 'react';
import { edit, newRecipe, redo, undo, useDoc } from '../canvas/document.ts';
import { useScene } from '../canvas/scene.ts';
import { openExplain } from '../explain/explained.ts';
import { pickFiles } from '../inspector/source-file.tsx';
import { downloadRecipe, downloadScript, save, useSaving } from '../recipes/saved.ts';
import { RunBar } from '../runs/run-bar.tsx';
import { receiveFiles } from './drop-zone.tsx';
import { useSay } from './language.ts';
import { Button, IconButton } from './parts/button.tsx';
import { choose, openDialog, type Theme, useUi } from './ui.ts';

const NEXT: { readonly [T in Theme]: Theme } = { system: 'light', light: 'dark', dark: 'system' };
const THEME_ICONS = { system: <SunMoon size={17} />, light: <Sun size={17} />, dark: <Moon size={17} /> };

export function TopBar() {
	const say = useSay();
	const theme = useUi((ui) => ui.theme);
	const language = useUi((ui) => ui.language);
	const past = useDoc((doc) => doc.timeline.past.length > 0);
	const future = useDoc((doc) => doc.timeline.future.length > 0);
	const mode = useScene((scene) => scene.mode);
	return (
		<header className="top">
			<MainMenu />
			<Name />
			<div className="top-group">
				<IconButton label={say('key.undo')} keys="Ctrl Z" icon={<Undo2 size={17} />} disabled={!past || mode !== 'edit'} onClick={undo} />
				<IconButton label={say('key.redo')} keys="Ctrl ⇧ Z" icon={<Redo2 size={17} />} disabled={!future || mode !== 'edit'} onClick={redo} />
			</div>
			<span className="grow" />
			<nav className="top-group top-nav" aria-label={say('top.nav')}>
				<Button look="quiet" icon={<LayoutGrid size={16} />} onClick={() => openDialog('gallery')}>
					{say('top.recipes')}
				</Button>
				<Button look="quiet" icon={<FolderSync size={16} />} onClick={() => openDialog('batch')}>
					{say('top.batch')}
				</Button>
				<Button look="quiet" icon={<History size={16} />} onClick={() => openDialog('runs')}>
					{say('top.runs')}
				</Button>
			</nav>
			<div className="top-group top-tools">
				<IconButton label={say('key.find')} keys="Ctrl K" icon={<Search size={17} />} onClick={() => openDialog('finder')} />
				<IconButton
					label={language === 'zh' ? 'English' : '中文'}
					icon={<Languages size={17} />}
					onClick={() => choose({ language: language === 'zh' ? 'en' : 'zh' })}
				/>
				<IconButton label={say(`theme.${theme}`)} icon={THEME_ICONS[theme]} onClick={() => choose({ theme: NEXT[theme] })} />
				<IconButton label={say('top.settings')} icon={<Settings size={17} />} onClick={() => openDialog('settings')} />
			</div>
			<RunBar />
		</header>
	);
}

/** The recipe's name, and whether it is safe. */
function Name() {
	const say = useSay();
	const name = useDoc((doc) => doc.timeline.value.recipe.name);
	const recipe = useDoc((doc) => doc.timeline.value.recipe);
	const saved = useDoc((doc) => doc.saved);
	const { state, value } = useSaving();
	const [text, setText] = useState(name);
	useEffect(() => setText(name), [name]);
	const settle = () => {
		const next = text.trim().slice(0, 200);
		if (next === '' || next === name) return setText(name);
		edit((doc) => {
			doc.recipe.name = next;
		});
	};
	const status =
		state === 'saving' ? 'save.saving' : saved === null ? 'save.draft' : state === 'failed' ? 'save.not' : value === recipe ? 'save.saved' : 'save.soon';
	return (
		<div className="name">
			<input
				aria-label={say('top.name')}
				value={text}
				size={Math.max(8, Math.min(34, [...text].length + 1))}
				onChange={(event) => setText(event.target.value)}
				onBlur={settle}
				onKeyDown={(event) => {
					if (event.key === 'Enter') event.currentTarget.blur();
					if (event.key === 'Escape') setText(name);
				}}
			/>
			{saved === null ? (
				<button type="button" className="name-state name-save" onClick={() => void save()} title={say('save.hint')} aria-label={say('save.now')}>
					<Save size={13} /> <span>{say('save.now')}</span>
				</button>
			) : (
				<span className="name-state" aria-live="polite">
					{say(status)}
				</span>
			)}
		</div>
	);
}

function MainMenu() {
	const say = useSay();
	const { language, theme } = useUi();
	return (
		<DropdownMenu.Root>
			<DropdownMenu.Trigger className="brand" aria-label={say('top.menu')}>
				<svg viewBox="0 0 32 32" width="26" height="26" aria-hidden>
					<rect width="32" height="32" rx="8" fill="var(--accent)" />
					<circle cx="16" cy="16" r="8.5" fill="none" stroke="var(--accent-ink)" strokeWidth="2.4" />
					<circle cx="16" cy="16" r="2.6" fill="var(--accent-ink)" />
					<path d="M16 4.6v5M16 22.4v5M4.6 16h5M22.4 16h5" stroke="var(--accent-ink)" strokeWidth="2.4" strokeLinecap="round" />
				</svg>
				<Menu size={16} className="brand-menu" />
				<ChevronDown size={13} className="brand-down" />
			</DropdownMenu.Trigger>
			<DropdownMenu.Portal>
				<DropdownMenu.Content className="menu" sideOffset={6} align="start" collisionPadding={8}>
					<DropdownMenu.Item className="menu-item" onSelect={newRecipe}>
						<FilePlus2 size={15} /> {say('menu.new')}
					</DropdownMenu.Item>
					<DropdownMenu.Item className="menu-item" onSelect={() => openDialog('recipes')}>
						<FolderOpen size={15} /> {say('menu.open')}
					</DropdownMenu.Item>
					<DropdownMenu.Item className="menu-item" onSelect={() => void save()}>
						<Save size={15} /> {say('menu.save')} <span className="menu-hint">Ctrl S</span>
					</DropdownMenu.Item>
					<DropdownMenu.Separator className="menu-line" />
					<DropdownMenu.Item className="menu-item" onSelect={downloadRecipe}>
						<FileDown size={15} /> {say('menu.download')}
					</DropdownMenu.Item>
					<DropdownMenu.Item className="menu-item" onSelect={() => void downloadScript()}>
						<FileCode2 size={15} /> {say('menu.script')}
					</DropdownMenu.Item>
					<DropdownMenu.Item className="menu-item" onSelect={() => pickFiles(false, (files) => void receiveFiles(files))}>
						<Upload size={15} /> {say('menu.upload')}
					</DropdownMenu.Item>
					<DropdownMenu.Separator className="menu-line" />
					<DropdownMenu.Item className="menu-item" onSelect={openExplain}>
						<Route size={15} /> {say('key.explain')} <span className="menu-hint">E</span>
					</DropdownMenu.Item>
					<DropdownMenu.Separator className="menu-line" />
					<DropdownMenu.Item className="menu-item" onSelect={() => openDialog('gallery')}>
						<LayoutGrid size={15} /> {say('top.gallery')}
					</DropdownMenu.Item>
					<DropdownMenu.Item className="menu-item" onSelect={() => openDialog('batch')}>
						<FolderSync size={15} /> {say('top.batch')}
					</DropdownMenu.Item>
					<DropdownMenu.Item className="menu-item" onSelect={() => openDialog('watches')}>
						<Eye size={15} /> {say('top.watches')}
					</DropdownMenu.Item>
					<DropdownMenu.Item className="menu-item" onSelect={() => openDialog('runs')}>
						<History size={15} /> {say('top.runs')}
					</DropdownMenu.Item>
					<DropdownMenu.Separator className="menu-line" />
					<DropdownMenu.Item className="menu-item" onSelect={() => choose({ language: language === 'zh' ? 'en' : 'zh' })}>
						<Languages size={15} /> {language === 'zh' ? 'English' : '中文'}
					</DropdownMenu.Item>
					<DropdownMenu.Item className="menu-item" onSelect={() => choose({ theme: NEXT[theme] })}>
						{THEME_ICONS[theme]} {say(`theme.${theme}`)}
					</DropdownMenu.Item>
					<DropdownMenu.Item className="menu-item" onSelect={() => openDialog('settings')}>
						<Settings size={15} /> {say('top.settings')}
					</DropdownMenu.Item>
					<DropdownMenu.Item className="menu-item" onSelect={() => openDialog('keys')}>
						<Keyboard size={15} /> {say('key.keys')} <span className="menu-hint">?</span>
					</DropdownMenu.Item>
				</DropdownMenu.Content>
			</DropdownMenu.Portal>
		</DropdownMenu.Root>
	);
}
