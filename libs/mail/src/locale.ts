/** Languages in which mail is written. */
export type MailLocale = 'en' | 'fr' | 'ar';

export const mailLocales: readonly MailLocale[] = ['en', 'fr', 'ar'];

/** The nearest language we write: `fr-CH` gives French, anything unknown English. */
export function mailLocale(language: string | null | undefined): MailLocale {
  const base = (language ?? '').toLowerCase().split('-')[0];
  return mailLocales.find((locale) => locale === base) ?? 'en';
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ps', 'ur', 'dv', 'ckb', 'yi']);

/** Writing direction of a BCP 47 language; `auto` where the language is not known. */
export function directionOf(language: string): 'ltr' | 'rtl' | 'auto' {
  const base = language.toLowerCase().split('-')[0] ?? '';
  if (base === '' || base === 'und') return 'auto';
  return RIGHT_TO_LEFT.has(base) ? 'rtl' : 'ltr';
}

/** Numbers in mail: Latin digits in every language, Arabic too. */
export function mailNumber(locale: MailLocale, value: number): string {
  return new Intl.NumberFormat(locale === 'ar' ? 'ar-u-nu-latn' : locale).format(value);
}

/** Picks the plural form of a text by the language's own rules. `#` becomes the number. */
export function plural(locale: MailLocale, count: number, forms: PluralForms): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
  return form.replaceAll('#', mailNumber(locale, count));
}

export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
