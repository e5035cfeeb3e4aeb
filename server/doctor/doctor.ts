/** What this machine has and lacks: programs, the sandbox, fonts; and which nodes can't run because of it. */
import { SPECS } from '../../nodes/catalogue.ts';
import type { Need, Spec, Words } from '../../nodes/define.ts';
import { probeSandbox, type SandboxFound } from '../backends/sandbox/probe.ts';
import { findTool, type ToolFound } from './tools.ts';

export interface Tool extends ToolFound {
	/** Ids of the nodes that can't do without it. */
	readonly neededFor: readonly string[];
}

export interface Doctor {
	readonly tools: readonly Tool[];
	readonly sandbox: SandboxFound;
	readonly unavailable: readonly { readonly spec: string; readonly reason: Words }[];
	readonly fonts: {
		/** Whether there are letters for Chinese, Japanese and Korean; without them they are drawn as boxes. */
		readonly cjk: boolean;
	};
}

/** Programs looked for, and which need of a node each fills. */
const PROGRAMS: readonly { readonly name: string; readonly args: readonly string[]; readonly fills: Need | null }[] = [
	{ name: 'ffmpeg', args: ['-version'], fills: 'ffmpeg' },
	{ name: 'ffprobe', args: ['-version'], fills: 'ffmpeg' },
	{ name: 'tesseract', args: ['--version'], fills: 'tesseract' },
	{ name: 'python3', args: ['--version'], fills: 'python' },
	{ name: 'bwrap', args: ['--version'], fills: null },
];

/** Looks at the machine. Everything at once, in well under a second. */
export async function inspect(): Promise<Doctor> {
	const [tools, sandbox, cjk] = await Promise.all([Promise.all(PROGRAMS.map((program) => findTool(program.name, program.args))), probeSandbox(), hasCjk()]);
	const missing = new Map<Need, Words>();
	for (const [i, tool] of tools.entries()) {
		const fills = PROGRAMS[i]?.fills;
		if (!tool.found && fills !== null && fills !== undefined && !missing.has(fills)) missing.set(fills, notInstalled(tool.name));
	}
	if (!sandbox.works) missing.set('sandbox', noSandbox(sandbox));
	return {
		tools: tools.map(({ output: _, ...tool }, i) => ({ ...tool, neededFor: neededFor(PROGRAMS[i]?.fills ?? 'sandbox') })),
		sandbox,
		unavailable: SPECS.flatMap((spec) => {
			const need = needsOf(spec).find((one) => missing.has(one));
			const reason = need === undefined ? undefined : missing.get(need);
			return reason === undefined ? [] : [{ spec: spec.id, reason }];
		}),
		fonts: { cjk },
	};
}

function needsOf(spec: Spec): readonly Need[] {
	if (spec.medium === 'video') return ['ffmpeg'];
	return spec.medium === 'task' ? (spec.needs ?? []) : [];
}

function neededFor(need: Need): readonly string[] {
	return SPECS.filter((spec) => needsOf(spec).includes(need)).map((spec) => spec.id);
}

function notInstalled(name: string): Words {
	return {
		en: `${name} was not found. Install it with your system's package manager, then start again.`,
		zh: `未找到 ${name}。请用系统的软件包管理器安装，然后重新启动。`,
	};
}

function noSandbox({ reason = '' }: SandboxFound): Words {
	return {
		en: `Scripts run only in a sandbox, and there is none: ${reason}`,
		zh: `脚本只能在沙箱中运行，而此机器没有可用的沙箱：${reason}`,
	};
}

async function hasCjk(): Promise<boolean> {
	if (process.platform !== 'linux') return true;
	const { found, output } = await findTool('fc-list', [':lang=zh', 'family']);
	return found && output.trim() !== '';
}
