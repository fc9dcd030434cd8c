/** The languages of the web application. Each has a complete catalogue under `lang/`. */
export const locales = ['en', 'fr', 'ar'] as const;
export type Locale = (typeof locales)[number];

/** Each language in its own words, for the language menu. */
export const ownName: Record<Locale, string> = { en: 'English', fr: 'Français', ar: 'العربية' };

/** What `Intl` is asked for: day before month in English, Latin digits in Arabic. */
export const formatLocale: Record<Locale, string> = { en: 'en-GB', fr: 'fr', ar: 'ar-u-nu-latn' };

export function isLocale(tag: unknown): tag is Locale {
  return typeof tag === 'string' && (locales as readonly string[]).includes(tag);
}

/** The language `start.js` chose before the page was drawn. */
export function documentLocale(): Locale {
  const tag = document.documentElement.lang;
  return isLocale(tag) ? tag : 'en';
}

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'dv', 'ku', 'sd', 'yi']);

/** Direction of a text in the given language (BCP 47); `auto` where the language is not known. */
export function directionOf(language: string): 'rtl' | 'ltr' | 'auto' {
  if (!language) return 'auto';
  return rightToLeft.has(language.slice(0, 2).toLowerCase()) ? 'rtl' : 'ltr';
}

/** Makes the document speak the language and remembers it for the next visit. */
export function applyLocale(locale: Locale): void {
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
  remember('language', locale);
}

/** Stores a preference of this browser; a browser that forbids storage just forgets. */
export function remember(key: 'language' | 'theme', value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Private windows of some browsers refuse; the preference then lasts as long as the page.
  }
}
