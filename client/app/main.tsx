import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import '@fontsource-variable/inter/index.css';
import './tokens.css';
import './base.css';
import './parts/button.css';
import './parts/field.css';
import './parts/choice.css';
import './parts/sheet.css';
import './parts/picker.css';
import './app.css';
import './panel.css';
import './empty.css';
import './dialogs.css';
import './narrow.css';
import { followScene } from '../canvas/scene.ts';
import { followSaving } from '../recipes/saved.ts';
import { resumeRun } from '../runs/runs.ts';
import { followPreviews } from '../viewers/previews.ts';
import { App } from './app.tsx';
import { Guard } from './guard.tsx';
import { listenToKeys } from './keys.ts';
import { followDraft, restoreDraft } from './session.ts';

/* The page's policy forbids eval; without this zod would try it. */
z.config({ jitless: true });

restoreDraft();
followScene();
followPreviews();
followSaving();
followDraft();
listenToKeys();
void resumeRun();

const root = document.getElementById('root');
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<Guard whole>
				<App />
			</Guard>
		</StrictMode>,
	);
}
