import { PanelRightClose } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { Explain } from '../explain/explain.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { Results } from '../runs/results.tsx';
import { useRuns } from '../runs/runs.ts';
import { useSay } from './language.ts';
import { IconButton } from './parts/button.tsx';
import { showPanel, useUi } from './ui.ts';

/** The panel on the right: the selected node, and what the run made, and how the graph runs. */
export function SidePanel() {
	const say = useSay();
	const { panel, panelOpen } = useUi();
	const count = useRuns((runs) => runs.run?.outputs.length ?? 0);
	if (!panelOpen) return null;
	return (
		<aside className="panel" data-side={panel} aria-label={say('panel.label')}>
			<Tabs.Root value={panel} onValueChange={(value) => showPanel(value === 'results' || value === 'explain' ? value : 'node')} className="panel-tabs">
				<div className="panel-head">
					<Tabs.List className="tabs" aria-label={say('panel.label')}>
						<Tabs.Trigger value="node" className="tab">
							{say('panel.node')}
						</Tabs.Trigger>
						<Tabs.Trigger value="results" className="tab">
							{say('panel.results')}
							{count > 0 && <span className="tab-count number">{count}</span>}
						</Tabs.Trigger>
						<Tabs.Trigger value="explain" className="tab">
							{say('explain.title')}
						</Tabs.Trigger>
					</Tabs.List>
					<IconButton label={say('panel.hide')} icon={<PanelRightClose size={17} />} onClick={() => useUi.setState({ panelOpen: false })} side="left" />
				</div>
				<Tabs.Content value="node" className="panel-body" tabIndex={-1}>
					<Inspector />
				</Tabs.Content>
				<Tabs.Content value="results" className="panel-body" tabIndex={-1}>
					<Results />
				</Tabs.Content>
				<Tabs.Content value="explain" className="panel-body" tabIndex={-1}>
					<Explain />
				</Tabs.Content>
			</Tabs.Root>
		</aside>
	);
}
