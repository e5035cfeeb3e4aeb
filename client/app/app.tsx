/** The page: top bar, canvas, prompt, panel, and what opens over them. */
import { ReactFlowProvider } from '@xyflow/react';
import { WifiOff } from 'lucide-react';
import { Tooltip } from 'radix-ui';
import { BatchDialog } from '../batch/batch-dialog.tsx';
import { Canvas } from '../canvas/canvas.tsx';
import { ConnectDialog } from '../canvas/connect-dialog.tsx';
import { Palette } from '../catalogue/palette.tsx';
import { Prompt } from '../prompt/prompt.tsx';
import { ConflictDialog } from '../recipes/conflict-dialog.tsx';
import { RecipesDialog } from '../recipes/recipes-dialog.tsx';
import { RunsDialog } from '../runs/runs-dialog.tsx';
import { Viewer } from '../viewers/viewer.tsx';
import { WatchesDialog } from '../watch/watches-dialog.tsx';
import { DropZone } from './drop-zone.tsx';
import { EmptyState } from './empty-state.tsx';
import { Finder } from './finder.tsx';
import { Guard } from './guard.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { useSay } from './language.ts';
import { Notices } from './parts/notices.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { SidePanel } from './side-panel.tsx';
import { ToolRail } from './tool-rail.tsx';
import { TopBar } from './top-bar.tsx';
import { useUi } from './ui.ts';

export function App() {
	const say = useSay();
	const online = useUi((ui) => ui.online);
	const panelOpen = useUi((ui) => ui.panelOpen);
	const dialog = useUi((ui) => ui.dialog);
	return (
		<Tooltip.Provider delayDuration={350} skipDelayDuration={200}>
			<ReactFlowProvider>
				<a className="skip" href="#goal">
					{say('skip')}
				</a>
				<div className="app" data-panel={panelOpen}>
					<TopBar />
					<main className="stage">
						<Canvas />
						<EmptyState />
						<ToolRail />
						<Prompt />
						{!online && (
							<p className="offline" role="alert">
								<WifiOff size={14} /> {say('net.unreachable')}
							</p>
						)}
					</main>
					<Guard again={panelOpen}>
						<SidePanel />
					</Guard>
				</div>
				<Guard again={dialog}>
					<Palette />
					<DropZone />
					<Finder />
					<ConnectDialog />
					<RecipesDialog />
					<BatchDialog />
					<WatchesDialog />
					<RunsDialog />
					<SettingsDialog />
					<KeysDialog />
					<ConflictDialog />
					<Viewer />
				</Guard>
				<Notices />
			</ReactFlowProvider>
		</Tooltip.Provider>
	);
}
