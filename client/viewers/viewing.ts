/** What the large viewer shows. */
import { create } from 'zustand';

export type Viewing =
	| { readonly type: 'node'; readonly node: string }
	| { readonly type: 'output'; readonly run: string; readonly n: number }
	| { readonly type: 'input'; readonly input: string };

export const useViewing = create<{ readonly viewing: Viewing | null }>(() => ({ viewing: null }));

export function openViewer(viewing: Viewing): void {
	useViewing.setState({ viewing });
}
export function closeViewer(): void {
	useViewing.setState({ viewing: null });
}
