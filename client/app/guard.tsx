import { Component, type ReactNode } from 'react';
import { sayNow } from './language.ts';

interface Props {
	readonly children: ReactNode;
	/** What to say instead; absent: nothing. */
	readonly whole?: boolean;
	/** A new value tries again. */
	readonly again?: unknown;
}

/** Keeps a fault of one part of the page from taking the rest along. The draft is safe in any case. */
export class Guard extends Component<Props, { readonly fault: string | null }> {
	override state = { fault: null as string | null };
	static getDerivedStateFromError(error: unknown) {
		return { fault: error instanceof Error ? error.message : String(error) };
	}
	override componentDidUpdate(before: Props) {
		if (before.again !== this.props.again && this.state.fault !== null) this.setState({ fault: null });
	}
	override render() {
		if (this.state.fault === null) return this.props.children;
		return (
			<div className="fault" role="alert">
				<p>{sayNow('fault')}</p>
				<p className="mono">{this.state.fault}</p>
				<button type="button" className="button button-plain" onClick={() => (this.props.whole === true ? location.reload() : this.setState({ fault: null }))}>
					{sayNow(this.props.whole === true ? 'fault.reload' : 'action.retry')}
				</button>
			</div>
		);
	}
}
