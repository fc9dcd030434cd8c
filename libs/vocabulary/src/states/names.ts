import ar from '../gen/state-names.ar.json';
import en from '../gen/state-names.en.json';
import es from '../gen/state-names.es.json';
import fr from '../gen/state-names.fr.json';
import ru from '../gen/state-names.ru.json';
import zh from '../gen/state-names.zh.json';
import history from '../gen/state-history.json';
import { unLanguage, type UnLanguage } from '../locale';
import { type Period, within } from './period';

const names: Record<UnLanguage, Record<string, string>> = { en, fr, es, ru, ar, zh };

/** A short name that a State had at the United Nations, in six languages. */
export interface FormerName extends Period {
  code: string;
  names: Record<UnLanguage, string>;
}

/** Every former name, by code and then by time. */
export const formerNames: readonly FormerName[] = history;

/**
 * The short name of a State at the United Nations in one of its six languages, today or on a date
 * ("2014-11-04", "2014-11" or "2014"). English for other languages; the code itself where it is unknown.
 */
export function stateName(code: string, locale: string, on?: string): string {
  const language = unLanguage(locale);
  const former =
    on === undefined ? undefined : formerNames.find((one) => one.code === code && within(one, on));
  return former?.names[language] ?? names[language][code] ?? code;
}
