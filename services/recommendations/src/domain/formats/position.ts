import { fold } from '@followthrough/vocabulary';
import type { Position } from './types';

/**
 * Words for positions, in the order in which they are looked for: a partial answer contains the word of a whole
 * one. English, French, Spanish, Arabic, Russian, Chinese, as matrices and exports have them,
 * written here as `fold` leaves them.
 */
const words: [Exclude<Position, ''>, RegExp][] = [
  [
    'pending',
    /pending|under consideration|will be examined|to be examined|deferred|awaiting|en attente|en suspens|a l'examen|pendiente|en examen|en estudio|قيد|معلق|рассматрива|ожида|待定|审议中/,
  ],
  [
    'unclear',
    /unclear|no (clear )?(response|position|answer)|general response|not specified|imprecis|sans reponse|sin respuesta|غير واضح/,
  ],
  [
    'partly',
    /part(ly|ial|iel)|in part\b|in principle|en partie|en parte|parcial|en principe|supported\s*\/\s*noted|accepted\s*\/\s*noted|جزئي|частично|部分/,
  ],
  [
    'noted',
    /\bnoted\b|\bnotes\b|took note|takes note|not (supported|accepted|enjoy)|does not|did not|reject|\bnotee?s?\b|pris(es)? note|prend note|non (acceptee?|appuyee?|soutenue?)|refuse|toma(da)?s? (de )?nota|tomo nota|tomado nota|\banotad[ao]|no (aceptad|apoyad)|rechazad|احيط|علم|отклон|принят[аоы]? к сведению|注意到|未接受/,
  ],
  [
    'supported',
    /support|accept|enjoy|agreed|appuye|soutenu|\baceptad|\bapoyad|cuenta con|مويد|قبول|مقبول|تاييد|поддерж|принят|支持|接受/,
  ],
];

const exact: Record<string, Position> = {
  s: 'supported',
  a: 'supported',
  n: 'noted',
  yes: 'supported',
  no: 'noted',
  p: 'pending',
};

/** A list has few different words for positions, and hundreds of thousands of rows. */
const REMEMBERED = 1_000;
const known = new Map<string, Position | null>();

/** The position that a cell names; null where it names none that is known, '' where it is empty. */
export function positionOf(cell: string): Position | null {
  const before = known.get(cell);
  if (before !== undefined) return before;
  const position = positionIn(fold(cell));
  if (known.size < REMEMBERED) known.set(cell, position);
  return position;
}

function positionIn(text: string): Position | null {
  if (text === '' || /^[-–—.]+$/.test(text)) return '';
  return exact[text] ?? words.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
