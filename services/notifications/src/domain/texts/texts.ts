import type { FilterField } from '@followthrough/contracts';
import type { MailLocale, PluralForms } from '@followthrough/mail';
import { ar } from './ar';
import { en } from './en';
import { fr } from './fr';

/** Everything that notifications say to people. `{…}` are filled in; `#` in plurals is the number. */
export interface Texts {
  /** `{states}` */
  subject: Record<'import' | 'immediate' | 'daily' | 'weekly', PluralForms>;
  correction: { subject: string; body: PluralForms; advice: string };
  /** `{changed}` */
  what: { recorded: string; revised: string; withdrawn: string };
  /** `{before}` */
  positionWas: string;
  pledge: string;
  /** `{states}` */
  from: string;
  more: PluralForms;
  seeAll: string;
  withoutState: string;
  /** `{filter}` */
  because: string;
  /** `{filter}` */
  stopOne: string;
  positions: Record<string, string>;
  fields: Record<FilterField, string>;
  changedFields: Record<string, string>;
  everything: string;
  none: string;
  follow: { subject: string; intro: string; button: string; validity: string };
  verify: { subject: string; intro: string; button: string; validity: string };
  test: { subject: string; body: string };
  page: {
    title: string;
    askAll: string;
    /** `{filter}` */
    askOne: string;
    button: string;
    done: string;
    unknown: string;
  };
}

export const textsIn: Record<MailLocale, Texts> = { en, fr, ar };

/** Fills `{name}` in a text. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
