/** The command line of the sandbox: bubblewrap, with resource limits inside. */

export interface Limits {
	/** Seconds by the clock. */
	readonly seconds: number;
	/** Bytes of memory, of one process and of all together. */
	readonly memory: number;
	/** Bytes of one written file. */
	readonly fileSize: number;
	/** Bytes of /tmp, which lies in memory. */
	readonly scratch: number;
	/** Processes and threads. */
	readonly processes: number;
	readonly threads: number;
}

export const LIMITS: Limits = {
	seconds: 120,
	memory: 4 * 2 ** 30,
	fileSize: 2 * 2 ** 30,
	scratch: 512 * 2 ** 20,
	processes: 64,
	threads: 1,
};

/** A file of ours and where the script sees it. */
export interface Bound {
	readonly path: string;
	readonly at: string;
}

export interface Boxed {
	/** What runs, as the sandbox sees it: an absolute program and its arguments. */
	readonly command: readonly string[];
	/** Files and folders that can only be read. */
	readonly readable: readonly Bound[];
	/** Files, there already, that can be written into; no others can be made beside them, nor links or pipes in their place. */
	readonly writable: readonly Bound[];
	readonly limits: Limits;
}

/** The user that everything in the sandbox runs as: nobody. */
export const NOBODY = 65_534;

/** Parts of the system that programs need; missing ones are left out. */
const SYSTEM = ['/etc/alternatives', '/etc/ld.so.cache', '/etc/fonts', '/etc/matplotlibrc'];

/**
 * The program to start and its arguments.
 *
 * Started by an ordinary user, one bubblewrap makes its own user namespace. Root is exempt from the limit on processes, even as "nobody" of a
 * user namespace that it made, so for root there are two: the outer one arranges the files with root's rights, then the user is really
 * changed, and the inner one is started as by an ordinary user.
 */
export function sandboxCommand(boxed: Boxed, root: boolean): readonly [string, ...string[]] {
	const limited = ['/usr/bin/prlimit', ...rlimits(boxed.limits), ...boxed.command];
	const closed = ['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'];
	const fresh = ['--proc', '/proc', '--dev', '/dev', '--size', String(boxed.limits.scratch), '--tmpfs', '/tmp', '--remount-ro', '/', '--chdir', '/tmp'];
	if (!root) return ['bwrap', ...closed, '--uid', String(NOBODY), '--gid', String(NOBODY), ...environment(boxed), ...files(boxed), ...fresh, ...limited];
	const outer = ['--die-with-parent', '--unshare-net', '--unshare-ipc', '--cap-drop', 'ALL', '--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID'];
	// The inner one may mount its own /proc only where it sees a whole one; it then lies over this one, for good.
	const host = ['--bind', '/proc', '/proc', '--dev', '/dev', '--remount-ro', '/'];
	const become = ['/usr/bin/setpriv', '--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups', '--no-new-privs'];
	return ['bwrap', ...outer, ...environment(boxed), ...files(boxed), ...host, ...become, 'bwrap', ...closed, '--dev-bind', '/', '/', ...fresh, ...limited];
}

function files({ readable, writable }: Boxed): readonly string[] {
	return [
		...['--ro-bind', '/usr', '/usr'],
		...['bin', 'sbin', 'lib', 'lib64'].flatMap((name) => ['--symlink', `usr/${name}`, `/${name}`]),
		// Made here, because folders that bubblewrap makes by the way can be entered by their owner only.
		...['--dir', '/etc', '--dir', '/tmp', '--dir', '/in', '--dir', '/out'],
		...SYSTEM.flatMap((path) => ['--ro-bind-try', path, path]),
		...readable.flatMap(({ path, at }) => ['--ro-bind', path, at]),
		...writable.flatMap(({ path, at }) => ['--bind', path, at]),
	];
}

function environment({ limits }: Boxed): readonly string[] {
	const threads = String(limits.threads);
	const variables = {
		PATH: '/usr/bin:/bin',
		HOME: '/tmp',
		TMPDIR: '/tmp',
		LANG: 'C.UTF-8',
		TZ: 'UTC',
		MPLBACKEND: 'Agg',
		MPLCONFIGDIR: '/tmp',
		PYTHONHASHSEED: '0',
		OMP_NUM_THREADS: threads,
		OPENBLAS_NUM_THREADS: threads,
		MKL_NUM_THREADS: threads,
		NUMEXPR_NUM_THREADS: threads,
	};
	return ['--clearenv', ...Object.entries(variables).flatMap(([name, value]) => ['--setenv', name, value])];
}

function rlimits(limits: Limits): readonly string[] {
	const cpu = Math.ceil(limits.seconds * Math.max(1, limits.threads)) + 5;
	return [`--as=${limits.memory}`, `--cpu=${cpu}`, `--nproc=${limits.processes}`, `--fsize=${limits.fileSize}`, '--nofile=256', '--core=0'];
}
