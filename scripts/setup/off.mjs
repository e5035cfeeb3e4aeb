/** Prints, as JSON, the titles of the nodes that need each of the tools named as arguments. Runs on the current Node. */
import { SPECS } from '../../nodes/catalogue.ts';

const titles = (need) =>
	SPECS.filter((spec) => spec.hidden !== true && (spec.needs?.includes(need) || (need === 'ffmpeg' && spec.medium === 'video'))).map((spec) => spec.title.en);
console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map((need) => [need, titles(need)]))));
