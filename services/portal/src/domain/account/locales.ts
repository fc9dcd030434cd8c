/** Languages of the pages and mails of the account. */
export const pageLocales = ['en', 'fr', 'ar'] as const;
export type PageLocale = (typeof pageLocales)[number];

/** The first language of ours among tags in order of preference, else English. */
export function pageLocale(...tags: (string | null | undefined)[]): PageLocale {
  for (const tag of tags) {
    const base = tag?.toLowerCase().split(/[-_]/)[0];
    const known = pageLocales.find((locale) => locale === base);
    if (known) return known;
  }
  return 'en';
}

/** Tags of an Accept-Language header (RFC 9110 §12.5.4), best first. */
export function acceptedLanguages(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return { tag: tag.trim(), quality: quality ? Number(quality.trim().slice(2)) : 1 };
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}
