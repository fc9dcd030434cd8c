import { decode } from 'iconv-lite';

/** Single-byte encodings in which people's exports come, besides UTF-8. */
export const singleByteEncodings = ['windows-1252', 'macintosh', 'windows-1251', 'windows-1256'] as const;
export type SingleByteEncoding = (typeof singleByteEncodings)[number];

const scripts: Partial<Record<SingleByteEncoding, RegExp>> = {
  'windows-1251': /\p{Script=Cyrillic}/u,
  'windows-1256': /\p{Script=Arabic}/u,
};
const frequentLetters = new Set('éèàáâäãåçêëíñóôöúüøæœß'); // what names of persons and places are made of
const latin = /\p{Script=Latin}/u;
const sign = /[’‘“”–—…•«»°§€£\u00a0ºª]/u;

/**
 * The encoding in which `sample` (lines with bytes over 127) reads most like words. Scores each letter by its
 * neighbours: an accented letter among lower-case letters is likely, a capital or a sign inside a word is not.
 * On a tie the first of `singleByteEncodings` wins.
 */
export function likeliestEncoding(sample: Buffer): SingleByteEncoding {
  let best: SingleByteEncoding = singleByteEncodings[0];
  let bestScore = -Infinity;
  for (const encoding of singleByteEncodings) {
    const score = plausibility(decode(sample, encoding), encoding);
    if (score > bestScore) [best, bestScore] = [encoding, score];
  }
  return best;
}

function plausibility(text: string, encoding: SingleByteEncoding): number {
  const script = scripts[encoding];
  let score = 0;
  let signs = 0;
  let inWords = 0;
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i]!;
    if (letter <= '\x7f') continue;
    const before = text[i - 1] ?? ' ';
    const after = text[i + 1] ?? ' ';
    signs += 1;
    if (script?.test(letter)) {
      const points = inOwnScript(letter, before, after, script);
      if (points > 0) inWords += 1;
      score += points;
    } else score += /\p{L}/u.test(letter) ? latinLetter(letter, before, after, script) : signOf(text, i);
  }
  // A script of its own comes in whole words; a few lone letters of it are another encoding's signs.
  return script && inWords < signs * 0.6 ? -Infinity : score;
}

/** Whole words of a script: beside its own kind, in Cyrillic with capitals only in front. */
function inOwnScript(letter: string, before: string, after: string, script: RegExp): number {
  const lower = (other: string) => script.test(other) && other !== other.toUpperCase();
  if (letter !== letter.toLowerCase() && lower(before)) return -3;
  if (/[a-z]/i.test(before) || /[a-z]/i.test(after)) return -3;
  return script.test(before) || script.test(after) ? 2 : 0;
}

function latinLetter(letter: string, before: string, after: string, script?: RegExp): number {
  if (script || !latin.test(letter)) return -3;
  const amongLetters = /\p{Ll}/u.test(before) || /\p{Ll}/u.test(after);
  if (letter !== letter.toLowerCase()) return /\p{Ll}/u.test(before) ? -3 : amongLetters ? 1 : 0;
  if (!amongLetters) return /\p{L}/u.test(before + after) ? 0 : -1;
  return frequentLetters.has(letter) ? 2 : 1;
}

function signOf(text: string, at: number): number {
  const letter = text[at]!;
  const before = text[at - 1] ?? ' ';
  const after = text[at + 1] ?? ' ';
  if (/[\u0080-\u009f\ufffd\ue000-\uf8ff]/.test(letter)) return -10;
  if (!sign.test(letter)) return -2;
  const insideWord = /\p{L}/u.test(before) && /\p{L}/u.test(after);
  if (letter === '’') {
    if (!insideWord) return /\p{L}/u.test(before) ? 3 : 1;
    return /^(s|t|re|ve|ll|m|d)(?!\p{L})/u.test(text.slice(at + 1, at + 5)) ||
      /(^|[^\p{L}])(l|d|qu|n|s|c|j|m)$/iu.test(text.slice(Math.max(0, at - 3), at))
      ? 3
      : 0;
  }
  if (insideWord) return -1;
  if ('“‘«'.includes(letter)) return /\p{L}|\d/u.test(after) ? 3 : 0;
  if ('”»'.includes(letter)) return /[\p{L}\d.,;!?]/u.test(before) ? 3 : 0;
  return 2;
}
