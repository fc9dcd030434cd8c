import type { Transaction } from '@followthrough/database';
import type { Comparison, ImportEntity, RowRange } from '@followthrough/imports';
import { changeBetween, type Family, type HeldField } from '../domain/held/held';
import { hold } from '../domain/held/hold';
import { sessionDate } from '../domain/session-date';
import type { Statement } from '../domain/held/statement';
import { recommendationsByNaturalKey, type RecommendationRow } from '../outbound/recommendation-rows';
import { answersFor, byJoinKey, decisionsOn, liveSources, type LiveSource } from '../outbound/source-rows';

interface KnownRow {
  no: number;
  joinKey: string;
  identity: string;
  idle: boolean;
  statement: Statement;
}

/** Later than every import that was applied. */
const NEXT = Number.MAX_SAFE_INTEGER;

/**
 * What applying these rows would do, by the same rules as applying them: rows about recommendations that are not
 * held yet are left out, for they are new.
 */
export async function compareImport(
  tx: Transaction,
  imported: ImportEntity,
  range: RowRange,
): Promise<Comparison[]> {
  const rows: KnownRow[] = await tx.query(
    `select i.no, i.join_key as "joinKey", encode(s.identity_key, 'hex') as identity, i.idle, s.record as statement
     from import_row i
     join recommendation r on r.natural_key = i.join_key and r.withdrawn_at is null
     join source_record s on s.id = i.source_record_id
     where i.import_id = $1 and i.no > $2 and i.no <= $3`,
    [imported.id, range.from, range.to],
  );
  if (rows.length === 0) return [];
  const keys = [...new Set(rows.map((row) => row.joinKey))];
  const existing = await recommendationsByNaturalKey(tx, keys);
  const sources = byJoinKey(await liveSources(tx, keys));
  const decisions = await decisionsOn(
    tx,
    existing.map((row) => row.id),
  );
  const answers = await answersFor(
    tx,
    [...[...sources.values()].flat(), ...rows].map((source) => source.statement),
  );
  const proposed = byJoinKey(rows);
  return existing.flatMap((before) => {
    const mine = proposed.get(before.naturalKey) ?? [];
    const added = mine.filter((row) => !row.idle).map((row) => asSource(row, imported));
    const all = [...(sources.get(before.naturalKey) ?? []), ...added];
    const after =
      added.length === 0 ? before : hold(all, decisions.get(before.id) ?? [], answers, sessionDate)!.held;
    const { fields } = changeBetween(before, after);
    return mine.map((row) => ({
      no: row.no,
      standing: fields.length > 0 && !row.idle ? ('changed' as const) : ('unchanged' as const),
      subjectId: before.id,
      before: fields.length > 0 && !row.idle ? pick(before, fields) : null,
    }));
  });
}

const asSource = (row: KnownRow, imported: ImportEntity): LiveSource => ({
  id: 0,
  joinKey: row.joinKey,
  family: imported.family as Family,
  identity: row.identity,
  applyNo: NEXT,
  rowNo: row.no,
  statement: row.statement,
});

const pick = (row: RecommendationRow, fields: HeldField[]): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field, row[field]]));
