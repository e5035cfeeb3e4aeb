import { field, oneOf, task } from '../define.ts';

const look = {
	size: field.number({ title: { en: 'Size', zh: '尺寸' }, unit: 'px', min: 64, max: 4096, whole: true, logarithmic: true, default: 512 }),
	margin: field.number({
		title: { en: 'Margin', zh: '边距' },
		hint: { en: 'In squares of the code; cameras want 4.', zh: '以码点为单位；为便于识别建议为 4。' },
		phrases: { en: ['margin', 'quiet zone', 'border'], zh: ['边距', '留白'] },
		min: 0,
		max: 20,
		whole: true,
		default: 4,
	}),
	dark: field.colour({
		title: { en: 'Colour', zh: '颜色' },
		phrases: { en: ['colour', 'color', 'foreground', 'dark colour'], zh: ['颜色', '前景色'] },
		default: '#000000',
	}),
	light: field.colour({
		title: { en: 'Background', zh: '背景色' },
		phrases: { en: ['background', 'background colour', 'light colour'], zh: ['背景', '背景色', '底色'] },
		default: '#ffffff',
	}),
	correction: field.choice({
		title: { en: 'Error correction', zh: '纠错级别' },
		hint: { en: 'How much of it may be dirty or covered. With a logo it is always the highest.', zh: '允许被遮挡或污损的比例。带标志时始终使用最高级别。' },
		choices: {
			L: { en: 'Low (7 %)', zh: '低（7%）' },
			M: { en: 'Medium (15 %)', zh: '中（15%）' },
			Q: { en: 'High (25 %)', zh: '较高（25%）' },
			H: { en: 'Highest (30 %)', zh: '最高（30%）' },
		},
		default: 'M',
	}),
	logoSize: field.number({
		title: { en: 'Width of the logo', zh: '标志宽度' },
		phrases: { en: ['logo size'], zh: ['标志大小'] },
		unit: '%',
		min: 5,
		max: 30,
		default: 20,
	}),
};

/** Draws a QR code. The runner reads it back, so that what comes out is known to work. */
export default task({
	id: 'image.qr',
	version: 1,
	title: { en: 'QR code', zh: '二维码' },
	summary: {
		en: 'Make a QR code for a link, a text, a Wi-Fi network or a contact, with colours and a logo.',
		zh: '为链接、文字、Wi-Fi 或联系人生成二维码，可设置颜色和标志。',
	},
	phrases: {
		en: [
			'qr code',
			'qr',
			'qr-code',
			'qrcode',
			'qr code for',
			'make a qr code',
			'create a qr code',
			'generate a qr code',
			'qr code that opens',
			'qr code with logo',
			'qr code with our logo',
			'coloured qr code',
			'scannable code',
			'code to scan',
			'barcode for a link',
			'wifi qr code',
			'wi-fi code',
			'code for the guest wifi',
			'contact qr code',
			'vcard code',
			'business card code',
			'2d barcode',
			'matrix code',
			'link as a qr code',
			'url to qr',
			'qr for https',
			'qr image',
			'qr png',
			'scan to open',
			'qr sticker',
		],
		zh: [
			'二维码',
			'生成二维码',
			'做一个二维码',
			'制作二维码',
			'网址二维码',
			'链接转二维码',
			'带logo的二维码',
			'带标志的二维码',
			'彩色二维码',
			'wifi二维码',
			'无线网络二维码',
			'名片二维码',
			'联系人二维码',
			'扫码打开',
			'扫一扫',
			'qr码',
		],
	},
	inputs: { logo: { kind: 'image', optional: true, title: { en: 'Logo', zh: '标志' } } },
	outputs: { image: { kind: 'image', title: { en: 'QR code', zh: '二维码' } } },
	params: oneOf(
		'content',
		{ en: 'Content', zh: '内容' },
		{
			text: {
				title: { en: 'Link or text', zh: '链接或文字' },
				fields: {
					text: field.text({
						title: { en: 'Link or text', zh: '链接或文字' },
						phrases: { en: ['text', 'link', 'url', 'for'], zh: ['文字', '链接', '网址'] },
						min: 1,
						max: 3000,
					}),
					...look,
				},
			},
			wifi: {
				title: { en: 'Wi-Fi', zh: 'Wi-Fi' },
				fields: {
					network: field.text({
						title: { en: 'Network', zh: '网络名称' },
						phrases: { en: ['network', 'ssid', 'wifi name'], zh: ['网络', '网络名'] },
						min: 1,
						max: 100,
					}),
					password: field.text({
						title: { en: 'Password', zh: '密码' },
						hint: { en: 'Empty: an open network.', zh: '留空表示开放网络。' },
						max: 100,
						default: '',
					}),
					hidden: field.toggle({ title: { en: 'Hidden network', zh: '隐藏网络' }, default: false }),
					...look,
				},
			},
			contact: {
				title: { en: 'Contact', zh: '联系人' },
				fields: {
					name: field.text({ title: { en: 'Name', zh: '姓名' }, min: 1, max: 200 }),
					phone: field.text({ title: { en: 'Phone', zh: '电话' }, max: 50, optional: true }),
					email: field.text({ title: { en: 'E-mail', zh: '邮箱' }, max: 200, optional: true }),
					organisation: field.text({
						title: { en: 'Organisation', zh: '公司' },
						phrases: { en: ['company', 'organisation'], zh: ['公司', '单位'] },
						max: 200,
						optional: true,
					}),
					website: field.text({ title: { en: 'Website', zh: '网址' }, max: 500, optional: true }),
					...look,
				},
			},
		},
	),
	describe: ({ size, dark, light }) => {
		const alpha = [dark, light].some((colour) => colour.length === 9 && !/ff$/i.test(colour));
		return { image: { kind: 'image', width: size, height: size, frames: 1, duration: 0, alpha, format: null } };
	},
	example: { params: { content: 'text', text: 'https://example.org/menu', size: 256 }, inputs: {} },
});
