/**
 * The number of a session of the UPR Working Group: `19`, `19.0`, `- 50th Session - January 2026`, `Session 7`,
 * `44 - November 2023`. Null where there is none from 1 to 99.
 */
export function parseSession(cell: string): number | null {
  const found =
    /^(\d{1,2})(?:\.0+)?$/.exec(cell) ??
    /(\d{1,2})\s*(?:st|nd|rd|th|e|er|ere|eme|ème|ᵉ|º|ª|\.)?\s*(?:session|sesi[oó]n|período de sesiones|s\.)/i.exec(
      cell,
    ) ??
    /(?:session|sesi[oó]n|upr|epu)\s*[-#:nº°.]*\s*(\d{1,2})(?!\d)/i.exec(cell) ??
    /^\W*(\d{1,2})(?:st|nd|rd|th)?\s*[-–(]/i.exec(cell);
  const number = Number(found?.[1] ?? 0);
  return number >= 1 ? number : null;
}

const CYCLE_WORDS: [RegExp, number][] = [
  [/\b(first|1st|premier|primer|1er)\b/i, 1],
  [/\b(second|2nd|deuxi[eè]me|segundo|2e|2[eè]me)\b/i, 2],
  [/\b(third|3rd|troisi[eè]me|tercer|3e|3[eè]me|3er)\b/i, 3],
  [/\b(fourth|4th|quatri[eè]me|cuarto|4e|4[eè]me|4to)\b/i, 4],
  [/\b(fifth|5th|cinqui[eè]me|quinto|5e|5[eè]me)\b/i, 5],
];

/** The cycle that a cell names: `3`, `Cycle 3`, `3rd cycle`, `Troisième cycle`. */
export function parseCycle(cell: string): number | null {
  const number = /^(?:cycle|ciclo)?\s*([1-9])(?:\.0+)?$/i.exec(cell.trim())?.[1];
  if (number) return Number(number);
  return CYCLE_WORDS.find(([pattern]) => pattern.test(cell))?.[1] ?? null;
}
