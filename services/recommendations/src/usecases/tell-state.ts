import type { Transaction } from '@followthrough/database';
import type { OutgoingEvent, SnapshotPage, SnapshotSource } from '@followthrough/messaging';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { stateOf } from '../domain/held/held';
import { voicesTold } from '../outbound/voices-told';
import { recommendationsAfter, type RecommendationRow } from '../outbound/recommendation-rows';

/**
 * Tells the present state of every recommendation, and of what is said about it, again at its present version, so that
 * others' copies are built, or brought in line after a restore, when they may know a later past than the backup did.
 * Nobody is notified.
 */
@Injectable()
export class TellState implements SnapshotSource {
  readonly topic = 'recommendations.v1';

  constructor(private readonly clock: Clock) {}

  async count(tx: Transaction): Promise<number> {
    const rows = await tx.query<{ count: number }[]>('select count(*)::int as count from recommendation');
    return rows[0]!.count;
  }

  async page(tx: Transaction, after: string | null, limit: number): Promise<SnapshotPage> {
    const rows = await recommendationsAfter(tx, after, limit);
    return {
      events: rows.map((row) => this.present(row)),
      beside: rows.length < limit ? await voicesTold(tx, this.clock.now()) : [],
      next: rows.length < limit ? null : rows.at(-1)!.id,
    };
  }

  private present(row: RecommendationRow): OutgoingEvent {
    const envelope = {
      aggregateId: row.id,
      version: row.version,
      stateUnderReview: row.stateUnderReview || null,
      visibility: 'public' as const,
      occurredAt: row.withdrawnAt ?? this.clock.now(),
    };
    return row.withdrawnAt
      ? {
          ...envelope,
          type: 'recommendations.v1.RecommendationWithdrawn',
          data: { recommendationId: row.id, reason: 'source-changed', importId: '', announce: false },
        }
      : {
          ...envelope,
          type: 'recommendations.v1.RecommendationRecorded',
          data: { recommendation: stateOf(row.id, row), importId: '', announce: false },
        };
  }
}
