/**
 * Streams of pictures or sound, as a graph of ffmpeg filters that is written only when it is known who reads what:
 * a stream with several readers is split, an output without a reader is let go, a file that nobody reads is not opened.
 */
export type Media = 'v' | 'a';

/** One `-i`: a file of the group, opened at a time. Two with the same file are decoded twice. */
export interface OpenFile {
	readonly args: readonly string[];
	readonly path: string;
}

export interface Filter {
	readonly inputs: readonly Stream[];
	/** In ffmpeg's syntax; made of numbers and our own names only. */
	readonly text: string;
	readonly outputs: readonly Media[];
}

export type Stream =
	| { readonly from: 'file'; readonly file: OpenFile; readonly media: Media }
	| { readonly from: 'filter'; readonly filter: Filter; readonly output: number; readonly media: Media };

/** A stream through one more filter of one input and one output. */
export function through(stream: Stream, ...texts: readonly string[]): Stream {
	return texts.reduce<Stream>(
		(inner, text) => ({ from: 'filter', filter: { inputs: [inner], text, outputs: [inner.media] }, output: 0, media: inner.media }),
		stream,
	);
}

/** The one output of a filter of several inputs. */
export function joined(inputs: readonly Stream[], text: string, media: Media): Stream {
	return { from: 'filter', filter: { inputs, text, outputs: [media] }, output: 0, media };
}

export interface Written {
	readonly files: readonly OpenFile[];
	/** Empty where no frame and no sample is touched. */
	readonly graph: string;
	/** What `-map` takes, for each sink. */
	readonly maps: readonly string[];
}

/** Writes the filter graph that these sinks need. */
export function write(sinks: readonly Stream[]): Written {
	const readers = countReaders(sinks);
	const files: OpenFile[] = [];
	const statements: string[] = [];
	const spare = new Map<Filter, string[][]>();
	let labels = 0;
	const label = () => `[s${labels++}]`;

	const number = (file: OpenFile) => {
		const known = files.indexOf(file);
		return known >= 0 ? known : files.push(file) - 1;
	};
	const source = (stream: Stream & { from: 'file' }) => `${number(stream.file)}:${stream.media === 'v' ? 'V' : 'a'}:0`;

	/* Emits a filter whose outputs can't simply be the head of one chain; afterwards each reader takes a label of its own. */
	const settle = (filter: Filter): string[][] => {
		const done = spare.get(filter);
		if (done !== undefined) return done;
		const counts = readers.get(filter) ?? [];
		const outs = filter.outputs.map((media, i) => {
			const count = counts[i] ?? 0;
			const own = Array.from({ length: count }, label);
			if (count === 1) return { own, head: own[0] ?? '', tail: '' };
			const head = label();
			const name = media === 'a' ? 'a' : '';
			return { own, head, tail: count === 0 ? `${head}${name}nullsink` : `${head}${name}split=${count}${own.join('')}` };
		});
		statements.push(`${chain(filter)}${outs.map((out) => out.head).join('')}`, ...outs.flatMap((out) => (out.tail === '' ? [] : [out.tail])));
		const taken = outs.map((out) => [...out.own]);
		spare.set(filter, taken);
		return taken;
	};
	const alone = (filter: Filter) => filter.outputs.length === 1 && readers.get(filter)?.[0] === 1;
	const take = (stream: Stream): string => (stream.from === 'file' ? `[${source(stream)}]` : (settle(stream.filter)[stream.output]?.shift() ?? ''));
	const chain = (filter: Filter): string => {
		const only = filter.inputs.length === 1 ? filter.inputs[0] : undefined;
		if (only?.from === 'filter' && alone(only.filter)) return `${chain(only.filter)},${filter.text}`;
		return `${filter.inputs.map(take).join('')}${filter.text}`;
	};

	const maps = sinks.map((sink) => (sink.from === 'file' ? source(sink) : take(sink)));
	return { files, graph: statements.join(';'), maps };
}

function countReaders(sinks: readonly Stream[]): ReadonlyMap<Filter, readonly number[]> {
	const readers = new Map<Filter, number[]>();
	const visit = (stream: Stream) => {
		if (stream.from === 'file') return;
		const known = readers.get(stream.filter);
		const counts = known ?? stream.filter.outputs.map(() => 0);
		counts[stream.output] = (counts[stream.output] ?? 0) + 1;
		if (known !== undefined) return;
		readers.set(stream.filter, counts);
		stream.filter.inputs.forEach(visit);
	};
	sinks.forEach(visit);
	return readers;
}
