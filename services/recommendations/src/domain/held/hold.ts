import { families, type Family, type Held, type HeldField } from './held';
import { codeOf, type Answers, type NamedState } from './state-name';
import type { Statement } from './statement';
import { groupIds, groupsIn, themeIds } from './topics';

/** A source record that some applied import holds. */
export interface Source {
  id: number;
  family: Family;
  /** the same record in another edition of its source has the same identity */
  identity: string;
  /** order in which the import that brought it was applied */
  applyNo: number;
  /** row of that import */
  rowNo: number;
  statement: Statement;
}

/** A person's word on one field. */
export interface Decision {
  field: HeldField;
  value: unknown;
}

/** Which source records a value is from; 'decision' where a person decided it. */
export type Provenance = Partial<Record<HeldField, number[] | 'decision'>>;

export interface Holding {
  held: Held;
  provenance: Provenance;
}

/** Date of the review where only its session is known, ISO 8601 to the month; '' where it is not. */
export type SessionDate = (session: number) => string;

/**
 * What is held true: a person's decision, else what the highest-ranked source says, of sources of one rank the
 * one applied last. Several records of one import (one row for each recommending State) are taken together:
 * lists are united, texts put one under the other, positions that differ become `partly`.
 * @returns null where no source is left but edits of our own export, which stand on nothing by themselves
 */
export function hold(
  sources: readonly Source[],
  decisions: readonly Decision[],
  answers: Answers,
  sessionDate: SessionDate,
): Holding | null {
  const ranked = rank(sources);
  const whole = ranked.flatMap(({ members }) => members).filter((source) => !source.statement.says);
  if (whole.length === 0) return null;
  const provenance: Provenance = {};
  const first = <T>(
    field: HeldField,
    read: (statement: Statement) => T | undefined,
    unite: (values: T[]) => T,
  ): T | undefined => {
    for (const { members, ids } of ranked) {
      if (members.length === 1) {
        const value = says(members[0]!.statement, field) ? read(members[0]!.statement) : undefined;
        if (value === undefined) continue;
        provenance[field] = ids;
        return value;
      }
      const saying = members.filter(
        (source) => says(source.statement, field) && read(source.statement) !== undefined,
      );
      if (saying.length === 0) continue;
      provenance[field] = saying.map((source) => source.id);
      return unite(saying.map((source) => read(source.statement)!));
    }
    return undefined;
  };
  const stateUnderReview = first('stateUnderReview', (said) => said.stateUnderReview, earliest);
  const stateCode = stateUnderReview ? codeOf(stateUnderReview, answers) : null;
  const named = first('recommendingStates', (said) => said.recommendingStates, flat) ?? [];
  const { codes, unresolved } = resolve(named, answers);
  const session = first('session', (said) => said.session, earliest) ?? 0;
  const themes = themeIds(first('themes', (said) => said.themes, union) ?? []);
  const held: Held = {
    kind: first('kind', (said) => said.kind, earliest) ?? 'recommendation',
    mechanism: first('mechanism', (said) => said.mechanism, earliest) ?? '',
    stateUnderReview: stateCode ?? '',
    stateUnderReviewRaw: stateCode ? '' : (stateUnderReview?.raw ?? ''),
    cycle: first('cycle', (said) => said.cycle, earliest) ?? 0,
    session,
    symbol: first('symbol', (said) => said.symbol, earliest) ?? '',
    paragraph: first('paragraph', (said) => said.paragraph, earliest) ?? '',
    text:
      first(
        'text',
        (said) => said.text,
        (texts) => distinct(texts).join('\n'),
      ) ?? '',
    language: first('language', (said) => said.language, earliest) ?? 'und',
    translations: first('translations', (said) => said.translations, earliest) ?? {},
    recommendingStates: codes,
    unresolvedStates: unresolved,
    position:
      first(
        'position',
        (said) => said.position,
        (all) => (distinct(all).length === 1 ? all[0]! : 'partly'),
      ) ?? '',
    positionSource: first('positionSource', (said) => said.positionSource, earliest) ?? '',
    actionCategory: first('actionCategory', (said) => said.actionCategory, earliest) ?? 0,
    themes,
    groups: groupIds(first('groups', (said) => said.groups, union) ?? groupsIn(themes)),
    sdgs: first('sdgs', (said) => said.sdgs, union) ?? [],
    reviewDate:
      first('reviewDate', (said) => said.date, earliest) ?? (session > 0 ? sessionDate(session) : ''),
    sources: families.filter((family) => ranked.some(({ members }) => members[0]!.family === family)),
    demo: whole.every((source) => source.family === 'demo'),
    leadInstitution: first('leadInstitution', (said) => said.leadInstitution, earliest) ?? '',
    supportingInstitutions:
      first('supportingInstitutions', (said) => said.supportingInstitutions, union) ?? [],
    deadline: first('deadline', (said) => said.deadline, earliest) ?? '',
    status: first('status', (said) => said.status, earliest) ?? '',
    note:
      first(
        'note',
        (said) => said.note,
        (notes) => distinct(notes).join('\n'),
      ) ?? '',
  };
  for (const decision of decisions) {
    Object.assign(held, { [decision.field]: decision.value });
    if (decision.field === 'recommendingStates') held.unresolvedStates = [];
    provenance[decision.field] = 'decision';
  }
  return { held, provenance };
}

const says = (statement: Statement, field: HeldField): boolean => statement.says?.includes(field) ?? true;

/** Source records of one import and rank. */
interface Group {
  members: Source[];
  ids: number[];
}

/** The newest edition of each record, best first, records of one import and rank together. */
function rank(sources: readonly Source[]): Group[] {
  if (sources.length === 1) return [{ members: [sources[0]!], ids: [sources[0]!.id] }];
  const newest = new Map<string, Source>();
  for (const source of sources) {
    const known = newest.get(source.identity);
    if (!known || known.applyNo < source.applyNo) newest.set(source.identity, source);
  }
  const groups = new Map<string, Group>();
  const ordered = [...newest.values()].sort(
    (a, b) =>
      families.indexOf(a.family) - families.indexOf(b.family) || b.applyNo - a.applyNo || a.rowNo - b.rowNo,
  );
  for (const source of ordered) {
    const key = `${source.family} ${source.applyNo}`;
    const group = groups.get(key) ?? { members: [], ids: [] };
    group.members.push(source);
    group.ids.push(source.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function resolve(named: readonly NamedState[], answers: Answers): { codes: string[]; unresolved: string[] } {
  const codes: string[] = [];
  const unresolved: string[] = [];
  for (const mention of named) {
    const code = codeOf(mention, answers);
    if (code === null) unresolved.push(mention.raw);
    else if (code !== '') codes.push(code);
  }
  return { codes: distinct(codes), unresolved: distinct(unresolved) };
}

const earliest = <T>(values: T[]): T => values[0]!;
const distinct = <T>(values: readonly T[]): T[] => (values.length < 2 ? [...values] : [...new Set(values)]);
const flat = <T>(lists: T[][]): T[] => lists.flat();
const union = <T>(lists: T[][]): T[] => distinct(lists.flat());
