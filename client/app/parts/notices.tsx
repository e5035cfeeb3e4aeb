import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { useSay } from '../language.ts';
import { dismiss, useUi } from '../ui.ts';

const ICONS = { plain: <Info size={16} />, good: <CircleCheck size={16} />, bad: <CircleAlert size={16} /> };

/** Short notices, read out by screen readers, gone after a while. */
export function Notices() {
	const say = useSay();
	const notices = useUi((ui) => ui.notices);
	return (
		<Toast.Provider swipeDirection="right" label={say('notice')}>
			{notices.map((notice) => (
				<Toast.Root
					key={notice.id}
					className={`notice notice-${notice.tone}`}
					duration={notice.tone === 'bad' ? 9000 : 5000}
					onOpenChange={(open) => !open && dismiss(notice.id)}
				>
					{ICONS[notice.tone]}
					<Toast.Description className="notice-text">{notice.text}</Toast.Description>
					{notice.action !== undefined && (
						<Toast.Action className="button button-small button-plain" altText={notice.action.label} onClick={notice.action.run}>
							{notice.action.label}
						</Toast.Action>
					)}
					<Toast.Close className="icon-button icon-button-small" aria-label={say('action.close')}>
						<X size={14} />
					</Toast.Close>
				</Toast.Root>
			))}
			<Toast.Viewport className="notices" />
		</Toast.Provider>
	);
}
