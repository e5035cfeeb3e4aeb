import { CircleCheck, CircleX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { specOf } from '../../nodes/catalogue.ts';
import type { Doctor } from '../../server/http/api.ts';
import { api } from './api.ts';
import { notifyError } from './explain-error.ts';
import { useSay, useWords } from './language.ts';

/** What was found on this machine, and which nodes are off without it. */
export function DoctorPanel({ home }: { readonly home: string }) {
	const say = useSay();
	const words = useWords();
	const [doctor, setDoctor] = useState<Doctor | null>(null);
	useEffect(() => {
		api.doctor().then(setDoctor, notifyError);
	}, []);
	return (
		<div className="doctor">
			<p className="settings-about">{say('settings.doctor-about')}</p>
			{doctor !== null && (
				<>
					<ul>
						{doctor.tools.map((tool) => (
							<Finding
								key={tool.name}
								ok={tool.found}
								name={tool.name}
								text={tool.found ? [tool.version, tool.path].filter(Boolean).join(' · ') : say('settings.missing')}
							/>
						))}
						<Finding
							ok={doctor.sandbox.works}
							name={say('settings.sandbox')}
							text={doctor.sandbox.works ? say('settings.found') : (doctor.sandbox.reason ?? say('settings.missing'))}
						/>
						<Finding ok={doctor.fonts.cjk} name={say('settings.cjk')} text={say(doctor.fonts.cjk ? 'settings.found' : 'settings.missing')} />
					</ul>
					<h3>{say('settings.off')}</h3>
					{doctor.unavailable.length === 0 ? (
						<p className="settings-about">{say('settings.all-on')}</p>
					) : (
						<ul>
							{doctor.unavailable.map(({ spec, reason }) => {
								const title = specOf(spec)?.title;
								return <Finding key={spec} ok={false} name={title === undefined ? spec : words(title)} text={words(reason)} />;
							})}
						</ul>
					)}
				</>
			)}
			{home !== '' && <p className="row-hint">{say('settings.home', { home })}</p>}
		</div>
	);
}

function Finding({ ok, name, text }: { readonly ok: boolean; readonly name: string; readonly text: string }) {
	return (
		<li>
			{ok ? <CircleCheck size={15} className="good" /> : <CircleX size={15} className="bad" />}
			<b>{name}</b>
			<span>{text}</span>
		</li>
	);
}
