import type { Transaction } from '@followthrough/database';
import type { Decision, Source } from '../domain/held/hold';
import type { Answers } from '../domain/held/state-name';
import type { Statement } from '../domain/held/statement';

/** A source record that is held by at least one import, with the subject it speaks of. */
export interface LiveSource extends Source {
  joinKey: string;
}

/**
 * Source records of the keys, each as the import that was applied last brought it. Key by key (`offset 0`): in a
 * table that has just been filled the planner knows nothing of its keys and would rather read all of it.
 */
export async function liveSources(tx: Transaction, joinKeys: string[]): Promise<LiveSource[]> {
  return tx.query(
    `select s.id, s.family, s.join_key as "joinKey", encode(s.identity_key, 'hex') as identity,
            m.apply_no as "applyNo", m.row_no as "rowNo", s.record as statement
     from (select distinct unnest($1::text[]) as join_key) wanted
     cross join lateral (
       select * from source_record where join_key = wanted.join_key offset 0) s
     cross join lateral (
       select apply_no, row_no from source_membership where source_record_id = s.id
       order by apply_no desc limit 1) m`,
    [joinKeys],
  );
}

/** Decisions by recommendation. */
export async function decisionsOn(tx: Transaction, ids: string[]): Promise<Map<string, Decision[]>> {
  const found = new Map<string, Decision[]>();
  if (ids.length === 0) return found;
  const rows = await tx.query(
    'select recommendation_id as id, field, value from decision where recommendation_id = any($1) order by field',
    [ids],
  );
  for (const { id, field, value } of rows) found.set(id, [...(found.get(id) ?? []), { field, value }]);
  return found;
}

/** What persons answered about the names in these statements. */
export async function answersFor(tx: Transaction, statements: Iterable<Statement>): Promise<Answers> {
  const keys = new Set<string>();
  for (const statement of statements) for (const open of statement.open ?? []) keys.add(open.key);
  if (keys.size === 0) return new Map();
  const rows: { name_key: string; state_code: string }[] = await tx.query(
    'select name_key, state_code from open_question where name_key = any($1) and answered_at is not null',
    [[...keys]],
  );
  return new Map(rows.map((row) => [row.name_key, row.state_code]));
}

/** Source records grouped by the subject they speak of. */
export function byJoinKey<T extends { joinKey: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.joinKey);
    if (group) group.push(row);
    else groups.set(row.joinKey, [row]);
  }
  return groups;
}
