/** Words that carry no wish of their own: function words, politeness, general verbs, names of the things at hand. */
export const FILLERS: ReadonlySet<string> = new Set(
	`a an the this that these those it its it's i me my mine we us our you your he she they them their of to into in on at as by for from with and or but so then than if is are be been was were am do does did
	doing done can could would should will shall may might must please kindly just only also too very really quite pretty rather nice nicely good well simply quickly easily hey hi hello thanks thank ok okay now here there
	make makes made making turn turned turning convert converted converting conversion change changed changing get gets getting want wants wanted need needs needed give gives create creates created creating produce produces generate
	generated generating put puts use uses using used take takes taking let lets have has had keep keeps kept set sets show shows shown do apply applied add adds added adding
	save saves saved saving export exports exported exporting output outputs render write writes store download file files version versions copy result results format formats folder
	each every all any some one ones both same new own other another which what that's i'd i'll i've like would'like able about around out up off over per via
	video videos clip clips movie movies film footage image images picture pictures photo photos pic pics gif document page thing things something attached given uploaded original source input
	be so much many more most less least exactly precisely total totally whole entire complete completely full fully final overall first finally next after before before while during again back
	want'd how come go goes going let's myself them'd ordinary normal regular standard usual typical proper simple plain single separate separately individual individually together
	name named called call size sized kind type way look looks looking like work works working play plays playing anywhere everywhere device devices phone computer web website online
	no not don't don without long length lasting lasts last runs running run should'be it'll possible right wide tall side edge colour color coloured colored seconds second sec secs s px pixels pixel high
	of'the percent degrees version's set'of bit little slightly smooth smoothly quality posting post upload mail email'able email-able attach friend boss team slideshow'd
	part section piece portion small tiny top resolution res animate animated upward upwards downwards definition middle'd
	pls plz pleaze thx ty cheers tks u ur r im ive id dont wont cant doesnt isnt w re gonna wanna gotta lol btw asap dear guys folks everyone hmm hm um maybe perhaps somehow basically actually whatever anything exactly needed necessary later today soon quick job sort kinda sorta
	couldn't wouldn't hope hoping love appreciate grateful help helping wonder wondering mind favour favor task idea ideas such because since though although therefore us them
	plus afterwards well besides additionally moreover extract grab sound sounds instead rather bit amount show
	equal equally end start beginning begin starts ending ends where when who whose`
		.split(/\s+/)
		.filter((word) => word !== ''),
);

/** The same for Chinese: what may remain between slots and node words. */
const HAN =
	`谢谢你 谢谢您 谢谢啦 谢谢 多谢 感谢 谢啦 拜托 辛苦了 辛苦 劳驾 麻烦你 麻烦您 你好 您好 哈喽 嗨 大家 亲 哈 哦 嘛 啦 呗 咯 喔 哎 诶 嗯 那种 这种 的话 之类 文件夹 看看 看一下 帮忙看看 给我看 一张图 一幅 包含 包括 一起 这里面 里头 咱 咱们 您帮 快点 尽快 急 随便 都行 都可以 就好了 就可以了 就行了 行吗 好吗 好不好 可以吗 行不行 怎样 怎么样 用来 需要的 一组 一批 太大了 太大 太长了 太小了 竖着 横着 竖 横 网页 网址 链接 两个字 几个字 字 这篇 篇 文章 声音 质量 速度 度 化 页面 一共 总共 提取 截取 抓取 取 取出 抽取 拿 来自 部分 时候 之内 里边 上面 其余 即 请帮我 请 帮我 帮忙 麻烦 能不能 可不可以 可以 能否 能 我想要 我想 我要 想要 想 需要 希望 把 将 给我 给 让 使 对 从 用 以 为 成 到 在 里面 里 中 上 下 的 地 得 了 着 过 吗 呢 吧 啊 呀 一下 一个 一张 一段 一份 一些 一点 些 个 张 段 份 条 首 幅 种
这个 这张 这段 这份 这些 这条 这首 这幅 这 那个 那些 那 它们 它 其 该 此 我的 我 你 您 他 她 们 每个 每一 每张 每 各个 各 所有 全部 都 整个 整 原来的 原来 原 新的 新 另外 另 同时 并且 并 然后 再 接着 最后 首先 先 之后 以后 后 前 和 与 及 以及 跟 或 还要 还 也 只 就 才 而且 而 且 但 不过
做成 做 变成 变 改成 改为 改 弄成 弄 转成 转换成 转换 转为 转 换成 换 制作 制成 生成 创建 得到 获得 输出 导出 保存为 保存成 保存 存为 存成 存储 存 另存 设为 设置 设成 设 调到 调整 调 处理 使用 进行 加 添加 加上 放 显示 展示
图片 照片 相片 图像 视频 影片 短片 文件 文档 图 格式 内容 画面 动图 片段 表格 数据 页面 普通 正常 标准 一般 简单 大小 尺寸 长度 时长 时间 宽度 高度 宽 高 秒 像素 效果 版本 样子 方式 形式 类型 颜色 背景 单独 分别 独立 是 有 要 需 会 应该 应 吧 好 很 非常 更 最 比较 左右 大约 大概 能够 方便 直接 全 整 什么 怎么 哪 位置 地方 即可 就行 就好 使其 让其 它变 不 别 没 无 于 按 由 向 往 至 起 之 所 被 含 带 出来 出 来 去 开始 结束`
		.split(/\s+/)
		.filter((word) => word !== '')
		.sort((one, other) => other.length - one.length);

/** Whether a character stands in a filler word of two characters or more, as the text has it. */
export function inFiller(text: string, at: number): boolean {
	return HAN.some((word) => {
		if (word.length < 2) return false;
		for (let i = word.indexOf(text.charAt(at)); i >= 0; i = word.indexOf(text.charAt(at), i + 1)) if (text.startsWith(word, at - i)) return true;
		return false;
	});
}

/** Characters of a run of Chinese text that no filler word covers. */
export function restOfHan(run: string): string[] {
	const rest: string[] = [];
	let current = '';
	for (let i = 0; i < run.length; ) {
		const word = HAN.find((one) => run.startsWith(one, i));
		if (word === undefined) {
			current += run.charAt(i);
			i++;
			continue;
		}
		if (current !== '') rest.push(current);
		current = '';
		i += word.length;
	}
	if (current !== '') rest.push(current);
	return rest;
}
