/** Pieces of time: trimming, speed, repetition. */
import { type Filling, ofType, type Rule } from '../wish.ts';

const trim: Rule = (filling) => {
	const duration = filling.input !== undefined && 'duration' in filling.input ? filling.input.duration : null;
	const edges = ofType(filling.slots, 'edge').filter((slot) => slot.unit === 'second' || slot.unit === 'half' || slot.unit === 'frame');
	const range = ofType(filling.slots, 'range')[0];
	if (range !== undefined) {
		filling.use(range);
		if (range.from === null && range.to !== null) return { keep: 'first', seconds: range.to };
		return { keep: 'range', from: range.from ?? 0, ...(range.to === null ? {} : { to: range.to }) };
	}
	for (const edge of edges) filling.use(edge);
	filling.cover(
		/remov\w*|drop\w*|delet\w*|skip\w*|trim(?:med|ming)?|cut(?:ting)?|lose|discard|chop\w*|keep\w*|get rid of|leave out|all but|everything but|except|extract|去掉|删掉|删除|跳过|剪掉|保留|截取|只要|除了|剪/g,
	);
	const [edge, second] = edges;
	const secondsOf = (one: (typeof edges)[number]) =>
		one.unit === 'half' ? (duration ?? 0) / 2 : one.unit === 'frame' ? one.count / (fpsOf(filling) ?? 25) : one.count;
	if (edge !== undefined && second !== undefined && edge.drop && second.drop && edge.which !== second.which && duration !== null) {
		const [head, tail] = edge.which === 'first' ? [edge, second] : [second, edge];
		return { keep: 'range', from: secondsOf(head), to: duration - secondsOf(tail) };
	}
	if (edge !== undefined) return { keep: edge.drop ? `drop-${edge.which}` : edge.which, seconds: round(secondsOf(edge)) };
	const length = ofType(filling.slots, 'duration')[0];
	if (length !== undefined) {
		filling.use(length);
		if (duration !== null && length.seconds > duration + 0.05 && !/\bby\s*$/.test(filling.goal.text.slice(0, length.start)))
			filling.refuse(String(length.seconds), 'past-end');
		if (/(?:^|[^a-z])(?:last|end|ending|final)(?![a-z])|最后|结尾|末尾/.test(filling.words) && !/drop|off|去|删|剪掉/.test(filling.words))
			return { keep: 'last', seconds: length.seconds };
		// "shorten it by two seconds" takes them off the end.
		if (
			/(?:shorten|cut|trim|reduce|shorter)\b.*\bby\s*$|(?:缩短|剪短|减少|短)了?\s*$/.test(filling.goal.text.slice(0, length.start)) ||
			/^\s*shorter/.test(filling.goal.text.slice(length.end))
		) {
			filling.assume('keep', 'drop-last');
			return { keep: 'drop-last', seconds: length.seconds };
		}
		if (!/first|start|beginning|opening|开头|前/.test(filling.text)) filling.assume('keep', 'first');
		return { keep: 'first', seconds: length.seconds };
	}
	return {};
};

function fpsOf(filling: Filling): number | null {
	const input = filling.input;
	if (input?.kind === 'video') return input.fps;
	return input?.kind === 'image' && input.frames !== null && input.duration ? input.frames / input.duration : null;
}

const FAST = /(?:^|[^a-z])(?:fast\w*|quick\w*|speed(?:ed|ing|s)?(?: it| this| the \w+)? ?up|speed|accelerat\w*|time-?lapse|hurry|rapid)|加速|快|提速|延时/;
const SLOW = /(?:^|[^a-z])(?:slow\w*|half(?: the)? speed|slo-?mo)|慢|减速/;

const speed: Rule = (filling) => {
	const slow = SLOW.test(filling.text) && !/(?:not|don't|less) (?:so )?slow/.test(filling.text);
	const fast = FAST.test(filling.text);
	const factor = ofType(filling.slots, 'factor')[0];
	const percent = ofType(filling.slots, 'percent')[0];
	const length = ofType(filling.slots, 'duration')[0];
	filling.cover(/(?:fast|slow)(?:er)?(?: motion)?|speed/g);
	if (factor !== undefined) {
		filling.use(factor);
		const value = slow && factor.value > 1 ? 1 / factor.value : factor.value;
		return { factor: round(fast && !slow && value < 1 && /faster/.test(filling.text) ? 1 / value : value) };
	}
	if (percent !== undefined) {
		filling.use(percent);
		const relative =
			(/faster|slower|快|慢/.test(filling.text) || /\bby\s*$/.test(filling.goal.text.slice(0, percent.start))) &&
			!/(?:to|at|of) \d+\s*%|到|为/.test(filling.text);
		return { factor: round(relative ? (slow ? 1 - percent.value / 100 : 1 + percent.value / 100) : percent.value / 100) };
	}
	const duration = filling.input !== undefined && 'duration' in filling.input ? filling.input.duration : null;
	if (length !== undefined && duration !== null) {
		filling.use(length);
		return { factor: round(duration / length.seconds) };
	}
	const value = slow ? 0.5 : /time-?lapse|延时/.test(filling.text) ? 8 : 2;
	filling.assume('factor', value);
	return { factor: value };
};

const loop: Rule = (filling) => {
	const count = [...ofType(filling.slots, 'count').filter((slot) => /times|loop|repet|次|遍/.test(slot.noun)), ...ofType(filling.slots, 'factor')][0];
	if (count !== undefined) {
		filling.use(count);
		return { times: Math.round(count.value) };
	}
	if (/(?:^|[^a-z])twice(?![a-z])|两[遍次]/.test(filling.text)) return { times: 2 };
	const length = ofType(filling.slots, 'duration')[0];
	const duration = filling.input !== undefined && 'duration' in filling.input ? filling.input.duration : null;
	if (length !== undefined && duration !== null && duration > 0) {
		filling.use(length);
		return { times: Math.ceil(length.seconds / duration - 0.001) };
	}
	return {};
};

export const TIMES: Readonly<Record<string, Rule>> = { 'video.trim': trim, 'audio.trim': trim, 'video.speed': speed, 'audio.speed': speed, 'video.loop': loop };

function round(value: number): number {
	return Math.round(value * 1000) / 1000;
}
