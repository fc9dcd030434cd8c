import { fold } from '@followthrough/vocabulary';

const named: Record<string, RegExp> = {
  en: /^(en|eng|english|anglais|ingles|الانجليزيه)\b/,
  fr: /^(fr|fra|fre|french|francais|frances|الفرنسيه)\b/,
  es: /^(es|spa|spanish|espagnol|espanol|castellano|الاسبانيه)\b/,
  ar: /^(ar|ara|arabic|arabe|العربيه)/,
  ru: /^(ru|rus|russian|russe|ruso|русский)/,
  zh: /^(zh|chi|zho|chinese|chinois|chino|中文)/,
};

/** BCP 47 code of a named language, or the code itself; '' where the cell names none. */
export function languageNamed(cell: string): string {
  const text = fold(cell);
  const known = Object.entries(named).find(([, pattern]) => pattern.test(text))?.[0];
  return known ?? (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/.test(text) ? text : '');
}

/** Enough of a text to tell its language by. */
const SAMPLE_LETTERS = 240;

/** The language that a text is written in, of the six of the UN, by script and small words; English in doubt. */
export function languageOfText(text: string): string {
  if (/\p{Script=Arabic}/u.test(text)) return 'ar';
  if (/\p{Script=Cyrillic}/u.test(text)) return 'ru';
  if (/\p{Script=Han}/u.test(text)) return 'zh';
  const words = fold(text.slice(0, SAMPLE_LETTERS)).split(/[^\p{L}']+/u);
  const count = (small: Set<string>) => words.filter((word) => small.has(word)).length;
  const scores: [string, number][] = [
    ['en', count(english)],
    ['fr', count(french)],
    ['es', count(spanish)],
  ];
  return scores.sort((a, b) => b[1] - a[1])[0]![0];
}

const english = new Set('the and of to in for with on that by its their all continue'.split(' '));
const french = new Set(
  'le la les des du et de en pour aux dans que sur une un a son leurs toutes'.split(' '),
);
const spanish = new Set('el la los las del y de en para que con una un por sus todas a su al'.split(' '));
