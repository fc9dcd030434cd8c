import type { At } from '../api/recommendations';
import type { Words } from '../intl/words';

/** "sheet Matrix, row 88", "line 1,204", "table 1, row 19": where in a file something stands. */
export function placeInFile({ t, list }: Words, at: At): string {
  const parts: string[] = [];
  if (at.sheet) parts.push(t('at.sheet', { sheet: at.sheet }));
  if (at.table !== undefined) parts.push(t('at.table', { n: at.table }));
  if (at.row !== undefined) parts.push(t('at.row', { n: at.row }));
  if (at.cell) parts.push(t('at.cell', { cell: at.cell }));
  if (at.line !== undefined) parts.push(t('at.line', { n: at.line }));
  if (at.paragraph !== undefined) parts.push(t('at.paragraph', { n: at.paragraph }));
  return parts.length > 1 ? list(parts) : (parts[0] ?? '');
}
