/** About how long a batch will take, and how much it will write. */
import { useEffect, useState } from 'react';
import type { BatchBody, Estimate } from '../../server/http/api.ts';
import { api } from '../app/api.ts';

/** Of what is set; null until it is known. @param ready the names are known, so that the request is sound */
export function useEstimate(body: BatchBody | null, ready: boolean): Estimate | null {
	const [estimate, setEstimate] = useState<Estimate | null>(null);
	useEffect(() => {
		setEstimate(null);
		if (body === null || !ready) return;
		const stopper = new AbortController();
		api.batchEstimate(body, stopper.signal).then(setEstimate, () => undefined);
		return () => stopper.abort();
	}, [body, ready]);
	return estimate;
}
