/** A chart as one HTML file that works by itself: from a folder, without a network, under a strict policy. */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vegaSpec } from './draw.ts';
import { FONT } from './theme.ts';

const require = createRequire(import.meta.url);

/** The page's text. */
export async function chartPage(chart: Readonly<Record<string, unknown>>, title: string): Promise<string> {
	const spec = vegaSpec(chart);
	const [runtime, interpreter, font] = await Promise.all([runtimeText(), interpreterText(), fontFile()]);
	const config = typeof chart.config === 'object' && chart.config !== null && 'background' in chart.config ? String(chart.config.background) : '#ffffff';
	const background = /^#[0-9a-f]{3,8}$/i.test(config) ? config : '#ffffff';
	const dark = background === '#12161f';
	const scripts = [runtime, `var expressionInterpreter=(function(){${interpreter}})();\nvar spec=${scriptJson(spec)};\n${START}`].map(inScript);
	const style = `@font-face{font-family:Inter;src:url(data:font/woff2;base64,${font}) format('woff2');font-weight:100 900}
html,body{margin:0;background:${background};color-scheme:${dark ? 'dark' : 'light'};font-family:${FONT}}
body{display:flex;min-height:100vh;align-items:center;justify-content:center}
#chart{max-width:100%;overflow-x:auto}
#tip{position:fixed;z-index:2;pointer-events:none;visibility:hidden;padding:8px 11px;border-radius:8px;font-size:12.5px;line-height:1.55;max-width:320px;background:${dark ? '#2a3242' : '#ffffff'};color:${dark ? '#f2f4f8' : '#141a26'};box-shadow:0 4px 18px rgba(15,23,42,.18),0 0 0 1px rgba(15,23,42,.06)}
#tip b{font-weight:500;color:${dark ? '#a3adbd' : '#5a6475'};margin-right:8px}`;
	const hashes = [...scripts].map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
	const policy = `default-src 'none'; script-src ${hashes}; style-src 'unsafe-inline'; font-src data:; img-src data:`;
	return `<!doctype html>
<html lang="${/\p{Script=Han}/u.test(title) ? 'zh' : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main id="chart" role="img" aria-label="${escaped(title)}"></main>
<div id="tip" role="tooltip"></div>
${scripts.map((text) => `<script>${text}</script>`).join('\n')}
</body>
</html>
`;
}

/* Every text in the tip is set as text, so that no label of the data becomes markup. */
const START = `
var tip=document.getElementById('tip');
function showTip(handler,event,item,value){
	if(value===null||value===undefined||value===''){tip.style.visibility='hidden';return;}
	tip.replaceChildren();
	var entries=typeof value==='object'?Object.entries(value):[['',value]];
	entries.forEach(function(entry){
		var row=document.createElement('div'),name=document.createElement('b');
		name.textContent=entry[0];
		row.append(name,document.createTextNode(String(entry[1])));
		tip.append(row);
	});
	var box=tip.getBoundingClientRect(),x=event.clientX+14,y=event.clientY+14;
	if(x+box.width>innerWidth-8)x=event.clientX-box.width-14;
	if(y+box.height>innerHeight-8)y=event.clientY-box.height-14;
	tip.style.left=Math.max(4,x)+'px';tip.style.top=Math.max(4,y)+'px';tip.style.visibility='visible';
}
function refuse(){return Promise.reject(new Error('nothing is loaded'));}
function start(){
	new vega.View(vega.parse(spec,{},{ast:true}),{renderer:'svg',container:'#chart',hover:true,expr:expressionInterpreter,loader:{load:refuse,sanitize:refuse,http:refuse,file:refuse},tooltip:showTip}).runAsync();
}
if(document.fonts)document.fonts.load('12px Inter').then(start,start);else start();
`;

async function runtimeText(): Promise<string> {
	return readFile(join(dirname(require.resolve('vega/vega-schema.json')), 'vega.min.js'), 'utf8');
}

/** The interpreter is published as a module only: its one export becomes the value of a function, its import comes from the runtime. */
async function interpreterText(): Promise<string> {
	const text = await readFile(fileURLToPath(import.meta.resolve('vega-interpreter')), 'utf8');
	return text
		.replace(/^import\s*(\{[^}]*\})\s*from 'vega-util';$/gm, 'const $1 = vega;')
		.replace(/export\s*\{\s*(\w+) as expressionInterpreter\s*\};?/, 'return $1;')
		.replace(/\/\/# sourceMappingURL.*$/m, '');
}

async function fontFile(): Promise<string> {
	const folder = dirname(require.resolve('@fontsource-variable/inter/package.json'));
	return readFile(join(folder, 'files', 'inter-latin-wght-normal.woff2'), 'base64');
}

/** JSON that can stand in a script. */
function scriptJson(value: unknown): string {
	return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function inScript(text: string): string {
	return text.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
}

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
