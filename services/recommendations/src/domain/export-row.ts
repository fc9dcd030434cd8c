import { groupLabel, stateName, themeLabel } from '@followthrough/vocabulary';
import { ownExportColumns, type MappedField } from './formats';
import { internalFields, type Held } from './held/held';

const internal: ReadonlySet<string> = new Set(internalFields);

/** The columns of our export; those of internal fields only for who may see some. */
export function exportColumns(withInternal: boolean): readonly { heading: string; field: MappedField }[] {
  return ownExportColumns.filter(({ field }) => withInternal || !internal.has(field));
}

const lines = (values: readonly string[]): string => values.join('\n');
const number = (value: number): string => (value === 0 ? '' : String(value));
const state = (code: string): string => stateName(code, 'en');

const cells: Record<MappedField, (id: string, held: Held) => string> = {
  externalId: (id) => id,
  kind: (_, held) => held.kind,
  mechanism: (_, held) => held.mechanism,
  stateUnderReview: (_, held) =>
    held.stateUnderReview ? state(held.stateUnderReview) : held.stateUnderReviewRaw,
  cycle: (_, held) => number(held.cycle),
  session: (_, held) => number(held.session),
  symbol: (_, held) => held.symbol,
  paragraph: (_, held) => held.paragraph,
  text: (_, held) => held.text,
  language: (_, held) => (held.language === 'und' ? '' : held.language),
  recommendingStates: (_, held) => lines([...held.recommendingStates.map(state), ...held.unresolvedStates]),
  position: (_, held) => held.position,
  actionCategory: (_, held) => number(held.actionCategory),
  themes: (_, held) => lines(held.themes.map((theme) => themeLabel(theme, 'en'))),
  groups: (_, held) => lines(held.groups.map((group) => groupLabel(group, 'en'))),
  sdgs: (_, held) => lines(held.sdgs),
  date: (_, held) => held.reviewDate,
  leadInstitution: (_, held) => held.leadInstitution,
  supportingInstitutions: (_, held) => lines(held.supportingInstitutions),
  deadline: (_, held) => held.deadline,
  status: (_, held) => held.status,
  note: (_, held) => held.note,
};

/** A recommendation as a row of our export; `shown` says whether its internal fields are. */
export function exportCells(
  id: string,
  held: Held,
  columns: readonly { field: MappedField }[],
  shown: boolean,
): string[] {
  return columns.map(({ field }) => (internal.has(field) && !shown ? '' : cells[field](id, held)));
}
