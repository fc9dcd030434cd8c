import { lockInTransaction, type Database, type Transaction } from '@followthrough/database';
import { failPoint } from '@followthrough/service-kit';
import { ImportEntity, type ImportResult } from './import.entity';
import { BATCH_ROWS } from './parse-import';
import { adopt, release, writeSettlements } from './staging';
import type { FunnelSubject, HoldCause } from './subject';

export const nothingDone: ImportResult = {
  recorded: 0,
  revised: 0,
  withdrawn: 0,
  unchanged: 0,
  announced: 0,
};

export function sum(one: ImportResult, other: ImportResult): ImportResult {
  return {
    recorded: one.recorded + other.recorded,
    revised: one.revised + other.revised,
    withdrawn: one.withdrawn + other.withdrawn,
    unchanged: one.unchanged + other.unchanged,
    announced: one.announced + other.announced,
  };
}

/**
 * Applies an import from its cursor on, a thousand rows a transaction: source records, what is held true, events
 * and cursor are committed together, so it can be killed and taken up again anywhere.
 */
export async function applyImport(
  database: Database,
  subject: FunnelSubject,
  id: string,
  stopping?: AbortSignal,
): Promise<void> {
  while (!stopping?.aborted) {
    failPoint('apply.before-batch');
    const more = await database.transaction((tx) => applyBatch(tx, subject, id));
    failPoint('apply.after-batch');
    if (!more) return;
  }
}

/** Undoes an import in the same way, without a cursor: what is released is gone. */
export async function undoImport(
  database: Database,
  subject: FunnelSubject,
  id: string,
  stopping?: AbortSignal,
): Promise<void> {
  while (!stopping?.aborted) {
    const more = await database.transaction((tx) => undoBatch(tx, subject, id));
    if (!more) return;
  }
}

/** One batch, or the end. @returns whether there is more to do */
export async function applyBatch(tx: Transaction, subject: FunnelSubject, id: string): Promise<boolean> {
  const imported = await locked(tx, id);
  if (imported?.state !== 'applying') return false;
  const cause: HoldCause = { import: imported, step: 'apply' };
  const result = imported.result ?? nothingDone;
  if (imported.cursor >= imported.staged) {
    failPoint('apply.before-finish');
    await subject.finish(tx, cause, result);
    await tx.update(ImportEntity, { id }, { state: 'applied', appliedAt: new Date(), result });
    return false;
  }
  const range = { from: imported.cursor, to: Math.min(imported.cursor + BATCH_ROWS, imported.staged) };
  await writeSettlements(tx, id, await subject.settle(tx, imported, range));
  const joinKeys = await adopt(tx, imported, range);
  failPoint('apply.in-batch');
  const done = await subject.hold(tx, joinKeys, cause);
  await tx.update(ImportEntity, { id }, { cursor: range.to, result: sum(result, done) });
  return true;
}

/** One batch, or the end. @returns whether there is more to do */
export async function undoBatch(tx: Transaction, subject: FunnelSubject, id: string): Promise<boolean> {
  const imported = await locked(tx, id);
  if (imported?.state !== 'undoing') return false;
  const cause: HoldCause = { import: imported, step: 'undo' };
  const result = imported.result ?? nothingDone;
  const { joinKeys, released } = await release(tx, id, BATCH_ROWS);
  if (released === 0) {
    await subject.finish(tx, cause, result);
    await tx.update(ImportEntity, { id }, { state: 'undone', undoneAt: new Date(), result });
    return false;
  }
  failPoint('undo.in-batch');
  const done = await subject.hold(tx, joinKeys, cause);
  await tx.update(ImportEntity, { id }, { cursor: imported.cursor + released, result: sum(result, done) });
  return true;
}

/** Batches of all imports go one after another, or two of them would record one subject twice. */
async function locked(tx: Transaction, id: string): Promise<ImportEntity | null> {
  await lockInTransaction(tx, 'imports.apply');
  return tx.findOne(ImportEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
}
