import { currentGeneration, Database, type Transaction } from '@followthrough/database';
import { publish, type OutgoingEvent } from '@followthrough/messaging';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { stateOf } from '../domain/held/held';
import { voicesTold } from '../outbound/voices-told';
import { recommendationsAfter, type RecommendationRow } from '../outbound/recommendation-rows';

const BATCH_ROWS = 500;

/**
 * After a restore, tells the present state of every recommendation, and of what is said about it, again at its present
 * version, so that others' copies, which may know a later past than the backup did, are brought in line. Nobody is
 * notified.
 */
@Injectable()
export class TellState {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Whether this database has been restored since its state was last told whole. */
  async isDue(): Promise<boolean> {
    return this.database.transaction(
      async (tx) => (await this.told(tx)).generation < (await currentGeneration(tx)),
    );
  }

  /** A batch a transaction: killed half way, it goes on after the last batch that was committed. */
  async run(): Promise<void> {
    while (await this.database.transaction((tx) => this.batch(tx)));
  }

  private async batch(tx: Transaction): Promise<boolean> {
    const told = await this.told(tx);
    const generation = await currentGeneration(tx);
    if (told.generation >= generation) return false;
    const rows = await recommendationsAfter(tx, told.afterId, BATCH_ROWS);
    const last = rows.at(-1);
    await publish(tx, ...rows.map((row) => this.present(row)));
    if (!last) await publish(tx, ...(await voicesTold(tx, this.clock.now())));
    await tx.query('update state_told set generation = $1, after_id = $2', [
      last ? told.generation : generation,
      last?.id ?? null,
    ]);
    return last !== undefined;
  }

  private async told(tx: Transaction): Promise<{ generation: number; afterId: string | null }> {
    const rows = await tx.query<{ generation: number; afterId: string | null }[]>(
      'select generation, after_id as "afterId" from state_told for update',
    );
    return rows[0]!;
  }

  private present(row: RecommendationRow): OutgoingEvent {
    const envelope = {
      aggregateId: row.id,
      version: row.version,
      stateUnderReview: row.stateUnderReview || null,
      visibility: 'public' as const,
      occurredAt: row.withdrawnAt ?? this.clock.now(),
      snapshot: true,
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
