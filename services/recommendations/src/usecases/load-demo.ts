import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '@followthrough/database';
import { ImportEntity, ImportFunnel, type StagedRow } from '@followthrough/imports';
import { audit, Clock } from '@followthrough/service-kit';
import { In, Not } from 'typeorm';
import { demoReviews, type DemoReview } from '../demo/demo-reviews';
import { joinKeyOf } from '../domain/held/join-key';
import type { Statement } from '../domain/held/statement';
import { Tally } from '../domain/tally';
import { ImportBell } from '../outbound/import-bell';

/** Brings the demonstration data in as imports of their own, marked as demo, and takes it out again by undoing them. */
@Injectable()
export class LoadDemo {
  constructor(
    private readonly funnel: ImportFunnel,
    private readonly bell: ImportBell,
    private readonly clock: Clock,
  ) {}

  /** Does nothing where it is there already. */
  async load(tx: Transaction): Promise<void> {
    const there = await tx.existsBy(ImportEntity, { demo: true, state: Not(In(['undoing', 'undone'])) });
    if (there) return;
    for (const review of demoReviews(this.clock.now())) {
      const { rows, tally } = stagedRows(review, this.clock.now());
      const source = { name: review.name, format: 'demo', family: 'demo', demo: true };
      const summary = { document: review.document, warnings: [], ...tally.summary() };
      const { id } = await this.funnel.beginWithRows(tx, source, rows, summary);
      // The review that lies back is loaded silently, as a real one would be; the new one is news.
      await this.funnel.take(tx, id, 'apply', { announce: summary.announceDefault });
      await audit(tx, { caller: null, action: 'demo.load', subject: 'import', subjectId: id });
      this.bell.ring(tx, id);
    }
  }

  async remove(tx: Transaction): Promise<void> {
    const loaded = await tx.findBy(ImportEntity, { demo: true, state: In(['applying', 'applied']) });
    for (const { id, state } of loaded) {
      // One that is still being applied holds only what it has applied so far, and that is undone.
      if (state === 'applying') await tx.update(ImportEntity, { id }, { state: 'applied' });
      await this.funnel.take(tx, id, 'undo');
      await audit(tx, { caller: null, action: 'demo.remove', subject: 'import', subjectId: id });
      this.bell.ring(tx, id);
    }
  }
}

function stagedRows(review: DemoReview, now: Date): { rows: StagedRow[]; tally: Tally } {
  const tally = new Tally(now);
  const rows = review.statements.map((record: Statement, index): StagedRow => {
    tally.add(record, new Map());
    const identityKey = hash(`demo ${record.symbol} ${record.paragraph}`);
    return {
      outcome: 'row',
      at: { line: index + 1 },
      identityKey,
      contentHash: hash(JSON.stringify(record)),
      joinKey: joinKeyOf(record, identityKey, new Map()),
      record,
      raw: {},
      questions: [],
    };
  });
  return { rows, tally };
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
