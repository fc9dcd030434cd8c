import ar from './gen/sdg-titles.ar.json';
import en from './gen/sdg-titles.en.json';
import es from './gen/sdg-titles.es.json';
import fr from './gen/sdg-titles.fr.json';
import ru from './gen/sdg-titles.ru.json';
import zh from './gen/sdg-titles.zh.json';
import { unLanguage, type UnLanguage } from './locale';

const titles: Record<UnLanguage, Record<string, string>> = { en, fr, es, ru, ar, zh };

/**
 * The short title of a goal ("5": "Gender equality") or the text of a target ("16.2") in one of the six UN
 * languages, English for others; the code itself where it is unknown.
 */
export function sdgTitle(code: string, locale: string): string {
  return titles[unLanguage(locale)][code] ?? code;
}
