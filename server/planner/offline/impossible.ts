/** What Millwright can not do, said so that the refusal names it. */
import type { Words } from '../../../nodes/messages/words.ts';
import type { Goal, Span } from './text.ts';

interface Impossible {
	readonly pattern: RegExp;
	readonly what: Words;
	/** Would be possible with a language model. */
	readonly model?: true;
}

const IMPOSSIBLE: readonly Impossible[] = [
	{
		pattern:
			/(?:^|[^a-z])(?:e-?mail (?:it|this|them|the|me|him|her|to|[\w.]+@)|send (?:it|this|them|the|an? (?:e-?mail|message|sms))|text (?:it|this) to|message (?:it|this) to)[^,.;]*|发(?:送)?(?:到|给|个)?(?:邮件|邮箱|短信|微信)[^，。]*|(?:邮件|微信)发(?:送|给)[^，。]*/,
		what: { en: 'send messages or e-mail', zh: '发送邮件或消息' },
	},
	{
		pattern:
			/(?:^|[^a-z])(?:upload|post|publish|tweet|share)(?: (?:it|this|them|the \w+))* (?:to|on) (?:youtube|instagram|tiktok|twitter|x|facebook|my (?:blog|website|server|drive)|google drive|dropbox|the cloud|s3|ftp)[^,.;]*|上传到[^，。]*|发布到[^，。]*|发到(?:抖音|微博|朋友圈|小红书)/,
		what: { en: 'upload or publish files', zh: '上传或发布文件' },
	},
	{
		pattern:
			/(?:^|[^a-z])(?:clone|cloning|imitate|fake|synthesi[sz]e) (?:my|his|her|the|a|this|someone'?s?)? ?(?:\w+ )?voice[^,.;]*|voice (?:clone|cloning)|克隆[^，。]*声音|声音克隆|变声/,
		what: { en: 'clone voices', zh: '克隆声音' },
	},
	{
		pattern: /(?:^|[^a-z])(?:swap|replace|change|put) (?:the |my |his |her |two )?(?:\w+ )?faces?[^,.;]*|face ?-?swap|deep ?-?fake|换脸/,
		what: { en: 'swap faces', zh: '换脸' },
	},
	{
		pattern:
			/(?:^|[^a-z])(?:remove|erase|delete|take out|get rid of|cut out) (?:the |that |this |a )?(?:person|people|man|woman|car|tree|object|tourists?|stranger|guy|girl|boy|dog|cat|ex|wire|watermark|logo|text|subtitles?)(?:s)?(?: (?:from|in|out of|behind)[^,.;]*)?|(?:去掉|移除|擦除|抹去|p掉|去除)(?:照片|图片|画面|视频)?(?:里|中|上)?的?(?:人|路人|物体|水印|字幕|logo)/,
		what: { en: 'remove things from inside a picture', zh: '抹掉画面里的东西' },
	},
	{
		pattern: /(?:^|[^a-z])(?:remove|erase|delete|cut out) (?:the )?background(?! (?:noise|music))|background remov\w*|抠图|去(?:除|掉)?背景|移除背景/,
		what: { en: 'cut a subject out of its background', zh: '抠图、去背景' },
	},
	{ pattern: /(?:^|[^a-z])(?:translate|translation)[^,.;]*|翻译[^，。]*|译成[^，。]*/, what: { en: 'translate', zh: '翻译' }, model: true },
	{
		pattern:
			/(?:^|[^a-z])(?:summari[sz]e (?:the |this )?(?:text|document|paper|report|article|pdf|story|meeting|book)|summary of (?:the|this) (?:text|document|paper|article|pdf|book))[^,.;]*|总结(?:一下)?(?:这|文|报告|论文|全文)?[^，。]*|概括[^，。]*|摘要/,
		what: { en: 'summarise texts', zh: '总结文章' },
		model: true,
	},
	{
		pattern:
			/(?:^|[^a-z])(?:describe (?:the|this|what)|what(?:'s| is) (?:in|on) (?:the|this) (?:image|picture|photo|video)|caption this|write (?:a |an |me )?(?:essay|poem|story|article|blog|strategy|marketing|letter|song)|rewrite|paraphrase|proofread)[^,.;]*|描述(?:一下)?(?:这|图|画)[^，。]*|写(?:一)?(?:篇|首|封)[^，。]*|改写|润色/,
		what: { en: 'write or understand texts and pictures by itself', zh: '自己写作或理解图文' },
		model: true,
	},
	{
		pattern:
			/(?:^|[^a-z])(?:transcri(?:be|pt|ption)|speech[- ]to[- ]text|subtitles? (?:for|from)|generate (?:the )?(?:subtitles?|captions?)|add (?:automatic )?subtitles)[^,.;]*|语音转文字|转写|转成文字稿|听写|(?:生成|加|自动)字幕/,
		what: { en: 'turn speech into text', zh: '语音转文字' },
	},
	{
		pattern: /(?:^|[^a-z])(?:text[- ]to[- ]speech|read (?:it|this|the \w+) (?:aloud|out)|narrate|voice ?-?over|speak)[^,.;]*|朗读|文字转语音|配音/,
		what: { en: 'turn text into speech', zh: '文字转语音' },
	},
	{
		pattern:
			/(?:^|[^a-z])(?:draw|paint|generate|imagine|design|create) (?:me )?(?:a |an )(?:picture|image|photo|painting|drawing|illustration|logo|dragon|cat|dog|landscape|portrait|video|film|song) (?:of|with|about|showing)[^,.;]*|画一(?:只|个|幅|张|条)(?![^，。]*图)[^，。]*|生成一(?:张|幅|段)[^，。]*(?:的图|照片|视频)/,
		what: { en: 'invent pictures or films', zh: '凭空生成图片或视频' },
	},
	{
		pattern:
			/(?:^|[^a-z])(?:isolate|separate|extract|remove) (?:the )?(?:vocals?|voice|singer|instruments?|drums|karaoke)[^,.;]*|make (?:a )?karaoke|人声分离|去人声|提取人声|伴奏/,
		what: { en: 'separate voices from music', zh: '分离人声和伴奏' },
	},
	{
		pattern: /(?:^|[^a-z])(?:noise reduction|denoise|remove (?:the )?(?:background )?noise|clean up the (?:audio|sound))[^,.;]*|降噪|去(?:除)?(?:背景)?噪音/,
		what: { en: 'remove noise', zh: '降噪' },
	},
	{
		pattern:
			/(?:^|[^a-z])(?:colou?ri[sz]e|restore|unblur|deblur|super-?resolution|enhance the face|ai upscale|upscale with ai)[^,.;]*|(?:黑白)?照片?上色|修复老照片|去模糊|超分/,
		what: { en: 'restore or colourise pictures', zh: '修复照片或上色' },
	},
	{
		pattern:
			/(?:^|[^a-z])(?:detect|recogni[sz]e|identify|find|count|blur|track) (?:the |all |every )?(?:faces?|objects?|people|persons?|cars?|animals?|license plates?|number plates?)(?: in[^,.;]*)?|(?:人脸|物体|车牌)(?:识别|检测|打码)|识别(?:人脸|物体|车牌)|给?人脸打码/,
		what: { en: 'recognise faces or things', zh: '识别人脸或物体' },
	},
	{
		pattern:
			/(?:^|[^a-z])(?:print (?:it|this|them|\d+ copies)|order prints|buy|book (?:a|me)|call (?:me|him|her)|remind me|schedule (?:it|this|a))[^,.;]*|打印|打电话|提醒我|定时/,
		what: { en: 'act outside of files', zh: '做文件以外的事' },
	},
	{
		pattern: /(?:^|[^a-z])(?:download|scrape|fetch|crawl)(?: \w+)* (?:from|the (?:web|internet|page|site))[^,.;]*|下载|爬取|抓取(?:网页|网站)/,
		what: { en: 'fetch things from the internet', zh: '从网上抓取内容' },
	},
	{
		pattern: /(?:^|[^a-z])(?:stabili[sz]e|stabili[sz]ation|remove (?:the )?shak\w*|less shaky)[^,.;]*|防抖|稳定(?:画面|视频)|去抖动/,
		what: { en: 'stabilise videos', zh: '视频防抖' },
	},
	{
		pattern: /(?:^|[^a-z])(?:un-?lock|remove the password|decrypt|crack|bypass)[^,.;]*|解密|去(?:除|掉)密码|破解/,
		what: { en: 'remove passwords', zh: '去除密码' },
	},
	{
		pattern:
			/(?:^|[^a-z])(?:predict|forecast|machine learning|train a|random forest|neural|regression|cluster(?:ing)?(?! (?:column|by)))[^,.;]*|预测[^，。]*|训练[^，。]*|随机森林|回归分析|聚类/,
		what: { en: 'train models or forecast', zh: '训练模型或预测' },
	},
	{
		pattern:
			/(?:^|[^a-z])(?:ocr|searchable pdf|text (?:in|from) (?:this|the) (?:image|picture|photo|scan|screenshot)|read the text (?:in|on|from))[^,.;]*|识别[^，。]*文字|文字识别|提取图(?:片|中)[^，。]*文字|图片转文字/,
		what: { en: 'read text in pictures', zh: '识别图片中的文字' },
	},
	{
		pattern:
			/(?:^|[^a-z])(?:dashboard|world map|on a map|heat ?map|correlation(?: matrix)?|significance test|word ?cloud|treemap|sankey|3-?d chart|candlesticks?|box ?plots?|histogram|network graph|bar[- ]chart race)[^,.;]*|热力图|词云|桑基图|地图|仪表盘|看板|箱线图|直方图|k线图|蜡烛图/,
		what: { en: 'draw this kind of chart', zh: '绘制这种图' },
	},
];

export interface Refused {
	readonly span: Span;
	readonly what: Words;
	readonly model: boolean;
}

/** Parts of the goal that are known to be impossible; `can`: patterns that some node now serves after all. */
export function impossiblesOf(goal: Goal, quoted: readonly Span[], given = false): Refused[] {
	return IMPOSSIBLE.flatMap((one) => {
		const match = one.pattern.exec(goal.text);
		if (match === null) return [];
		// What is made of a file at hand isn't invented.
		if (given && one.what.en === 'invent pictures or films' && /[这把将用]|照片|图片|动图|gif|(?<![a-z])(?:this|that|the|my|these)(?![a-z])/.test(goal.text))
			return [];
		const offset = /^[^a-z\u4e00-\u9fff]/.test(match[0]) ? 1 : 0;
		const span = { start: match.index + offset, end: match.index + match[0].length };
		if (quoted.some((quote) => quote.start <= span.start && span.start < quote.end)) return [];
		return [{ span, what: one.what, model: one.model === true }];
	});
}
