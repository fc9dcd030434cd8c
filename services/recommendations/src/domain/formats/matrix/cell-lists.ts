import { fold, parseSdg } from '@followthrough/vocabulary';
import { distinct } from '../words';

export interface ThemeLists {
  themes: string[];
  groups: string[];
  sdgs: string[];
}

const GROUPS =
  /^(affected persons|groups? of persons|persons affected|personnes (affectees|concernees)|groupes? de personnes|personas afectadas|grupos? de personas|الاشخاص|затрагиваемые|受影响)/;
const SDGS =
  /^(sdgs?|relevant sdgs?|sustainable development goals?|odd|ods|objectifs de developpement|objetivos de desarrollo)\b/;
const THEMES = /^(full list of themes|themes?|human rights themes|themes? et|temas?)\s*:/;

/**
 * A themes cell: labels a line, then `Affected persons:` or `Groups of Persons:` with labels, in cycle 3 also
 * `SDGs:`. Cycle 2 writes labels bare (`A12 Acceptance of ...`), later ones with a dash, and then a line without
 * one goes on with the label before.
 */
export function themeLists(cell: string): ThemeLists {
  const found: Record<keyof ThemeLists, string[]> = { themes: [], groups: [], sdgs: [] };
  const dashed = /^\s*[-–•]\s*\S/m.test(cell);
  let into: keyof ThemeLists = 'themes';
  let fresh = true;
  for (const line of cell.split(/\n/)) {
    const text = line.trim();
    if (text === '') continue;
    const list = headedList(text);
    if (list) {
      into = list;
      fresh = true;
      const rest = text.slice(text.indexOf(':') + 1).trim();
      if (text.includes(':') && rest !== '') found[into].push(...rest.split(/\s*;\s*/).map(bare));
      continue;
    }
    const labels = found[into];
    const goesOn = dashed && !/^[-–•]/.test(text) && !fresh && /^\p{Ll}/u.test(text);
    if (goesOn && labels.length > 0) labels[labels.length - 1] += ` ${text}`;
    else labels.push(bare(text));
    fresh = false;
  }
  return { themes: distinct(found.themes), groups: distinct(found.groups), sdgs: sdgCodes(found.sdgs) };
}

/** Goals and targets of a cell, a line each or in a row: `- 5 - GENDER EQUALITY`, `SDG 5, 16.2`. */
export function sdgCodes(lines: string[]): string[] {
  return distinct(
    lines.flatMap((line) => {
      const single = parseSdg(line);
      if (single && !/^\W*(sdgs?\W*)?\d{1,2}(\.\w+)?\s*[,;]/i.test(line)) return [single];
      const codes = line.split(/[,;]|\band\b/).map((part) => parseSdg(part.trim()));
      return codes.every((code) => code !== null) ? codes : single ? [single] : [];
    }),
  );
}

function headedList(line: string): keyof ThemeLists | null {
  const text = fold(line);
  if (GROUPS.test(text)) return 'groups';
  if (SDGS.test(text) && !/^sdgs?\W*\d/.test(text)) return 'sdgs';
  return THEMES.test(text) ? 'themes' : null;
}

function bare(label: string): string {
  return label
    .replace(/^[-–•]\s*/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
