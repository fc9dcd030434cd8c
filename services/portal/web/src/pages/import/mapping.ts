import type { ColumnPreview, MappedField, Mapping } from '../../api/imports';

/** Fields that several columns may feed. */
const lists: ReadonlySet<MappedField> = new Set([
  'recommendingStates',
  'themes',
  'groups',
  'sdgs',
  'supportingInstitutions',
]);

/** The matching to begin with: what was said before, else what the headings were taken for. */
export function startMapping(columns: ColumnPreview[], held?: Mapping | null): Mapping {
  if (held && Object.keys(held.columns).length) return held;
  return columns.reduce<Mapping>(
    (mapping, { name, guess }) => (guess ? mapColumn(mapping, name, guess) : mapping),
    {
      columns: {},
    },
  );
}

const headings = (said: string | string[] | undefined): string[] => (said === undefined ? [] : [said].flat());

/** The field that a column fills, or null. */
export function fieldOf(mapping: Mapping, column: string): MappedField | null {
  const found = Object.entries(mapping.columns).find(([, said]) => headings(said).includes(column));
  return (found?.[0] as MappedField | undefined) ?? null;
}

/**
 * Says what a column holds. A column fills one field; a field is filled by one column, unless it is a list.
 */
export function mapColumn(mapping: Mapping, column: string, field: MappedField | ''): Mapping {
  const columns: Mapping['columns'] = {};
  for (const [one, said] of Object.entries(mapping.columns) as [MappedField, string | string[]][]) {
    const rest = headings(said).filter((heading) => heading !== column);
    const first = rest[0];
    if (first !== undefined) columns[one] = rest.length > 1 ? rest : first;
  }
  if (field) {
    const others = lists.has(field) ? headings(columns[field]) : [];
    columns[field] = others.length ? [...others, column] : column;
  }
  return { ...mapping, columns };
}

/** Says what a word of the file means in a field; an empty meaning takes that back. */
export function mapValue(mapping: Mapping, field: MappedField, word: string, meaning: string): Mapping {
  const { [word]: _, ...rest } = mapping.values?.[field] ?? {};
  return {
    ...mapping,
    values: { ...mapping.values, [field]: meaning ? { ...rest, [word]: meaning } : rest },
  };
}

/** Says what holds for every row; an empty value takes that back. */
export function mapConstant(mapping: Mapping, field: MappedField, value: string): Mapping {
  const { [field]: _, ...rest } = mapping.constants ?? {};
  return { ...mapping, constants: value ? { ...rest, [field]: value } : rest };
}

/** The words that a column's samples and the matching so far know for a field. */
export function wordsOf(columns: ColumnPreview[], mapping: Mapping, field: MappedField): string[] {
  const from = headings(mapping.columns[field]);
  const samples = columns.filter(({ name }) => from.includes(name)).flatMap((column) => column.samples);
  return [...new Set([...samples.filter(Boolean), ...Object.keys(mapping.values?.[field] ?? {})])];
}
