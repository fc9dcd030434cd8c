import fetchNames from 'virtual:names';
import type { MessageFormatElement } from 'react-intl';
import type { Locale } from './locale';
import type { Names } from './names';

export type MessageId = keyof typeof import('../../lang/en.json');
export type Messages = Record<string, MessageFormatElement[]>;
type Compiled = { default: Record<string, string | MessageFormatElement[]> };

const publicPart: Record<Locale, () => Promise<Compiled>> = {
  en: () => import('virtual:catalogue/en/public'),
  fr: () => import('virtual:catalogue/fr/public'),
  ar: () => import('virtual:catalogue/ar/public'),
};
const pagesPart: Record<Locale, () => Promise<Compiled>> = {
  en: () => import('virtual:catalogue/en/pages'),
  fr: () => import('virtual:catalogue/fr/pages'),
  ar: () => import('virtual:catalogue/ar/pages'),
};
const followPart: Record<Locale, () => Promise<Compiled>> = {
  en: () => import('virtual:catalogue/en/follow'),
  fr: () => import('virtual:catalogue/fr/follow'),
  ar: () => import('virtual:catalogue/ar/follow'),
};
const onePart: Record<Locale, () => Promise<Compiled>> = {
  en: () => import('virtual:catalogue/en/one'),
  fr: () => import('virtual:catalogue/fr/one'),
  ar: () => import('virtual:catalogue/ar/one'),
};
const workPart: Record<Locale, () => Promise<Compiled>> = {
  en: () => import('virtual:catalogue/en/work'),
  fr: () => import('virtual:catalogue/fr/work'),
  ar: () => import('virtual:catalogue/ar/work'),
};

/** What every page says in one language. */
export interface Language {
  locale: Locale;
  messages: Messages;
  names: Names;
}

export async function loadLanguage(locale: Locale): Promise<Language> {
  const [catalogue, names] = await Promise.all([publicPart[locale](), fetchNames[locale]()]);
  return { locale, messages: unpack(catalogue), names };
}

/** The words of the page of one recommendation. */
export async function loadOneMessages(locale: Locale): Promise<Messages> {
  return unpack(await onePart[locale]());
}

/** The words of the pages of following by mail. */
export async function loadFollowMessages(locale: Locale): Promise<Messages> {
  return unpack(await followPart[locale]());
}

/** The words of the other public pages. */
export async function loadPagesMessages(locale: Locale): Promise<Messages> {
  return unpack(await pagesPart[locale]());
}

/** The words of the pages behind sign-in, which show parts of the public ones too. */
export async function loadWorkMessages(locale: Locale): Promise<Messages> {
  const parts = await Promise.all([onePart, followPart, pagesPart, workPart].map((part) => part[locale]()));
  return Object.assign({}, ...parts.map(unpack)) as Messages;
}

/** Plain texts travel as strings; `formatMessage` without its parser takes parsed messages only. */
function unpack({ default: compiled }: Compiled): Messages {
  const entries = Object.entries(compiled).map(([id, message]): [string, MessageFormatElement[]] => [
    id,
    typeof message === 'string' ? [{ type: 0, value: message }] : message,
  ]);
  return Object.fromEntries(entries);
}
