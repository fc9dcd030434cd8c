/** The six languages of the United Nations. */
export const unLanguages = ['en', 'fr', 'es', 'ru', 'ar', 'zh'] as const;
export type UnLanguage = (typeof unLanguages)[number];

/** The UN language of a BCP 47 tag ("fr-CA": "fr"), English for all others. */
export function unLanguage(locale: string): UnLanguage {
  const language = locale.toLowerCase().split(/[-_]/, 1)[0];
  return unLanguages.find((known) => known === language) ?? 'en';
}
