import type { Database, Transaction } from '@followthrough/database';
import { failPoint } from '@followthrough/service-kit';
import { UnreadableFile } from '../files/types';
import { ImportEntity } from './import.entity';
import type { ImportMeters } from './import-meters';
import {
  clearStaged,
  markShared,
  previewOf,
  stage,
  stageRejects,
  writeComparisons,
  writeSettlements,
} from './staging';
import type { FunnelSubject, Reading } from './subject';
import type { UploadStore } from './upload-store';

/** Rows that are compared at a time. */
const COMPARED_ROWS = 1000;

/** Somebody discarded the import while it was being read, or the process is to end. */
class NoLongerWanted extends Error {}

/**
 * Reads an import's file into staged rows and compares them with what is held true. Begins from the start each
 * time, so that a crash in the middle costs time and nothing else.
 */
export async function parseImport(
  database: Database,
  uploads: UploadStore,
  subject: FunnelSubject,
  meters: ImportMeters,
  id: string,
  stopping?: AbortSignal,
): Promise<void> {
  try {
    const imported = await database.transaction(async (tx) => {
      const found = await stillParsing(tx, id);
      await clearStaged(tx, id);
      await tx.update(
        ImportEntity,
        { id },
        { staged: 0, rejected: 0, cursor: 0, error: null, preview: null },
      );
      return found;
    });
    if (!(await readRows(database, uploads, subject, meters, imported, stopping))) return;
    failPoint('import.parsed');
    await compareRows(database, subject, meters, id, stopping);
  } catch (error) {
    if (error instanceof NoLongerWanted) return;
    if (!(error instanceof UnreadableFile)) throw error;
    const { reason, cure } = error;
    await database.transaction(async (tx) => {
      await clearStaged(tx, id);
      await tx.update(ImportEntity, { id, state: 'parsing' }, { state: 'failed', error: { reason, cure } });
      meters.outcome(tx, 'failed');
    });
  }
}

/** @returns false where a person has to match columns first */
async function readRows(
  database: Database,
  uploads: UploadStore,
  subject: FunnelSubject,
  meters: ImportMeters,
  imported: ImportEntity,
  stopping?: AbortSignal,
): Promise<boolean> {
  return uploads.withFile(imported.uploadId!, async (path) => {
    const reading = await subject.read({ path, name: imported.fileName }, imported);
    try {
      const { header } = reading;
      const waits = header.missing.length > 0;
      await database.transaction(async (tx) => {
        await stillParsing(tx, imported.id);
        const { format, family, template, mapping, columns, document, missing } = header;
        const state = waits ? 'needs-mapping' : 'parsing';
        await tx.update(
          ImportEntity,
          { id: imported.id },
          {
            state,
            format,
            family,
            template,
            mapping: mapping as object,
            columns: columns as object,
            document: document as object,
            missing,
          },
        );
        if (waits) meters.outcome(tx, 'needs-mapping');
      });
      if (waits) return false;
      await stageAll(database, meters, { id: imported.id, family: header.family }, reading, stopping);
      return true;
    } finally {
      await reading.close();
    }
  });
}

async function stageAll(
  database: Database,
  meters: ImportMeters,
  imported: { id: string; family: string },
  reading: Reading,
  stopping?: AbortSignal,
): Promise<void> {
  const { id } = imported;
  let staged = 0;
  let rejected = 0;
  for await (const chunk of reading.chunks) {
    if (stopping?.aborted) throw new NoLongerWanted();
    await database.transaction(async (tx) => {
      await stillParsing(tx, id);
      if (chunk.rows > 0) await stage(tx, imported, chunk);
      if (chunk.rejects.length > 0) await stageRejects(tx, id, rejected, chunk.rejects);
      await tx.update(
        ImportEntity,
        { id },
        { staged: staged + chunk.rows, rejected: rejected + chunk.rejects.length },
      );
      meters.rows(tx, 'parsed', chunk.rows + chunk.rejects.length);
    });
    staged += chunk.rows;
    rejected += chunk.rejects.length;
    failPoint('import.parse-batch');
  }
  const summary = await reading.summary();
  await database.transaction(async (tx) => {
    await stillParsing(tx, id);
    const { document, warnings, counts, scope, announceDefault } = summary;
    await tx.update(
      ImportEntity,
      { id },
      {
        document: document as object,
        warnings,
        counts: { ...counts, rejected },
        scope,
        announceDefault,
      },
    );
  });
}

async function compareRows(
  database: Database,
  subject: FunnelSubject,
  meters: ImportMeters,
  id: string,
  stopping?: AbortSignal,
): Promise<void> {
  const { staged } = await database.transaction((tx) => stillParsing(tx, id));
  let settledAny = false;
  for (let from = 0; from < staged; from += COMPARED_ROWS) {
    if (stopping?.aborted) throw new NoLongerWanted();
    const range = { from, to: from + COMPARED_ROWS };
    await database.transaction(async (tx) => {
      const imported = await stillParsing(tx, id);
      const settled = await subject.settle(tx, imported, range);
      await writeSettlements(tx, id, settled);
      settledAny ||= settled.length > 0;
      await writeComparisons(tx, id, await subject.compare(tx, imported, range));
    });
  }
  await database.transaction(async (tx) => {
    const imported = await stillParsing(tx, id);
    // Rows that are settled once may be settled otherwise when they are applied.
    const shares = (await markShared(tx, id)) || settledAny;
    const openQuestions = await subject.openQuestions(tx, imported);
    const preview = { ...(await previewOf(tx, id)), rejected: imported.rejected, openQuestions };
    await tx.update(ImportEntity, { id }, { state: 'ready', shares, preview, cursor: 0 });
    meters.outcome(tx, 'ready');
  });
}

async function stillParsing(tx: Transaction, id: string): Promise<ImportEntity> {
  const found = await tx.findOne(ImportEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (found?.state !== 'parsing') throw new NoLongerWanted();
  return found;
}
