import { setTimeout as delay } from 'node:timers/promises';
import {
  lockInTransaction,
  tryAdvisoryLock,
  type AdvisoryLock,
  type Database,
  type Transaction,
} from '@followthrough/database';
import { goingOnWith, inSpan, traceToKeep, withSmallHeap } from '@followthrough/service-kit';
import { In } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { applyImport, nothingDone, undoImport } from './apply-import';
import { stagedChunk, type StagedRow } from '../files/staged-chunk';
import { ImportEntity } from './import.entity';
import type { ImportMeters } from './import-meters';
import { statesUnderWay, take, type ImportStep } from './import-state';
import { parseImport } from './parse-import';
import { dropUnusedRecords, stage } from './staging';
import type { FunnelSubject, ReadingSummary } from './subject';
import type { UploadStore } from './upload-store';

/** Lock that is held while an import is applied or undone; who changes join keys takes it too. */
export const APPLYING = 'imports.apply';

/** What is said of an import when it begins. */
export type NewImport = Pick<ImportEntity, 'uploadId' | 'fileName' | 'bytes' | 'sha256'> &
  Partial<Pick<ImportEntity, 'request' | 'createdBy' | 'demo'>>;

/** A step was asked for that the import's state does not allow; the message is a sentence for people. */
export class StepRefused extends Error {}

/** The way of a file from upload to what is held true, and back. What it does goes on by `advance`. */
export class ImportFunnel {
  constructor(
    private readonly database: Database,
    readonly uploads: UploadStore,
    private readonly subject: FunnelSubject,
    private readonly meters: ImportMeters,
  ) {}

  /** Begins an import whose file is read by the next `advance`. */
  async begin(tx: Transaction, given: NewImport): Promise<ImportEntity> {
    const id = uuidv7();
    await tx.insert(ImportEntity, {
      ...(given as object),
      id,
      state: 'parsing',
      request: (given.request ?? {}) as object,
      traceparent: traceToKeep(),
      createdAt: new Date(),
    });
    return tx.findOneByOrFail(ImportEntity, { id });
  }

  /** Begins an import whose rows are at hand, ready to be applied; `source` says what it is called and ranked as. */
  async beginWithRows(
    tx: Transaction,
    source: { name: string; format: string; family: string; demo: boolean },
    rows: StagedRow[],
    summary: ReadingSummary,
  ): Promise<ImportEntity> {
    const { id } = await this.begin(tx, {
      uploadId: null,
      fileName: source.name,
      bytes: 0,
      sha256: '',
      demo: source.demo,
    });
    await stage(tx, { id, family: source.family }, stagedChunk(rows, [], 0));
    await tx.update(
      ImportEntity,
      { id },
      {
        state: 'ready',
        format: source.format,
        family: source.family,
        staged: rows.length,
        preview: { new: rows.length, changed: 0, unchanged: 0, rejected: 0, openQuestions: 0 },
        ...(summary as object),
      },
    );
    return tx.findOneByOrFail(ImportEntity, { id });
  }

  /**
   * Takes a step, or says why it cannot be taken.
   * @param change what is written with it, such as the mapping or whether to announce
   * @throws StepRefused
   */
  async take(
    tx: Transaction,
    id: string,
    step: ImportStep,
    change: Partial<ImportEntity> = {},
  ): Promise<ImportEntity> {
    const imported = await tx.findOne(ImportEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!imported) throw new StepRefused('There is no such import.');
    const outcome = take(step, imported.state);
    if ('refused' in outcome) throw new StepRefused(outcome.refused);
    await tx.update(
      ImportEntity,
      { id },
      { ...(change as object), state: outcome.state, traceparent: traceToKeep() },
    );
    if (step === 'apply' || step === 'undo') {
      await tx.update(ImportEntity, { id }, { cursor: 0, result: nothingDone });
    }
    if (step === 'apply') {
      await lockInTransaction(tx, 'imports.apply-no');
      await tx.query(
        'update import set apply_no = (select coalesce(max(apply_no), 0) + 1 from import) where id = $1',
        [id],
      );
    }
    return tx.findOneByOrFail(ImportEntity, { id });
  }

  /**
   * Does what the import's state calls for, to its end. Safe to call at any time and from several processes: one
   * of them does the work.
   * @param stopping ends it between two batches; it is taken up again by the next call
   */
  async advance(id: string, stopping?: AbortSignal): Promise<void> {
    const lock = await tryAdvisoryLock(this.database, `import:${id}`);
    if (!lock) return;
    try {
      const imported = await this.database.dataSource.manager.findOneBy(ImportEntity, { id });
      if (!imported || !statesUnderWay.includes(imported.state)) return;
      await inSpan(
        `import ${imported.state}`,
        () => ({
          kind: 'internal',
          parent: goingOnWith(imported.traceparent),
          attributes: { 'followthrough.import.id': id },
        }),
        () => withSmallHeap(() => this.advanceLocked(imported, stopping)),
      );
    } finally {
      await lock.release();
    }
  }

  private async advanceLocked({ id, state }: ImportEntity, stopping?: AbortSignal): Promise<void> {
    const { database, subject, meters, uploads } = this;
    if (state === 'parsing') return parseImport(database, uploads, subject, meters, id, stopping);
    const turn = await this.turn(stopping);
    if (!turn) return;
    try {
      await (state === 'applying' ? applyImport : undoImport)(database, subject, meters, id, stopping);
    } finally {
      await turn.release();
    }
  }

  /** Imports are applied and undone one after another, or two of them would record one subject twice. */
  private async turn(stopping?: AbortSignal): Promise<AdvisoryLock | null> {
    while (!stopping?.aborted) {
      const lock = await tryAdvisoryLock(this.database, APPLYING);
      if (lock) return lock;
      await delay(200);
    }
    return null;
  }

  /** Imports in which the platform has something to do. */
  async underWay(): Promise<string[]> {
    const found = await this.database.dataSource.manager.find(ImportEntity, {
      select: { id: true },
      where: { state: In([...statesUnderWay]) },
      order: { id: 'ASC' },
    });
    return found.map((imported) => imported.id);
  }

  /**
   * Forgets uploads that broke off, and the rows of imports that ended long ago: nobody looks at their preview any
   * more, and what they said is in the source records.
   */
  async sweep(before: { brokenOff: Date; ended: Date }): Promise<void> {
    await this.database.query(
      `delete from import_row where import_id in (
         select id from import where state in ('undone', 'discarded') or (state = 'applied' and applied_at < $1))`,
      [before.ended],
    );
    await this.database.transaction((tx) => dropUnusedRecords(tx));
    await this.uploads.sweep(before.brokenOff);
  }
}
