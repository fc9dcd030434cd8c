import type { MailLocale } from '@followthrough/mail';
import { ar } from './ar';
import { en } from './en';
import { fr } from './fr';
import type { Texts } from './shape';

export const textsIn: Record<MailLocale, Texts> = { en, fr, ar };

/** Fills `{name}` in a text. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
