import { fold } from '@followthrough/vocabulary';

/** Words for the columns of a list that says who leads on what, folded. */
const names = {
  id: ['recommendation id', 'recommendationid', 'id', 'external id'],
  symbol: ['symbol', 'document', 'document symbol', 'cote'],
  paragraph: ['paragraph', 'paragraphe', 'para'],
  institution: ['institution', 'lead institution', 'lead', 'institution responsable', 'chef de file'],
} as const;
type Column = keyof typeof names;

export type LeadPlaces = ReadonlyMap<Column, number>;

/** Where the columns stand, null where the first row names no institution, or nothing to find recommendations by. */
export function leadColumns(firstRow: readonly string[]): LeadPlaces | null {
  const found = new Map<Column, number>();
  for (const [at, heading] of firstRow.entries()) {
    const folded = fold(heading);
    const column = (Object.keys(names) as Column[]).find((one) =>
      (names[one] as readonly string[]).includes(folded),
    );
    if (column && !found.has(column)) found.set(column, at);
  }
  const findable = found.has('id') || (found.has('symbol') && found.has('paragraph'));
  return findable && found.has('institution') ? found : null;
}

/** What a row names; empty texts where it is silent. */
export function leadRow(places: LeadPlaces, cells: readonly string[]): Record<Column, string> {
  const cell = (column: Column) => cells[places.get(column) ?? -1]?.trim() ?? '';
  return {
    id: cell('id').toLowerCase(),
    symbol: cell('symbol'),
    paragraph: cell('paragraph'),
    institution: cell('institution'),
  };
}
