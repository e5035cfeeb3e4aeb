/** The programs that some nodes need: how to see that they are there, and where they come from. */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from './say.mjs';

const LINUX = process.platform === 'linux';
const MODULES = ['pandas', 'matplotlib', 'sklearn', 'networkx', 'PIL'];

/**
 * `need`: the name that specs use for it. `find`: the program's path, without starting anything. `verify`: what is still missing of it, looked at
 * once for each version of this list. `without`: what people miss, where it isn't (only) nodes.
 */
export const TOOLS = [
	{
		name: 'ffmpeg',
		need: 'ffmpeg',
		find: () => onPath('ffmpeg') && onPath('ffprobe'),
		apt: ['ffmpeg'],
		brew: ['ffmpeg'],
		winget: ['Gyan.FFmpeg'],
	},
	{
		name: 'tesseract (English, Chinese)',
		need: 'tesseract',
		find: () => onPath('tesseract'),
		verify: async (path) => {
			const { output } = await run(path, ['--list-langs']);
			return ['eng', 'chi_sim'].filter((language) => !output.split(/\s+/).includes(language));
		},
		apt: ['tesseract-ocr', 'tesseract-ocr-eng', 'tesseract-ocr-chi-sim'],
		brew: ['tesseract', 'tesseract-lang'],
		winget: ['UB-Mannheim.TesseractOCR'],
	},
	{
		name: 'Python with pandas, matplotlib, scikit-learn, networkx, Pillow',
		need: 'python',
		// The sandbox shows a script nothing but /usr, so that another Python on PATH is of no use.
		find: () => (LINUX ? executable('/usr/bin/python3') : onPath('python3')),
		verify: async (path) => {
			const { output } = await run(path, ['-I', '-c', `import importlib.util as u; print(*[m for m in "${MODULES.join(' ')}".split() if not u.find_spec(m)])`]);
			return output.split(/\s+/).filter(Boolean);
		},
		apt: ['python3', 'python3-pandas', 'python3-matplotlib', 'python3-sklearn', 'python3-networkx', 'python3-pil'],
	},
	{ name: 'bubblewrap', need: 'sandbox', find: () => onPath('bwrap'), apt: ['bubblewrap'] },
	{
		name: 'fonts with Chinese',
		without: 'Chinese text in pictures and charts shows as boxes',
		find: () => (LINUX ? onPath('fc-list') : 'of the system'),
		verify: async (path) => (LINUX && (await run(path, [':lang=zh', 'file'])).output.trim() === '' ? ['zh'] : []),
		apt: ['fontconfig', 'fonts-noto-cjk'],
	},
];

/** For the tests in a browser. */
export const CHROMIUM = {
	name: 'Chromium',
	without: 'the tests in a browser are skipped',
	find: chromium,
	apt: ['chromium'],
	brew: ['--cask', 'chromium'],
	playwright: true,
};

function chromium() {
	const named = process.env.MILLWRIGHT_CHROMIUM;
	if (named && executable(named)) return named;
	const installed = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'].map(onPath).find(Boolean);
	return installed ?? fromPlaywright();
}

/** A Chromium that Playwright downloaded earlier. */
function fromPlaywright() {
	const caches = { darwin: 'Library/Caches/ms-playwright', win32: 'AppData/Local/ms-playwright' };
	const cache = join(homedir(), caches[process.platform] ?? '.cache/ms-playwright');
	const inside = ['chrome-linux/headless_shell', 'chrome-headless-shell-linux64/chrome-headless-shell', 'chrome-linux/chrome', 'chrome-linux64/chrome'];
	const folders = existsSync(cache)
		? readdirSync(cache)
				.filter((name) => name.startsWith('chromium'))
				.sort()
				.reverse()
		: [];
	return folders.flatMap((folder) => inside.map((path) => join(cache, folder, path))).find(executable);
}

/** The path of a program on PATH, looked up without starting it. */
export function onPath(name) {
	const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
	const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	return folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))).find(executable);
}

function executable(path) {
	try {
		accessSync(path, constants.X_OK);
		return path;
	} catch {
		return undefined;
	}
}
