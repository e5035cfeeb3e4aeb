// Before the first paint: the theme and language that were chosen, so that nothing flashes.
(function early() {
	try {
		var chosen = JSON.parse(localStorage.getItem('millwright.choices') || '{}');
		if (chosen.theme === 'light' || chosen.theme === 'dark') document.documentElement.dataset.theme = chosen.theme;
		var language = chosen.language || (navigator.language.indexOf('zh') === 0 ? 'zh' : 'en');
		document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
	} catch (_error) {
		// Storage is off: the defaults hold.
	}
})();
