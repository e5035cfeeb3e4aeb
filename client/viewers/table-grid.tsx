import type { Column } from '../../nodes/define.ts';
import { cellText } from '../app/format.ts';
import { useSay } from '../app/language.ts';

type Row = Readonly<Record<string, unknown>>;

interface Props {
	readonly rows: readonly Row[];
	readonly columns?: readonly Column[] | null | undefined;
	/** For a card: a few cells, no scrolling. */
	readonly small?: boolean;
}

const SMALL_ROWS = 4;
const SMALL_COLUMNS = 4;

/** Rows as a grid; numbers to the right. */
export function TableGrid({ rows, columns, small }: Props) {
	const say = useSay();
	const names = columns?.map((column) => column.name) ?? Object.keys(rows[0] ?? {});
	const shown = small === true ? names.slice(0, SMALL_COLUMNS) : names;
	const body = small === true ? rows.slice(0, SMALL_ROWS) : rows;
	const numeric = new Set(shown.filter((name) => body.some((row) => typeof row[name] === 'number')));
	return (
		<div className={small === true ? 'grid grid-small' : 'grid'}>
			<table>
				<thead>
					<tr>
						{shown.map((name) => (
							<th key={name} scope="col" className={numeric.has(name) ? 'right' : undefined}>
								{name}
							</th>
						))}
						{shown.length < names.length && <th scope="col">+{names.length - shown.length}</th>}
					</tr>
				</thead>
				<tbody>
					{body.map((row, i) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
						<tr key={i}>
							{shown.map((name) => (
								<Cell key={name} value={row[name]} blank={say('table.blank')} />
							))}
							{shown.length < names.length && <td />}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

function Cell({ value, blank }: { readonly value: unknown; readonly blank: string }) {
	if (value === null || value === undefined || value === '')
		return (
			<td className="blank" title={blank}>
				<span aria-hidden>–</span>
			</td>
		);
	return <td className={typeof value === 'number' ? 'right number' : undefined}>{cellText(value)}</td>;
}
