import { copyIn, copyLinesIn, lockInTransaction, type Transaction } from '@followthrough/database';
import { json, stagedColumns, type StagedChunk, type StagedReject } from '../files/staged-chunk';
import type { ImportPreview } from './import.entity';
import type { Comparison, RowRange, Settlement } from './subject';

/** Forgets what an earlier, broken or differently mapped reading left behind. */
export async function clearStaged(tx: Transaction, importId: string): Promise<void> {
  await dropRows(tx, importId);
  await tx.query('delete from import_reject where import_id = $1', [importId]);
}

const RECORDS = 'imports.records';

/** Source records that rows are about to refer to stay until the transaction ends; many may hold this at once. */
async function keepRecords(tx: Transaction): Promise<void> {
  await tx.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [RECORDS]);
}

/** Forgets source records that neither an import holds nor a row of a preview refers to. */
export async function dropUnusedRecords(tx: Transaction): Promise<void> {
  await lockInTransaction(tx, RECORDS);
  await tx.query(
    `delete from source_record s where not exists (select from source_membership m where m.source_record_id = s.id)
       and not exists (select from import_row r where r.source_record_id = s.id)`,
  );
}

/** Forgets the rows of an import that ended: what they say, if it is held, is in the source records. */
export async function dropRows(tx: Transaction, importId: string): Promise<void> {
  await tx.query('delete from import_row where import_id = $1', [importId]);
}

/** Writes what rows say, each content once, and which rows of the import say it. Nothing is held true by it yet. */
export async function stage(
  tx: Transaction,
  imported: { id: string; family: string },
  { lines }: StagedChunk,
): Promise<void> {
  await keepRecords(tx);
  await tx.query(`create temporary table if not exists arriving (
    no integer, at jsonb, identity_key bytea, content_hash bytea, join_key text, record jsonb, raw json,
    questions text[]) on commit delete rows`);
  await tx.query('delete from arriving');
  const { buffer, byteOffset, byteLength } = lines;
  await copyLinesIn(tx, `arriving (${stagedColumns})`, [Buffer.from(buffer, byteOffset, byteLength)]);
  await tx.query(
    `insert into source_record (identity_key, content_hash, family, join_key, record, raw, questions)
     select identity_key, content_hash, $1, join_key, record, raw, questions from arriving
     on conflict (identity_key, content_hash) do nothing`,
    [imported.family],
  );
  await tx.query(
    `insert into import_row (import_id, no, at, source_record_id, join_key)
     select $1, a.no, a.at, s.id, s.join_key
     from arriving a cross join lateral (
       select id, join_key from source_record
       where identity_key = a.identity_key and content_hash = a.content_hash limit 1) s`,
    [imported.id],
  );
}

export async function stageRejects(
  tx: Transaction,
  importId: string,
  after: number,
  rejects: StagedReject[],
): Promise<void> {
  await copyIn(
    tx,
    'import_reject (import_id, no, at, reason, cure, raw)',
    rejects.map((reject, index) => [
      importId,
      after + index + 1,
      json(reject.at),
      reject.reason,
      reject.cure,
      json(reject.raw),
    ]),
  );
}

/** Marks rows that join in one subject, so that applying takes them together. @returns whether there are any */
export async function markShared(tx: Transaction, importId: string): Promise<boolean> {
  const [found] = await tx.query(
    `with doubled as (
       select join_key from import_row where import_id = $1 group by join_key having count(*) > 1),
     marked as (
       update import_row r set shared = true from doubled d
       where r.import_id = $1 and r.join_key = d.join_key returning 1)
     select count(*)::int as n from marked`,
    [importId],
  );
  return found.n > 0;
}

