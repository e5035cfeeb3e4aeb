import { SHORTCUTS } from './keys.ts';
import { useSay } from './language.ts';
import type { PageKey } from './messages/index.ts';
import { Sheet } from './parts/dialog.tsx';
import { openDialog, useUi } from './ui.ts';

const GROUPS: readonly PageKey[] = ['keys.add', 'keys.go', 'keys.edit', 'keys.run'];
const NAMES: Readonly<Record<string, string>> = {
	mod: 'Ctrl',
	shift: '⇧',
	enter: '↵',
	delete: 'Del',
	backspace: '⌫',
	escape: 'Esc',
	arrowleft: '←',
	arrowright: '→',
	arrowup: '↑',
	arrowdown: '↓',
};
const apple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A key combination as it is printed. */
export function keyText(keys: string): string {
	const parts = keys
		.split(/\+(?=.)/)
		.map((part) => (part === 'mod' && apple ? '⌘' : (NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part.toUpperCase()))));
	return parts.join(' ');
}

/** What keys and hands do. */
export function KeysDialog() {
	const say = useSay();
	const open = useUi((ui) => ui.dialog === 'keys');
	return (
		<Sheet open={open} onClose={() => openDialog(null)} title={say('keys.title')} about={say('keys.about')} size="l">
			<div className="keys">
				{GROUPS.map((group) => (
					<section key={group}>
						<h3>{say(group)}</h3>
						<dl>
							{SHORTCUTS.filter((one) => one.group === group).map((one) => (
								<div key={one.name}>
									<dt>{say(one.name)}</dt>
									<dd>
										{one.keys.map((keys) => (
											<kbd key={keys}>{keyText(keys)}</kbd>
										))}
									</dd>
								</div>
							))}
						</dl>
					</section>
				))}
				<section className="keys-hands">
					<h3>{say('keys.hands')}</h3>
					<ul>
						{(['keys.hand.1', 'keys.hand.2', 'keys.hand.3', 'keys.hand.4', 'keys.hand.5'] as const).map((key) => (
							<li key={key}>{say(key)}</li>
						))}
					</ul>
				</section>
			</div>
		</Sheet>
	);
}
