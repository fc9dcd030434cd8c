import { reviewOfSymbol, sessionToCycle } from '@followthrough/vocabulary';
import { parseCycle, parseSession } from '../numbers';
import type { StateNames } from '../states';
import type { DocumentFacts } from '../types';
import { oneLine } from '../words';

/** What may tell which review a matrix belongs to, most trusted first. */
export interface HeadingSources {
  /** titles and paragraphs around the table, page headers and footers */
  text: string[];
  title: string;
  fileName: string;
}

type Facts = Pick<DocumentFacts, 'stateUnderReview' | 'stateUnderReviewRaw' | 'cycle' | 'session'>;

/** How titles name the State: `UPR of Slovenia (4th Cycle - 48th Session)`, `Examen périodique universel: ...`. */
const TITLES = [
  /(?:UPR|Universal Periodic Review|EPU|Examen p[ée]riodique universel|Examen Peri[óo]dico Universal)\s*(?:of|de la|de las|de los|de l['’]|del|de|des|du|d['’]|[-–:,])\s*(?:the\s+)?([^()\n]{3,70}?)\s*(?:\(|[-–,:]\s|\d|$|\bthematic|\bsecond\b|\bthird\b|\bfourth\b|\bfirst\b)/iu,
  /(?:State under review|[ÉE]tat (?:examin[ée]|faisant l['’]objet de l['’]examen)|Estado examinado)\s*[:–-]\s*([^()\n]{3,70})/iu,
  /(?:List of recommendations|recommendations)\s*[-–:]\s*([^()\n]{3,70}?)\s*(?:\(|$)/iu,
  /^([^()\n]{3,70}?)\s*\(?(?:first|second|third|fourth|1st|2nd|3rd|4th|\d+th)\s+(?:cycle|session)/iu,
];

/** State, cycle and session of a matrix; `symbol` of its report tells a session where nothing else does. A State is taken only where a name means exactly one. */
export function headingFacts(sources: HeadingSources, symbol: string | null, names: StateNames): Facts {
  const lines = [...sources.text, sources.title].map((line) => oneLine(line)).filter((line) => line !== '');
  const fileWords = wordsOfFileName(sources.fileName);
  const review = symbol === null ? null : reviewOfSymbol(symbol);
  const session = firstOf(lines, sessionIn) ?? sessionIn(fileWords) ?? review?.session ?? null;
  const cycle =
    firstOf(lines, cycleIn) ??
    (session && sessionToCycle(session)) ??
    cycleIn(fileWords) ??
    review?.cycle ??
    null;
  const titled = titledState(lines, names);
  const code = titled.code ?? stateAmong(lines, names) ?? stateAmong([fileWords], names);
  return { stateUnderReview: code, stateUnderReviewRaw: code ? null : titled.raw, cycle, session };
}

function titledState(lines: string[], names: StateNames): { code: string | null; raw: string | null } {
  let raw: string | null = null;
  for (const pattern of TITLES) {
    for (const line of lines) {
      const named = pattern.exec(line)?.[1]?.trim();
      if (!named) continue;
      const { code, suggestions } = names.mention(named);
      if (code) return { code, raw: named };
      if (suggestions.length > 0) raw ??= named;
    }
  }
  return { code: null, raw };
}

/** The only State whose name stands in these lines; null where there are several or none. */
function stateAmong(lines: string[], names: StateNames): string | null {
  const codes = new Set<string>();
  for (const line of lines) {
    if (line.length > 300) continue;
    const words = line.split(/[\s,;:()[\]_]+/).filter((word) => word !== '');
    for (let at = 0; at < words.length;) {
      const used = longestState(words, at, names);
      if (used.code) codes.add(used.code);
      at += used.words;
    }
  }
  return codes.size === 1 ? [...codes][0]! : null;
}

function longestState(
  words: string[],
  at: number,
  names: StateNames,
): { code: string | null; words: number } {
  for (let length = Math.min(7, words.length - at); length > 0; length -= 1) {
    const name = words.slice(at, at + length).join(' ');
    // Three capitals may be a code or just an abbreviation (UPR, NGO); a title that means a code is rare.
    if (name.length < 4) continue;
    const code = names.codeOf(name);
    if (code) return { code, words: length };
  }
  return { code: null, words: 1 };
}

function cycleIn(line: string): number | null {
  const around = /([\p{L}\d]+)\s*(?:UPR\s*)?(?:cycle|ciclo)\b|(?:cycle|ciclo)\s*(?:no\.?\s*)?(\d)/iu.exec(
    line,
  );
  return around ? parseCycle(around[2] ?? around[1]!) : null;
}

function sessionIn(line: string): number | null {
  const named =
    /(?:^|[^\d])(\d{1,2})\s*(?:st|nd|rd|th|e|[èe]me|er|[ªº.])?\s*(?:session|sesi[óo]n|per[ií]odo de sesiones)/iu.exec(
      line,
    );
  if (named) return parseSession(named[1]!);
  const behind =
    /(?:session|sesi[óo]n)\s*(?:no\.?\s*)?(\d{1,2})(?!\d)/iu.exec(line) ??
    /\b(?:UPR|EPU)[\s_-]*(\d{1,2})(?!\d)/iu.exec(line);
  return behind ? parseSession(behind[1]!) : null;
}

/** `UPR20__Slovenia_ThematicList` as words. */
function wordsOfFileName(name: string): string {
  return name
    .replace(/^.*[/\\]/, '')
    .replace(/\.[a-z]{3,4}$/i, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/%20/g, ' ')
    .replace(/[_\-.+\s]+/g, ' ')
    .trim();
}

function firstOf<T>(lines: string[], find: (line: string) => T | null): T | null {
  for (const line of lines) {
    const found = find(line);
    if (found !== null) return found;
  }
  return null;
}
