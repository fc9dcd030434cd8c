import { fold } from '../fold';

const entities: Record<string, string> = {
  amp: '&',
  apos: "'",
  gt: '>',
  lt: '<',
  nbsp: ' ',
  quot: '"',
  rsquo: '’',
  lsquo: '‘',
  ndash: '–',
  eacute: 'é',
  egrave: 'è',
  ocirc: 'ô',
  icirc: 'î',
  uuml: 'ü',
  ccedil: 'ç',
  atilde: 'ã',
  iacute: 'í',
};

/** Text in which HTML character references that databases left behind (`&#40;Unknown&#41;`) are characters again. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name) return entities[String(name).toLowerCase()] ?? whole;
    const point = decimal ? Number(decimal) : parseInt(String(hex), 16);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/** Words that names of States have or lack without being other names. */
const smallWords = new Set('and et y the of de du des del la le les l d el los las and&'.split(' '));

export interface NameKey {
  /** Words in their order. */
  ordered: string;
  /** Words sorted: the same for "Korea, Republic of" and "Republic of Korea". */
  bag: string;
}

/**
 * What two spellings of one name share: letters without accents and case, `&` as "and", "St" as "saint", no
 * articles and no footnote marks. A misspelling has another key.
 */
export function nameKey(name: string): NameKey {
  const words = fold(decodeEntities(name))
    .replace(/[*†‡§]+/g, ' ')
    .replace(/(?<=\p{L})\.(?=\p{L}\b|\p{L}\.)/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .map((word) => (word === 'st' || word === 'ste' || word === 'sainte' ? 'saint' : word))
    .filter((word) => word !== '' && !smallWords.has(word) && word !== 'и');
  return { ordered: words.join(' '), bag: [...words].sort().join(' ') };
}
