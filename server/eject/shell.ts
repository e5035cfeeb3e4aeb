/** The script for a POSIX shell, where every group is one ffmpeg command. */
import { GraphError } from '../../nodes/problems.ts';
import type { Planners } from '../engine/fuse.ts';
import type { ShellPart } from '../engine/group.ts';
import type { ProgramRef } from '../engine/program.ts';
import type { ScriptFacts } from './eject.ts';
import type { Fits } from './shapes.ts';

/** @throws GraphError `eject.shell` for the group that can't be. */
export function shellScript({ recipe, file, sources, variants }: ScriptFacts, planners: Planners): string {
	const [variant, second] = variants;
	const [source, another] = sources;
	if (variant === undefined) throw new Error('a script has a way to do it');
	const all = variant.program.groups;
	const refuse = (node: string, reason: string) => new GraphError('eject.shell', { node, reason }, node === '' ? {} : { node });
	if (second !== undefined) throw refuse(source?.id ?? '', 'was given in several sorts, each with a command of its own');
	const commands = all.map(({ group, nodes }, index) => {
		const part = planners[group.backend].script(group);
		const shell = typeof part === 'string' ? undefined : part.shell;
		const node = nodes.at(-1) ?? '';
		if (shell === undefined) throw refuse(node, `runs on ${group.backend}`);
		if (typeof shell === 'string') throw refuse(node, shell);
		return commandText(shell, all[index]?.reads ?? [], index, node);
	});
	if (source === undefined || another !== undefined || source.many) throw refuse(source?.id ?? all[0]?.nodes[0] ?? '', 'is not one file');
	const saves = variant.program.results.map((result) => {
		const [ref] = result.values;
		if (result.many || ref?.from !== 'group') throw refuse(result.node, 'makes a list');
		const naming = variant.savers.get(result.node);
		if (naming === undefined) throw refuse(result.node, 'is not saved');
		const name = naming.template.replaceAll('{ext}', naming.extension);
		if (/\{(?!name\})/.test(name)) throw refuse(result.node, 'has a name that only the script for Node can fill in');
		const ending = naming.template.includes('{ext}') ? '' : `.${naming.extension}`;
		const safe = (text: string) => text.replace(/[/\\:*?"<>|\p{Cc}]/gu, '_');
		const words = name.split('{name}').map((piece) => (piece === '' ? '' : quoted(safe(piece))));
		return `put "$tmp/${ref.group}-${ref.output}" "$out"/${words.join('"$name"')}${quoted(ending)}`;
	});
	const facts = factsText(source.kind, variant.fits[source.id] ?? {});
	if (facts === null) throw refuse(source.id, 'has to be looked at in a way that only the script for Node can');
	return [
		'#!/bin/sh',
		...[
			recipe.name,
			recipe.description ?? '',
			'',
			`sh ${file} INPUT OUT_FOLDER [--overwrite]`,
			'It needs ffmpeg and ffprobe. Written by Millwright; it needs no Millwright.',
		].map((line) => `# ${line.replace(/[\r\n]+/g, ' ')}`.trimEnd()),
		START,
		...facts,
		'cd "$tmp" || exit 1',
		'',
		...commands,
		...saves,
		'exit "$status"',
		'',
	].join('\n');
}

const START = `set -u
if [ $# -lt 2 ]; then echo "Expected: $0 INPUT OUT_FOLDER [--overwrite]" >&2; exit 2; fi
for program in ffmpeg ffprobe; do
	command -v "$program" > /dev/null || { echo "This script needs the program $program. Install it, and see that it is on the PATH." >&2; exit 1; }
done
if [ -d "$1" ]; then
	status=0
	for file in "$1"/*; do
		case $file in *.mp4|*.m4v|*.mov|*.mkv|*.webm|*.avi|*.mpg|*.mpeg|*.ts|*.flv|*.wmv|*.gif|*.mp3|*.m4a|*.aac|*.wav|*.flac|*.ogg|*.opus|*.MP4|*.MOV) ;; *) continue ;; esac
		sh "$0" "$file" "$2" "\${3:-}" || status=1
	done
	exit "$status"
fi
[ -f "$1" ] || { echo "There is no file at $1." >&2; exit 1; }
in=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
mkdir -p "$2" || exit 1
out=$(cd "$2" && pwd)
overwrite=\${3:-}
name=$(basename "$1")
case $name in ?*.*) name=\${name%.*} ;; esac
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
status=0

# Puts a result into its place, unless something is there.
put() {
	if [ "$2" = "$in" ]; then echo "The result would be written over its own input $2. Choose another folder." >&2; status=1; return; fi
	cp "$1" "$2.part" || { status=1; return; }
	if [ "$overwrite" = --overwrite ]; then mv -f "$2.part" "$2"
	elif ln "$2.part" "$2" 2> /dev/null; then rm -f "$2.part"
	else rm -f "$2.part"; echo "$2 is there already. It was left as it is; --overwrite replaces it." >&2; status=1; return; fi
	echo "$2"
}

# fact NAME EXPECTED ACTUAL: the script was written for a file like this.
fact() {
	awk -v a="$2" -v b="$3" 'BEGIN { exit !(a == b || (a + 0 != 0 && a - b < 0.0005 && b - a < 0.0005)) }' && return
	echo "$in: this script was written for a file whose $1 is $2, here it is $3." >&2
	exit 1
}
probe() { ffprobe -v error -select_streams "$1" -show_entries "$2" -of default=nw=1:nk=1 -i "file:$in" | head -n 1; }`;

/** Lines that see whether the input is like the one that the command is for; null: a shell can't see one of the facts. */
function factsText(kind: string, fits: Fits): readonly string[] | null {
	const probes = kind === 'audio' ? SOUND_PROBES : PROBES;
	const lines = Object.entries(fits).map(([name, value]) => {
		const probe = probes[name];
		if (probe === undefined) return null;
		if (value === 'even') return `[ $(( $(${probe}) % 2 )) = 0 ] || fact ${name} even "$(${probe})"`;
		const expected = name === 'format' ? CONTAINERS[String(value)] : value === null ? '' : String(value);
		return expected === undefined ? null : `fact ${name} ${quoted(expected)} "$(${probe})"`;
	});
	const known = lines.filter((line) => line !== null);
	return known.length === lines.length ? known : null;
}

const FORMAT = `ffprobe -v error -show_entries format=format_name -of default=nw=1:nk=1 -i "file:$in"`;
const PROBES: Readonly<Record<string, string>> = {
	width: 'probe V:0 stream=width',
	height: 'probe V:0 stream=height',
	duration: 'probe V:0 stream=duration',
	fps: `probe V:0 stream=avg_frame_rate | awk -F/ '{ printf "%.3f", $1 / $2 }'`,
	audio: `[ -n "$(probe a:0 stream=codec_name)" ] && echo true || echo false`,
	codec: 'probe V:0 stream=codec_name',
	audioCodec: 'probe a:0 stream=codec_name',
	format: FORMAT,
};
const SOUND_PROBES: Readonly<Record<string, string>> = {
	duration: 'probe a:0 stream=duration',
	sampleRate: 'probe a:0 stream=sample_rate',
	channels: 'probe a:0 stream=channels',
	codec: 'probe a:0 stream=codec_name',
	format: FORMAT,
};

const QUICKTIME = 'mov,mp4,m4a,3gp,3g2,mj2';
/** What ffprobe calls the containers; those of one name are read alike. */
const CONTAINERS: Readonly<Record<string, string>> = {
	...{ mp4: QUICKTIME, mov: QUICKTIME, m4v: QUICKTIME, m4a: QUICKTIME, mkv: 'matroska,webm', webm: 'matroska,webm' },
	...{ avi: 'avi', gif: 'gif', wav: 'wav', flac: 'flac', mp3: 'mp3', ogg: 'ogg' },
};

function commandText({ texts, words }: ShellPart, reads: readonly ProgramRef[], index: number, node: string): string {
	const files = texts.map(({ name, text }) => `printf %s ${quoted(text)} > ${quoted(name)}`);
	const line = words.map((word) =>
		word
			.split(/(\{(?:input|output) \d+\}|\{font\})/)
			.map((piece) => {
				const place = /^\{(input|output) (\d+)\}$/.exec(piece);
				if (piece === '{font}') return '"$font"';
				if (place?.[1] === 'output') return `"$tmp/${index}-${place[2]}"`;
				if (place === null) return piece === '' ? '' : quoted(piece);
				const ref = reads[Number(place[2])];
				return ref?.from === 'group' ? `"$tmp/${ref.group}-${ref.output}"` : '"$in"';
			})
			.join(''),
	);
	const font = words.some((word) => word.includes('{font}'))
		? ["font=$(fc-match -f '%{family[0]}' sans:lang=zh-cn 2> /dev/null) || font='Noto Sans CJK SC'"]
		: [];
	return [`# ${node}`, ...font, ...files, `${line.join(' ')} || exit 1`, ''].join('\n');
}

/** One word of a shell. */
function quoted(word: string): string {
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
