/**
 * The same as a flow of Node-RED, without its editor: icons-node-red.mjs MODULES FROM TO USER_FOLDER.
 * Once: list the files, split them into messages, make each by sharp in a function node, join them again, stop.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join, parse } from 'node:path';
import sharp from 'sharp';

const [modules, from, to, userDir] = process.argv.slice(2);
const RED = createRequire(join(modules, 'package.json'))('node-red');
sharp.cache(false);
sharp.concurrency(1);
const make = async (name) => {
	await sharp(join(from, name))
		.resize({ width: 32 })
		.webp({ quality: 80 })
		.toFile(join(to, `${parse(name).name}.webp`));
};
let done;
const finished = new Promise((resolve) => {
	done = resolve;
});
const inFunction = (id, func, wires) => ({ id, type: 'function', z: 'flow', func, outputs: wires.length, wires, x: 0, y: 0 });
const flow = [
	{ id: 'flow', type: 'tab', label: 'icons' },
	{ id: 'begin', type: 'inject', z: 'flow', once: true, onceDelay: 0.1, repeat: '', crontab: '', props: [], wires: [['list']], x: 0, y: 0 },
	inFunction('list', "msg.payload = global.get('list')(); return msg;", [['split']]),
	{ id: 'split', type: 'split', z: 'flow', splt: '\\n', spltType: 'str', arraySplt: 1, arraySpltType: 'len', stream: false, wires: [['make']], x: 0, y: 0 },
	inFunction('make', "await global.get('make')(msg.payload); return msg;", [['join']]),
	{ id: 'join', type: 'join', z: 'flow', mode: 'auto', build: 'array', wires: [['end']], x: 0, y: 0 },
	inFunction('end', "global.get('done')(); return null;", []),
];
writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow));
RED.init(createServer(), {
	userDir,
	flowFile: 'flows.json',
	credentialSecret: false,
	httpAdminRoot: false,
	httpNodeRoot: false,
	logging: { console: { level: 'fatal', metrics: false, audit: false } },
	functionGlobalContext: { list: () => readdirSync(from).sort(), make, done },
	telemetry: { enabled: false, updateNotification: false },
});
await RED.start();
await finished;
process.exit(0);
