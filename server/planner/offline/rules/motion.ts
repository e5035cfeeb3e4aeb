/** Camera moves over a still or moving picture. */

import { variantsOf } from '../accept.ts';
import { ofType, type Rule } from '../wish.ts';

const STYLE =
	/(?:storytelling|story-?like|cinematic|documentary|gentle|gently|slow(?:ly)?|smooth(?:ly)?|ken[ -]burns|subtle|dramatic|steady|soft(?:ly)?|film-?like|narrative|calm|nice|动态|缓慢|慢慢|讲故事|电影感|叙事|平滑|缓缓|慢速|舒缓|故事感|轻轻|般|式)/g;

const move: Rule = (filling) => {
	filling.cover(STYLE);
	filling.cover(
		/still|slowly|gradually|closer|getting|creep\w*|sweep\w*|across|glid\w*|come alive|toward\w*|to the (?:left|right)|动起来|[移滑扫推摇动]|拉近|近|景|向[左右]|往[左右]|慢慢|感觉|镜头|感|zoom\w*|pan(?:s|ning)?|mov(?:e|es|ing)|motion|scroll\w*|drift\w*|slid(?:e|es|ing)|camera|effect|推近|拉远|镜头|移动|平移|滑动|运镜/g,
	);
	const params: Record<string, unknown> = {};
	const fields = variantsOf(filling.spec).flatMap((variant) => variant.fields);
	const choice = fields.find((field) => field.control === 'choice' && /motion|direction|move|zoom|way|towards?/.test(field.name));
	const values = (choice?.choices ?? []).map((one) => one.value);
	const pick = (...patterns: readonly RegExp[]) => values.find((value) => patterns.some((pattern) => pattern.test(value)));
	const direction = ofType(filling.slots, 'direction')[0];
	if (choice !== undefined) {
		let value: string | undefined;
		if (direction !== undefined) {
			filling.use(direction);
			value =
				pick(new RegExp(`^${direction.from}-(?:to-)?${direction.to}$`)) ??
				pick({ right: /^right$/, left: /^left$/, top: /^(?:up|top)$/, bottom: /^(?:down|bottom)$/ }[direction.to]);
		} else if (/zoom(?:s|ing|ed)? (?:it |slowly |gently )?out|zoom-out|pull(?:s|ing)? (?:back|out)|拉远|缩小|推远/.test(filling.text))
			value = pick(/^(?:zoom-)?out$/);
		else if (/zoom(?:s|ing|ed)? (?:it |slowly |gently )?in|zoom-in|push(?:es|ing)? in|closer|creep|推近|拉近|放大|推进|推镜/.test(filling.text))
			value = pick(/^(?:zoom-)?in$/);
		else if (/(?:to|towards?) the left|向左|往左/.test(filling.text)) value = pick(/^(?:left|right-to-left)$/);
		else if (/(?:to|towards?) the right|向右|往右|横移|横扫|横摇|sweep/.test(filling.text)) value = pick(/^(?:right|left-to-right)$/);
		else if (/(?:^|[^a-z])up(?:wards?)?(?![a-z])|向上|往上/.test(filling.text)) value = pick(/^(?:up|bottom-to-top)$/);
		else if (/(?:^|[^a-z])down(?:wards?)?(?![a-z])|向下|往下/.test(filling.text)) value = pick(/^(?:down|top-to-bottom)$/);
		if (value !== undefined) params[choice.name] = value;
		for (const side of ofType(filling.slots, 'side')) {
			if (
				side.gravity === 'centre' ||
				(value === 'left' && side.gravity === 'west') ||
				(value === 'right' && side.gravity === 'east') ||
				(value === 'up' && side.gravity === 'north') ||
				(value === 'down' && side.gravity === 'south')
			)
				filling.use(side);
			else if (fields.some((field) => field.name === 'x')) {
				filling.use(side);
				params.x = side.gravity.includes('west') ? 0 : side.gravity.includes('east') ? 100 : 50;
				params.y = side.gravity.includes('north') ? 0 : side.gravity.includes('south') ? 100 : 50;
			}
		}
	}
	const length = ofType(filling.slots, 'duration')[0];
	if (length !== undefined && fields.some((field) => field.name === 'duration')) {
		filling.use(length);
		params.duration = length.seconds;
	}
	return params;
};

export const MOTION: Readonly<Record<string, Rule>> = { 'video.ken-burns': move, 'video.zoom': move, 'video.pan': move };
