import type { Words } from './words.ts';

/** Messages of the model planner: what can go wrong between here and a language model. None of them ever holds the key. */
export const model = {
	'model.no-key': {
		en: 'No key for the language model is set. Set OPENAI_API_KEY, save a key in the settings, or plan with --planner offline.',
		zh: '还没有设置语言模型的密钥。请设置 OPENAI_API_KEY，或在设置中保存密钥，也可以用 --planner offline 离线规划。',
	},
	'model.wrong-key': {
		en: '{host} did not accept the key. Check OPENAI_API_KEY or the key in the settings.',
		zh: '{host} 不接受这个密钥。请检查 OPENAI_API_KEY 或设置中的密钥。',
	},
	'model.not-allowed': {
		en: '{host} does not let this key use {model}. Choose another model in the settings or MILLWRIGHT_MODEL.',
		zh: '{host} 不允许这个密钥使用 {model}。请在设置或 MILLWRIGHT_MODEL 中换一个模型。',
	},
	'model.no-such-model': {
		en: '{host} has no model named {model}. Set MILLWRIGHT_MODEL to one that it has.',
		zh: '{host} 没有名为 {model} 的模型。请把 MILLWRIGHT_MODEL 设为它提供的模型。',
	},
	'model.quota': {
		en: 'The account at {host} has no credit left. Add credit there, or plan with --planner offline.',
		zh: '{host} 账户的额度已用完。请充值，或用 --planner offline 离线规划。',
	},
	'model.busy': {
		en: '{host} is taking no more requests just now. Try again in {seconds} s, or plan with --planner offline.',
		zh: '{host} 暂时不接受更多请求。请在 {seconds} 秒后重试，或用 --planner offline 离线规划。',
	},
	'model.context': {
		en: 'The question is longer than {model} can read. Give fewer inputs, or choose a model with a larger context.',
		zh: '内容超出了 {model} 能读取的长度。请减少输入，或换一个上下文更长的模型。',
	},
	'model.refused': { en: '{model} refused to answer: {reason}', zh: '{model} 拒绝回答：{reason}' },
	'model.unreachable': {
		en: 'Nothing answers at {host}. Check OPENAI_BASE_URL and that the server is running, or plan with --planner offline.',
		zh: '{host} 没有响应。请检查 OPENAI_BASE_URL 以及服务是否在运行，或用 --planner offline 离线规划。',
	},
	'model.cut': {
		en: 'The connection to {host} broke off before the answer was complete. Try again.',
		zh: '与 {host} 的连接在回答完成前中断了。请重试。',
	},
	'model.slow': {
		en: '{model} gave no answer within {seconds} s. Try again, or choose a faster model.',
		zh: '{model} 在 {seconds} 秒内没有给出回答。请重试，或换一个更快的模型。',
	},
	'model.too-long': {
		en: '{model} used up its {tokens} tokens before the plan was complete. Ask for fewer things at once, or choose another model.',
		zh: '{model} 在计划完成前用完了 {tokens} 个词元。请一次少要求一些，或换一个模型。',
	},
	'model.malformed': {
		en: '{model} answered three times with something that is not a plan. Choose another model, or plan with --planner offline.',
		zh: '{model} 三次给出的回答都不是有效的计划。请换一个模型，或用 --planner offline 离线规划。',
	},
	'model.failed': { en: '{host} answered with status {status}. Try again, or choose another model.', zh: '{host} 返回了状态 {status}。请重试，或换一个模型。' },
	'model.no-step': { en: 'Nothing in the plan does this.', zh: '计划中没有步骤完成这一项。' },
	'model.no-reason': { en: 'No reason was given.', zh: '没有说明原因。' },
	'model.unknown-reference': {
		en: 'Expected an earlier step or an input for {node}, got {value}. There are: {choices}.',
		zh: '{node} 应引用之前的步骤或输入，但得到的是 {value}。可用的有：{choices}。',
	},
	'model.no-such-change': { en: 'This change can not be made: {reason}', zh: '无法进行这项修改：{reason}' },
	'model.settings-unreadable': {
		en: 'The settings file {path} can not be read: {reason}. Mend or remove it.',
		zh: '无法读取设置文件 {path}：{reason}。请修复或删除它。',
	},
} as const satisfies Record<string, Words>;