/** Rows that say less than they seem to speak through a source record of their own, or not at all. */
export async function writeSettlements(
  tx: Transaction,
  importId: string,
  settled: Settlement[],
): Promise<void> {
  if (settled.length === 0) return;
  await keepRecords(tx);
  const rows = json(
    settled.map((row) => ({
      no: row.no,
      join_key: row.joinKey,
      idle: row.idle,
      record: row.record,
      content_hash: row.contentHash,
    })),
  );
  const given = `jsonb_to_recordset($2::jsonb) as g (no int, join_key text, idle boolean, record jsonb, content_hash text)`;
  await tx.query(
    `insert into source_record (identity_key, content_hash, family, join_key, record, raw, questions)
     select s.identity_key, decode(g.content_hash, 'hex'), s.family, g.join_key, g.record, s.raw, s.questions
     from ${given}
     join import_row r on r.import_id = $1 and r.no = g.no
     join source_record s on s.id = r.source_record_id
     on conflict (identity_key, content_hash) do nothing`,
    [importId, rows],
  );
  await tx.query(
    `update import_row r
     set join_key = g.join_key, idle = g.idle, source_record_id = edited.id
     from ${given}, source_record s, source_record edited
     where r.import_id = $1 and r.no = g.no and s.id = r.source_record_id
       and edited.identity_key = s.identity_key and edited.content_hash = decode(g.content_hash, 'hex')`,
    [importId, rows],
  );
}

export async function writeComparisons(
  tx: Transaction,
  importId: string,
  compared: Comparison[],
): Promise<void> {
  if (compared.length === 0) return;
  await tx.query(
    `update import_row r set standing = c.standing, subject_id = c.subject_id, before = c.before
     from jsonb_to_recordset($2::jsonb) as c (no int, standing text, subject_id uuid, before jsonb)
     where r.import_id = $1 and r.no = c.no`,
    [
      importId,
      json(
        compared.map((row) => ({
          no: row.no,
          standing: row.standing,
          subject_id: row.subjectId,
          before: row.before,
        })),
      ),
    ],
  );
}

/** Rows of the import by what applying them would do. */
export async function previewOf(
  tx: Transaction,
  importId: string,
): Promise<Pick<ImportPreview, 'new' | 'changed' | 'unchanged'>> {
  const [counted] = await tx.query(
    `select count(*) filter (where standing is null)::int as new,
            count(*) filter (where standing = 'changed')::int as changed,
            count(*) filter (where standing = 'unchanged')::int as unchanged
     from import_row where import_id = $1`,
    [importId],
  );
  return counted;
}

/**
 * Makes the import hold the source records of its rows, and of rows elsewhere in it that speak of the same
 * subjects. Doing it twice changes nothing.
 * @returns the join keys that rows newly held say something about
 */
export async function adopt(
  tx: Transaction,
  imported: { id: string; applyNo: string | null; shares: boolean },
  { from, to }: RowRange,
): Promise<string[]> {
  const siblings = imported.shares
    ? `union select * from import_row where import_id = $1 and shared and not idle and join_key in (
         select join_key from import_row where import_id = $1 and shared and no > $2 and no <= $3)`
    : '';
  const keys: { join_key: string }[] = await tx.query(
    `with rows as (
       select * from import_row where import_id = $1 and no > $2 and no <= $3 and not idle ${siblings}),
     joined as (
       insert into source_membership (import_id, row_no, source_record_id, apply_no, at)
       select import_id, no, source_record_id, $4, at from rows
       on conflict (import_id, row_no) do nothing
       returning row_no)
     select distinct join_key from rows join joined on joined.row_no = rows.no`,
    [imported.id, from, to, imported.applyNo],
  );
  return keys.map((key) => key.join_key);
}

/**
 * Takes up to `count` of the import's source records out again, with all others of the same subjects.
 * @returns the join keys concerned and how many memberships went
 */
export async function release(
  tx: Transaction,
  importId: string,
  count: number,
): Promise<{ joinKeys: string[]; released: number }> {
  const [found] = await tx.query(
    `with next as (
       select source_record_id from source_membership where import_id = $1 order by row_no limit $2),
     keys as (
       select distinct s.join_key from next join source_record s on s.id = next.source_record_id),
     gone as (
       delete from source_membership m using source_record s
       where m.import_id = $1 and s.id = m.source_record_id and s.join_key in (select join_key from keys)
       returning 1)
     select (select coalesce(array_agg(join_key), '{}') from keys) as keys, (select count(*)::int from gone) as released`,
    [importId, count],
  );
  return { joinKeys: found.keys, released: found.released };
}
