import { stateName } from '@followthrough/vocabulary';
import type { Inspection } from './inspection';

const FORMATS: Record<Inspection['format'], string> = {
  'upr-info-csv': 'UPR Info export (CSV)',
  'upr-info-xls': 'UPR Info export (XLS)',
  'ohchr-matrix': 'OHCHR matrix, thematic list of recommendations',
  spreadsheet: 'spreadsheet',
};
const LISTED = 10;

/** An inspection for people. */
export function inspectionSummary(inspection: Inspection): string {
  const { file, counts, rejects, openQuestions, warnings } = inspection;
  return [
    `${file.name}  (${file.bytes.toLocaleString('en')} bytes)`,
    `  ${FORMATS[inspection.format]}${details(inspection)}`,
    ...facts(inspection),
    '',
    `  ${counted(counts.recommendations, 'recommendation')}${positions(counts.byPosition)}`,
    ...(counts.pledges > 0 ? [`  ${counted(counts.pledges, 'voluntary pledge')}`] : []),
    ...(counts.rejected > 0 ? [`  ${counted(counts.rejected, 'rejected row')}`] : []),
    ...section(
      'Rejected',
      rejects.map(({ at, reason, cure }) => `${place(at)}: ${reason} ${cure}`),
      counts.rejected,
    ),
    ...section('Names to be resolved', openQuestions.map(question), openQuestions.length),
    ...section('Note', warnings, warnings.length),
    ...(inspection.missing.includes('stateUnderReview')
      ? ['', '  No State under review is named; it has to be given when the file is imported.']
      : []),
    '',
  ].join('\n');
}

/** Where something stands in the file, in words. Places come from parsers and, untyped, from the API. */
export function place(at: object): string {
  const { line, column, sheet, row, cell, table } = at as Record<string, string | number | undefined>;
  if (line !== undefined) return column ? `line ${line}, ${column}` : `line ${line}`;
  if (sheet !== undefined) return `sheet ${sheet}, ${cell ?? `row ${row}`}`;
  return `table ${table}, row ${row}`;
}

function details({ encoding, template }: Inspection): string {
  const known = [encoding, template ? `template ${template}` : null].filter((detail) => detail !== null);
  return known.length > 0 ? `, ${known.join(', ')}` : '';
}

function facts({ document }: Inspection): string[] {
  const { stateUnderReview, stateUnderReviewRaw, cycle, session, symbol, date } = document;
  const state = stateUnderReview
    ? `${stateName(stateUnderReview, 'en')} (${stateUnderReview})`
    : stateUnderReviewRaw;
  const known = [
    state,
    cycle === null ? null : `cycle ${cycle}`,
    session === null ? null : `session ${session}`,
    symbol,
    date === null ? null : `dated ${date}`,
  ].filter((fact) => fact !== null);
  return known.length > 0 ? [`  ${known.join(', ')}`] : [];
}

function positions(byPosition: Inspection['counts']['byPosition']): string {
  const present = Object.entries(byPosition).filter(([, count]) => count > 0);
  const list = present.map(([position, count]) => `${count.toLocaleString('en')} ${position}`).join(', ');
  return list === '' ? '' : `: ${list}`;
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

function question({ raw, suggestions, rows }: Inspection['openQuestions'][number]): string {
  const names = suggestions.map((code) => stateName(code, 'en'));
  return `"${raw}" in ${counted(rows, 'row')}${names.length > 0 ? `; perhaps ${names.join(', ')}` : ''}`;
}

function section(title: string, lines: string[], total: number): string[] {
  if (total === 0) return [];
  const more =
    total > LISTED ? [`    … and ${(total - LISTED).toLocaleString('en')} more (--json lists them)`] : [];
  return ['', `  ${title}:`, ...lines.slice(0, LISTED).map((line) => `    ${line}`), ...more];
}
