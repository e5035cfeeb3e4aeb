import { Tooltip } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';

type ButtonProps = ComponentProps<'button'> & { readonly look?: 'plain' | 'primary' | 'quiet' | 'danger'; readonly icon?: ReactNode; readonly small?: boolean };

/** A button with words. */
export function Button({ look = 'plain', icon, small, className, children, ...rest }: ButtonProps) {
	return (
		<button type="button" className={`button button-${look}${small === true ? ' button-small' : ''} ${className ?? ''}`} {...rest}>
			{icon}
			<span>{children}</span>
		</button>
	);
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
	readonly label: string;
	readonly keys?: string;
	readonly icon: ReactNode;
	readonly side?: 'top' | 'bottom' | 'left' | 'right';
};

/** A button with an icon; its name is read out and shown on hover. */
export function IconButton({ label, keys, icon, side = 'bottom', className, ...rest }: IconButtonProps) {
	return (
		<Hint text={label} {...(keys === undefined ? {} : { keys })} side={side}>
			<button type="button" aria-label={label} className={`icon-button ${className ?? ''}`} {...rest}>
				{icon}
			</button>
		</Hint>
	);
}

interface HintProps {
	readonly text: string;
	readonly keys?: string;
	readonly side?: 'top' | 'bottom' | 'left' | 'right';
	readonly children: ReactNode;
}

/** A short text on hover or focus. */
export function Hint({ text, keys, side = 'bottom', children }: HintProps) {
	return (
		<Tooltip.Root>
			<Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
			<Tooltip.Portal>
				<Tooltip.Content className="hint" side={side} sideOffset={6} collisionPadding={8}>
					{text}
					{keys !== undefined && <kbd>{keys}</kbd>}
				</Tooltip.Content>
			</Tooltip.Portal>
		</Tooltip.Root>
	);
}
