import { errorCode, type Database, type Transaction } from '@followthrough/database';
import { failPoint } from '@followthrough/service-kit';
import { ImportEntity, type ImportResult } from './import.entity';
import type { ImportMeters } from './import-meters';
import { adopt, release, writeSettlements } from './staging';
import type { FunnelSubject, HoldCause, RowRange } from './subject';

/** Rows a transaction. */
export const BATCH_ROWS = 500;

/** While the database writes one batch the next is computed. */
const LANES = 2;
/** How long a batch waits for what another transaction has locked while a second batch is under way. */
const LOCK_PATIENCE = '2s';
const lockNotAvailable = '55P03';

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
 * Applies an import from its cursor on, some hundred rows a transaction: what the import holds, what is held true,
 * events and cursor are committed together and in the order of the rows, so it can be killed and taken up again
 * anywhere. Nothing else may be applied or undone meanwhile.
 */
export async function applyImport(
  database: Database,
  subject: FunnelSubject,
  meters: ImportMeters,
  id: string,
  stopping?: AbortSignal,
): Promise<void> {
  try {
    await applyRows(database, subject, meters, id, LANES, stopping);
  } catch (error) {
    // Somebody edits what both batches are about: a circle that the database cannot see through.
    if (errorCode(error) !== lockNotAvailable) throw error;
    await applyRows(database, subject, meters, id, 1, stopping);
  }
  if (!stopping?.aborted) await database.transaction((tx) => finish(tx, subject, meters, id));
}

async function applyRows(
  database: Database,
  subject: FunnelSubject,
  meters: ImportMeters,
  id: string,
  most: number,
  stopping?: AbortSignal,
): Promise<void> {
  const imported = await database.transaction((tx) => tx.findOneByOrFail(ImportEntity, { id }));
  if (imported.state !== 'applying') return;
  // Rows that speak of one subject must not be in two batches at once.
  const lanes = imported.shares ? 1 : most;
  const underWay: Promise<void>[] = [];
  let before = Promise.resolve();
  try {
    for (let from = imported.cursor; from < imported.staged && !stopping?.aborted; from += BATCH_ROWS) {
      failPoint('apply.before-batch');
      const range = { from, to: Math.min(from + BATCH_ROWS, imported.staged) };
      const previous = before;
      before = database.transaction(async (tx) => {
        if (lanes > 1) await tx.query(`set local lock_timeout = '${LOCK_PATIENCE}'`);
        await applyBatch(tx, subject, imported, range, previous);
        meters.rows(tx, 'applied', range.to - range.from);
      });
      underWay.push(before);
      if (underWay.length >= lanes) {
        await underWay.shift();
        failPoint('apply.after-batch');
      }
    }
  } finally {
    // The first failure is the one to tell; those behind it failed because of it.
    const [failed] = (await Promise.allSettled(underWay)).filter((batch) => batch.status === 'rejected');
    if (failed) await Promise.reject(failed.reason as Error);
  }
}

/** @param previous the batch before this one: its rows are committed first */
async function applyBatch(
  tx: Transaction,
  subject: FunnelSubject,
  imported: ImportEntity,
  range: RowRange,
  previous: Promise<void>,
): Promise<void> {
  await writeSettlements(tx, imported.id, await subject.settle(tx, imported, range));
  const joinKeys = await adopt(tx, imported, range);
  failPoint('apply.in-batch');
  const done = await subject.hold(tx, joinKeys, { import: imported, step: 'apply' });
  await previous;
  const now = await locked(tx, imported.id);
  if (now?.state !== 'applying' || now.cursor !== range.from) {
    throw new Error(`Import ${imported.id} is being applied by another process`);
  }
  await tx.update(
    ImportEntity,
    { id: imported.id },
    { cursor: range.to, result: sum(now.result ?? nothingDone, done) },
  );
}

async function finish(
  tx: Transaction,
  subject: FunnelSubject,
  meters: ImportMeters,
  id: string,
): Promise<void> {
  const imported = await locked(tx, id);
  if (imported?.state !== 'applying' || imported.cursor < imported.staged) return;
  failPoint('apply.before-finish');
  await subject.finish(tx, { import: imported, step: 'apply' }, imported.result ?? nothingDone);
  await tx.update(ImportEntity, { id }, { state: 'applied', appliedAt: new Date() });
  meters.outcome(tx, 'applied');
}

/** Undoes an import batch by batch, without a cursor: what is released is gone. */
export async function undoImport(
  database: Database,
  subject: FunnelSubject,
  meters: ImportMeters,
  id: string,
  stopping?: AbortSignal,
): Promise<void> {
  while (!stopping?.aborted) {
    const more = await database.transaction((tx) => undoBatch(tx, subject, meters, id));
    if (!more) return;
  }
}

/** One batch, or the end. @returns whether there is more to do */
async function undoBatch(
  tx: Transaction,
  subject: FunnelSubject,
  meters: ImportMeters,
  id: string,
): Promise<boolean> {
  const imported = await locked(tx, id);
  if (imported?.state !== 'undoing') return false;
  const cause: HoldCause = { import: imported, step: 'undo' };
  const result = imported.result ?? nothingDone;
  const { joinKeys, released } = await release(tx, id, BATCH_ROWS);
  if (released === 0) {
    await subject.finish(tx, cause, result);
    await tx.update(ImportEntity, { id }, { state: 'undone', undoneAt: new Date(), result });
    meters.outcome(tx, 'undone');
    return false;
  }
  failPoint('undo.in-batch');
  meters.rows(tx, 'undone', released);
  const done = await subject.hold(tx, joinKeys, cause);
  await tx.update(ImportEntity, { id }, { cursor: imported.cursor + released, result: sum(result, done) });
  return true;
}

function locked(tx: Transaction, id: string): Promise<ImportEntity | null> {
  return tx.findOne(ImportEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
}
