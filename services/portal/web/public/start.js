// Runs before anything is drawn: language, direction and theme of the page, and the files this visit needs first.
(function () {
  var root = document.documentElement;
  var known = ['en', 'fr', 'ar'];
  var stored = function (key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  var asked = [new URLSearchParams(location.search).get('lang'), stored('language')].concat(
    navigator.languages || [],
  );
  var language =
    asked
      .map(function (tag) {
        return (tag || '').slice(0, 2).toLowerCase();
      })
      .find(function (tag) {
        return known.indexOf(tag) >= 0;
      }) || 'en';
  root.lang = language;
  root.dir = language === 'ar' ? 'rtl' : 'ltr';
  var theme = stored('theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;

  var list = document.querySelector('meta[name="first-files"]');
  var files = list ? JSON.parse(list.content) : {};
  var preload = function (key) {
    if (!files[key]) return;
    var link = document.createElement('link');
    if (key.indexOf('font:') === 0) {
      link.rel = 'preload';
      link.as = 'font';
      link.type = 'font/woff2';
      link.crossOrigin = '';
    } else if (key.indexOf('names:') === 0) {
      link.rel = 'preload';
      link.as = 'fetch';
      link.crossOrigin = '';
    } else {
      link.rel = 'modulepreload';
    }
    link.href = files[key];
    document.head.appendChild(link);
  };
  preload('font:source-sans-3-latin-wght');
  preload('font:source-serif-4-latin-600');
  if (language === 'ar') preload('font:vazirmatn-arabic-wght');
  preload('public:' + language);
  preload('names:' + language);
  var at = location.pathname;
  var page = at === '/' ? 'overview' : /^\/recommendations\/./.test(at) ? 'recommendation' : at.split('/')[1];
  if (files['page:' + page]) {
    preload('page:' + page);
    var words = { recommendations: '', recommendation: 'one:', follow: 'follow:' }[page];
    if (words !== '') preload((words || 'pages:') + language);
  }
})();
