import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useSay } from '../language.ts';
import { IconButton } from './button.tsx';

interface Props {
	readonly open: boolean;
	readonly onClose: () => void;
	readonly title: string;
	readonly about?: string;
	readonly size?: 's' | 'm' | 'l' | 'full';
	readonly children: ReactNode;
	/** Stands beside the title. */
	readonly aside?: ReactNode;
	readonly foot?: ReactNode;
}

/** The dialog itself gets the focus, so that no button shouts its name and Tab begins at the top. */
function focusWhole(event: Event): void {
	event.preventDefault();
	if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

/** The one shape of a dialog: title, body that scrolls, foot with the actions. */
export function Sheet({ open, onClose, title, about, size = 'm', children, aside, foot }: Props) {
	const say = useSay();
	return (
		<Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
			<Dialog.Portal>
				<Dialog.Overlay className="veil" />
				<Dialog.Content className={`sheet sheet-${size}`} onOpenAutoFocus={focusWhole} {...(about === undefined ? { 'aria-describedby': undefined } : {})}>
					<header className="sheet-head">
						<div className="sheet-title">
							<Dialog.Title>{title}</Dialog.Title>
							{about !== undefined && <Dialog.Description>{about}</Dialog.Description>}
						</div>
						{aside}
						<IconButton label={say('action.close')} icon={<X size={17} />} onClick={onClose} />
					</header>
					<div className="sheet-body">{children}</div>
					{foot !== undefined && <footer className="sheet-foot">{foot}</footer>}
				</Dialog.Content>
			</Dialog.Portal>
		</Dialog.Root>
	);
}
