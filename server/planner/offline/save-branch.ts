/** The end of a branch → a node that saves, with what the goal says of the file. */
import { fieldsOf } from '../../../nodes/define.ts';
import { freshId } from '../assemble.ts';
import { type Link, mainPort } from './chain.ts';
import type { GoalState } from './goal-state.ts';
import type { Branch } from './media.ts';
import { promiseOf } from './promise.ts';
import type { Reading } from './reading.ts';
import type { savingOf } from './saving.ts';
import type { Slot } from './slots/slot.ts';

/** Saves a branch and promises what can be checked of its file. */
export function saveBranch(
	state: GoalState,
	reading: Reading,
	branch: Branch,
	saving: NonNullable<ReturnType<typeof savingOf>>,
	at: string,
	links: readonly Link[],
): void {
	const id = freshId(saving.spec.id, state.work.nodes);
	const params: Record<string, unknown> = { format: saving.format };
	const fields = fieldsOf(saving.spec.params, params);
	for (const slot of reading.slots) {
		if (state.used.has(slot)) continue;
		if (slot.type === 'percent' && fields.some((field) => field.name === 'quality') && /quality|compress|质量|画质|压缩/.test(state.goal.text))
			set(state, params, 'quality', slot.value, slot);
		if (slot.type === 'number' && fields.some((field) => field.name === 'quality') && /quality|质量|画质/.test(state.goal.text))
			set(state, params, 'quality', slot.value, slot);
		if (slot.type === 'count' && /loop|times|次|遍/.test(slot.noun) && fields.some((field) => field.name === 'loop'))
			set(state, params, 'loop', slot.value, slot);
		if (slot.type === 'count' && /colou?r|色/.test(slot.noun) && fields.some((field) => field.name === 'colours'))
			set(state, params, 'colours', slot.value, slot);
	}
	hintsOfSaving(
		state,
		params,
		fields.map((field) => field.name),
		saving.format,
	);
	const before = state.work.assumptions.length;
	state.work.addStep({ id, spec: saving.spec.id, params, from: [at] });
	state.outcome.assumptions.push(...state.work.assumptions.slice(before));
	if (saving.chosen)
		state.outcome.assume('planner.default-format', { format: saving.format.toUpperCase() }, { node: id, param: 'format', value: saving.format });
	if (branch.named !== null) state.outcome.ledger.push({ part: state.textOf(branch.named), status: 'done', node: id });
	state.checks.push(
		...promiseOf(
			state.goal,
			reading,
			{ id, format: saving.format, named: branch.target, kind: mainPort(saving.spec)?.kind ?? 'file' },
			links,
			{ nodes: state.work.nodes, edges: state.work.edges },
			state.work.known,
			(state.work.bindings.input?.length ?? 0) > 1,
			(link) => state.placed.get(link),
		),
	);
}

function set(state: GoalState, params: Record<string, unknown>, name: string, value: unknown, slot: Slot): void {
	params[name] = value;
	state.used.add(slot);
	state.covered.push(slot);
}

/** Words that speak of the file rather than of its content. */
function hintsOfSaving(state: GoalState, params: Record<string, unknown>, fields: readonly string[], format: string): void {
	const all = { start: 0, end: state.goal.text.length };
	const said = (pattern: RegExp) => state.cover(pattern, all);
	if (said(/loss-?less(?:ly)?|无损/g) && fields.includes('lossless')) params.lossless = true;
	if (said(/(?:keep|with|preserve)(?: the)? (?:exif|metadata|camera data)|保留(?:exif|元数据|拍摄信息)/g) && fields.includes('keepMetadata'))
		params.keepMetadata = true;
	said(/(?:strip|remove|without|drop|delete)(?: the| all)? (?:exif|metadata|camera data|gps|location)(?: data)?|去(?:除|掉)(?:exif|元数据|拍摄信息)/g);
	if (said(/h\.?265|hevc/g) && fields.includes('codec')) params.codec = 'h265';
	said(
		/h\.?264|plays? (?:anywhere|everywhere|on (?:any|every)\w*(?: \w+)?)|playable|compatible|随处可播|到处都能播放?|哪里都能播放?|通用|兼容|(?:for|on) (?:whatsapp|the web|my (?:website|phone|blog|slides|presentation)|social media|twitter|instagram|wechat|email)|universal/g,
	);
	if (said(/(?:play|loop)(?:s|ing)? (?:only )?once|no loop|only once|just once|once|(?:doesn't|don't|not) loop|只播放?一次|不循环/g) && fields.includes('loop'))
		params.loop = 1;
	said(/(?:that )?loop(?:s|ing|ed)?(?: for ?ever| endlessly| infinitely)?|for ?ever|endless(?:ly)?|infinit\w*|seamless(?:ly)?|循环播放|无限循环|循环/g);
	if (said(/high(?:est)? quality|best quality|max(?:imum)? quality|高质量|高画质|最高质量/g) && fields.includes('quality') && params.quality === undefined)
		params.quality = format === 'png' ? 100 : 95;
	if (
		said(
			/low(?:er)? quality|compress(?:ed|ing)?|optimi[sz]e[ds]?|(?:smaller|small|tiny|reduced?) (?:the )?(?:file ?)?size|smaller file|压缩|减小体积|低质量|体积小/g,
		) &&
		fields.includes('quality') &&
		params.quality === undefined
	) {
		const field = format === 'png' ? 80 : 60;
		params.quality = field;
		state.outcome.assume(
			'planner.default',
			{ en: { title: 'Save', param: 'quality', value: field }, zh: { title: '保存', param: '质量', value: field } },
			{ param: 'quality', value: field },
		);
	}
	for (const word of fields.includes('codec') ? ['av1', 'vp9'] : []) if (said(new RegExp(word, 'g')) && format === 'webm') params.codec = word;
}
