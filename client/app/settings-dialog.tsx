import { Tabs } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { Settings } from '../../server/http/api.ts';
import { api } from './api.ts';
import { DoctorPanel } from './doctor-panel.tsx';
import { notifyError } from './explain-error.ts';
import { useSay } from './language.ts';
import { Button } from './parts/button.tsx';
import { Sheet } from './parts/dialog.tsx';
import { notify, openDialog, useUi } from './ui.ts';

export function SettingsDialog() {
	const say = useSay();
	const open = useUi((ui) => ui.dialog === 'settings');
	const [settings, setSettings] = useState<Settings | null>(null);
	useEffect(() => {
		if (open) api.settings().then(setSettings, notifyError);
	}, [open]);
	return (
		<Sheet open={open} onClose={() => openDialog(null)} title={say('top.settings')}>
			<Tabs.Root defaultValue="model">
				<Tabs.List className="tabs tabs-wide" aria-label={say('top.settings')}>
					<Tabs.Trigger value="model" className="tab">
						{say('settings.model')}
					</Tabs.Trigger>
					<Tabs.Trigger value="doctor" className="tab">
						{say('settings.doctor')}
					</Tabs.Trigger>
				</Tabs.List>
				<Tabs.Content value="model" className="settings">
					{settings === null ? null : <ModelForm settings={settings} onSaved={() => api.settings().then(setSettings, notifyError)} />}
				</Tabs.Content>
				<Tabs.Content value="doctor" className="settings">
					<DoctorPanel home={settings?.home ?? ''} />
				</Tabs.Content>
			</Tabs.Root>
		</Sheet>
	);
}

function ModelForm({ settings, onSaved }: { readonly settings: Settings; readonly onSaved: () => void }) {
	const say = useSay();
	const [model, setModel] = useState(settings.model);
	const [baseUrl, setBaseUrl] = useState(settings.baseUrl ?? '');
	const [key, setKey] = useState('');
	const save = async () => {
		try {
			await api.saveKey({ ...(key === '' ? {} : { key }), baseUrl: baseUrl.trim(), model: model.trim() });
			setKey('');
			notify(say('settings.saved'), 'good');
			onSaved();
		} catch (error) {
			notifyError(error);
		}
	};
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				void save();
			}}
		>
			<p className="settings-about">{say('settings.model-about')}</p>
			<label htmlFor="settings-model">{say('settings.model-name')}</label>
			<input id="settings-model" className="field" value={model} spellCheck={false} onChange={(event) => setModel(event.target.value)} />
			<label htmlFor="settings-base">{say('settings.base')}</label>
			<input
				id="settings-base"
				className="field"
				type="url"
				value={baseUrl}
				placeholder={say('settings.base-hint')}
				spellCheck={false}
				onChange={(event) => setBaseUrl(event.target.value)}
			/>
			<label htmlFor="settings-key">{say('settings.key')}</label>
			<input
				id="settings-key"
				className="field"
				type="password"
				autoComplete="off"
				value={key}
				placeholder={settings.key ? '••••••••••••' : 'sk-…'}
				onChange={(event) => setKey(event.target.value)}
			/>
			<p className="row-hint">
				{say(settings.key ? 'settings.key-set' : 'settings.key-none')} {say('settings.key-safe')}
			</p>
			<div className="settings-foot">
				<Button type="submit" look="primary">
					{say('settings.save')}
				</Button>
			</div>
		</form>
	);
}
