import type { PageLocale } from '../../domain/account/locales';
import { ar } from './texts/ar';
import { en, type PageTexts } from './texts/en';
import { fr } from './texts/fr';

export const pageTexts: Record<PageLocale, PageTexts> = { en, fr, ar };

export type { PageTexts };

/** Puts values into the places of a text. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
