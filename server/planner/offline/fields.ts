/** Words that belong to the field of a node: understood where the node is there, a question where it isn't. */
import type { Goal, Span } from './text.ts';

const FIELDS: readonly (readonly [RegExp, RegExp])[] = [
	[
		/\.trim$/,
		/剪出?|截出?|切|留头|头|开头|结尾|保留|后面的?|前面的?|其他|剩下的?|左右|(?<![a-z])(?:everything|left|opening|remaining|remains?|cut|shorten\w*|rest|else|first|beginning|bits?|stop|kept|stays?)(?![a-z])/g,
	],
	[
		/\.(?:resize|scale)$/,
		/缩[小放到成]*|压[成到]?|变小|统一|尺寸|大小|(?<![a-z])(?:across|size[sd]?|max|maximum|shrunk|scaled?|down ?scaled?|resolution|dimensions?)(?![a-z])/g,
	],
	[
		/\.ken-burns$/,
		/移动?|滑动?|扫|推|摇|景|慢慢|缓缓|拉近|拉远|近|镜头|感觉?|故事|(?<![a-z])(?:still|slowly|slow|closer|getting|gradually|camera|scene|panorama|lens|cinematic|feel(?:ing)?|landscape)(?![a-z])/g,
	],
	[
		/^document\.pages$/,
		/拆[成分]?|一页|每页|页|讲义|课件|清晰度|分辨率|(?<![a-z])(?:split|one|per|page|pages|individual|inch(?:es)?|dots|handout|slides?|deck|resolution|2 images|render\w*|rasteri[sz]e\w*)(?![a-z])/g,
	],
	[
		/^image\.stitch$/,
		/上下|从上到下|合成|拼接?成?|连成|竖|包含|包括|(?<![a-z])(?:under|below|beneath|underneath|glued?|vertical(?:ly)?|tall|join(?:ed)?|stack(?:ed)?|strip|scroll(?:ing)?|continuous|stuck)(?![a-z])/g,
	],
	[/^image\.palette$/, /包含|包括|主要|最|几种|取色?|(?<![a-z])(?:pull|important|main|dominant|key|common|swatch(?:es)?|used|palette)(?![a-z])/g],
	[
		/^chart\./,
		/交互式?|能交互|版|看看|看一下|瞧瞧|横轴|纵轴|[xy]\s*轴|[横纵]坐标|坐标轴?|轴|上色|着色|颜色区分|色|一张图|一目了然|(?<![a-z])(?:x|y|ax[ei]s|axes|dots?|points?|one point|against|bars?|columns?|relate[sd]?|relation(?:ship)?s?|relat\w+|correlat\w+|interactive|visual(?:ly)?|picture|nice|clear|colou?r(?:ed)?|labels?|coordinates?|graphically)(?![a-z])/g,
	],
	[/^chart\.scatter$/, /越[高低大小多少长短快慢]*|关系|吗|(?<![a-z])(?:there|relate|correlat\w+|depends?|goes|with)(?![a-z])/g],
	[/^chart\.line$/, /走势|趋势|变化|(?<![a-z])(?:over|time|trend|develop\w*|course)(?![a-z])/g],
	[
		/^image\.qr$/,
		/扫码|扫一扫|扫描?|打开|跳转|访问|能|码|(?<![a-z])(?:open(?:s|ing)?|scann?\w*|link(?:s|ing)?|leads?|points?|goes|website|customers?|people|phones?)(?![a-z])/g,
	],
	[/(?:watermark-image|overlay)$/, /角落?|贴|(?<![a-z])(?:stick|stuck|corner|place[d]?|logo|brand|badge|position(?:ed)?|over)(?![a-z])/g],
	[/(?:watermark-text|video\.text)$/, /角落?|字样?|整张|(?<![a-z])(?:corner|over|saying|says|everywhere|written|placed?|position(?:ed)?)(?![a-z])/g],
	[/\.crop$/, /方[形的图]?|裁[成剪切]?|居中|正中|(?<![a-z])(?:crop\w*|cent(?:er|re)(?:ed)?|middle|format|shape|vertical|portrait|landscape)(?![a-z])/g],
	[
		/\.pad$/,
		/上下|左右|竖屏?|横屏?|边|(?<![a-z])(?:vertical|portrait|landscape|bars?|behind|around|letterbox\w*|pillarbox\w*|fit(?:ted)?|whole|visible)(?![a-z])/g,
	],
	[/\.background$/, /透明|背景|底|白色|换成?|(?<![a-z])(?:behind|transparen\w*|background|underneath|see-through)(?![a-z])/g],
	[/\.tint$/, /做旧|怀旧|老照片|(?<![a-z])(?:old-?timey|old|vintage|retro|look|nostalgic|feel|colou?rs?)(?![a-z])/g],
	[/\.(?:concat|union)$/, /两个|两段|拼|接|首尾|一起|成一|上下|(?<![a-z])(?:two|both|three|all|under|below|together|joined|one|each)(?![a-z])/g],
	[/^video\.(?:add-audio)$/, /配|换|替换|原来|背景|音乐|(?<![a-z])(?:replaced?|swap(?:ped)?|music|song|track|background|original|sound(?:track)?)(?![a-z])/g],
	[/^(?:image|video)\.contact-sheet$/, /拼|缩略图|总览|(?<![a-z])(?:overview|thumbs?|thumbnails?|sheet|grid|one)(?![a-z])/g],
	[/^text\.count$/, /诗|字|词|行|文章|(?<![a-z])(?:poem|essay|words?|lines?|letters?|characters?|text|paper|document|article|long)(?![a-z])/g],
	[/^video\.(?:thumbnail|frames)$/, /截|一帧|画面|每隔?|隔|(?<![a-z])(?:frame|still|shot|screenshot|every|grab|capture|moment|mark|snapshot|image)(?![a-z])/g],
	[/\.(?:speed)$/, /倍速?|播放?|(?<![a-z])(?:times|faster|slower|speed|motion|pace|as|tempo|rate)(?![a-z])/g],
	[/\.save$/, /播放?|批量|夹|打开|(?<![a-z])(?:batch|bulk|wont|won't|again|re|convert\w*|animation|tv|compatible)(?![a-z])/g],
	[/^image\.(?:resize|save)$/, /产品图?|商品图?|产品照片?|宝贝图|(?<![a-z])(?:product|shots?|catalogu?e|items?)(?![a-z])/g],
];

/** The words of the goal that belong to nodes of the plan. */
export function fieldWords(goal: Goal, specs: Iterable<string>): Span[] {
	const ids = [...specs];
	return FIELDS.filter(([id]) => ids.some((spec) => id.test(spec))).flatMap(([, words]) =>
		[...goal.text.matchAll(words)].map((match) => ({ start: match.index, end: match.index + match[0].length })),
	);
}

/** What the result is for says nothing of how it is made: "for my website", 发朋友圈用. */
const PURPOSE =
	/(?:(?<![a-z])(?:for|in|into|on|as part of)|so (?:that )?(?:it|they) (?:plays?|works?|opens?|fits?|loads?)(?: fast| quickly| nicely)? (?:on|in|for)) (?:(?:my|our|the|an?|his|her|their|this|any|some|every|other) )?(?:(?:web|online|old|new|company|school|class|work|family|team) ?)?(?:shop|stores?|website|web ?site|site|web|blog|brochure|flyer|presentation|powerpoint|keynote|slides?|deck|newsletter|report|homepage|portfolio|project|friends?|mum|mom|dad|boss|wife|husband|grandma|kids?|colleagues?|client|customers?|phone|tv|laptop|tablet|ipad|iphone|android|whatsapp|slack|discord|wechat|menu|poster|class|school|work|lecture|social media|social|use|printing|fun)(?![a-z])|i(?:'m| am) (?:designing|making|building|writing|preparing|doing) (?:an? |my |our |the )?\w+(?: \w+)?(?=[:;,.])|(?:要|想|能|可以)?(?:发(?:到|在)?|用在|用于|放在?|传(?:到)?|在|给)(?:朋友圈|小红书|微信群?|微博|抖音|群里?|公众号|网店|网站|店铺|ppt|演示文稿|手机|电脑|电视|老师|同学|客户|老板|朋友)(?:里|上|中|里面)?(?:用|看|播放?|的)?|(?:朋友圈|小红书|微信|抖音|网店|网站)(?:专)?用/g;

/** Parts that speak of a purpose. */
export function purposes(goal: Goal): Span[] {
	return [...goal.text.matchAll(PURPOSE)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}
