import { fold } from '@followthrough/vocabulary';

/** The columns of UPR Info's database that make a record. The `Rgrp` and `Org` columns say nothing of the row. */
export type UprInfoColumn =
  'stateUnderReview' | 'text' | 'recommendingState' | 'response' | 'action' | 'issue' | 'session';

/** Headings of both generations of the export, and what the site itself called them on the page. */
const headings: Record<UprInfoColumn, string[]> = {
  stateUnderReview: ['sur', 'to', 'state under review'],
  text: ['recommendation', 'text'],
  recommendingState: ['rs', 'from', 'recommending state'],
  response: ['response'],
  action: ['action', 'action category'],
  issue: ['issue', 'issues'],
  session: ['session'],
};

/** Other columns of the export; a list with any column beyond these is somebody's own and read as such. */
const unread = /^(|id|no|#|cycle|(to-|from-)?(rgrp|org)|regional group|organi[sz]ations?)$/;

export type UprInfoColumns = Record<UprInfoColumn, number>;

/** Positions of the columns if these are the headings of UPR Info's export, in any order; null otherwise. */
export function uprInfoColumns(cells: readonly string[]): UprInfoColumns | null {
  const names = cells.map((cell) => fold(cell.replace(/^\ufeff/, '')));
  const columns = {} as UprInfoColumns;
  for (const column of Object.keys(headings) as UprInfoColumn[]) {
    const index = names.findIndex((name) => headings[column].includes(name));
    if (index < 0) return null;
    columns[column] = index;
  }
  const read = new Set(Object.values(columns));
  return names.every((name, index) => read.has(index) || unread.test(name)) ? columns : null;
}
