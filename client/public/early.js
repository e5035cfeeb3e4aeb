// Before the first paint: the theme and language that were chosen, so that nothing flashes.
try {
	const chosen = JSON.parse(localStorage.getItem('millwright.choices') || '{}');
	if (chosen.theme === 'light' || chosen.theme === 'dark') document.documentElement.dataset.theme = chosen.theme;
	const language = chosen.language || (navigator.language.startsWith('zh') ? 'zh' : 'en');
	document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
} catch {
	// Storage is off: the defaults hold.
}
