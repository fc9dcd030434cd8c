import type { FilterField } from '@followthrough/contracts';
import type { PluralForms } from '@followthrough/mail';

/** Everything that notifications say to people. `{…}` are filled in; `#` in plurals is the number. */
export interface Texts {
  /** `{states}` */
  subject: Record<'import' | 'immediate' | 'daily' | 'weekly', PluralForms>;
  correction: { subject: string; body: PluralForms; advice: string };
  /** `{changed}` */
  what: { recorded: string; revised: string; withdrawn: string };
  /** `{kind}`, `{day}` */
  development: string;
  /** `{who}`, `{verdict}` */
  assessment: string;
  /** `{who}` */
  saidBy: string;
  /** Of the recommendations that a development is about. */
  alsoAbout: PluralForms;
  developmentKinds: Record<string, string>;
  verdicts: Record<string, string>;
  organisationClasses: Record<string, string>;
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
