/** A row of the table for each way to do the same work. */
import { alternate, type Measured, type Setting, type Way } from './measure.ts';
import { against, left, type Row } from './table.ts';

/** Another's way. */
export interface Peer extends Way {
	/** Our time as a share of theirs: what to stay below. */
	readonly aim?: string;
	/** Why it can't be measured here; null: it can. */
	readonly lacking?: string | null;
}

export interface Comparison {
	readonly what: string;
	readonly ours: Way;
	readonly peers: readonly Peer[];
	/** Looks at the results of each round, so that nobody wins by doing less. */
	check(out: string, name: string): Promise<void>;
	/** Aims that only the measurement can give, by the ways' names. */
	aims?(measured: readonly Measured[]): Readonly<Record<string, string>>;
}

export async function compare({ what, ours, peers, check, aims }: Comparison, { rounds }: Setting): Promise<Row[]> {
	const able = peers.filter(({ lacking = null }) => lacking === null);
	const { measured, failed } = await alternate([ours, ...able], rounds, check);
	const own = Object.fromEntries(peers.flatMap(({ name, aim }) => (aim === undefined ? [] : [[name, aim]])));
	return [
		...against(what, measured, { ...own, ...aims?.(measured) }),
		...[...failed].map(([name, message]) => left(name, `failed: ${message.slice(0, 160)}`)),
		...peers.flatMap(({ name, lacking = null }) => (lacking === null ? [] : [left(name, `skipped: ${lacking}`)])),
	];
}
