import { afterCommit, type Transaction } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { DigestBell } from '../outbound/bells';
import { Digests } from '../outbound/digests';
import type { Planned } from '../outbound/notices';

/**
 * Sees to it that every notice that is to be mailed has a digest to come: on its day, or at once. Notices of an
 * import wait for the import, see `ReleaseImport`.
 */
@Injectable()
export class PlanMails {
  constructor(
    private readonly digests: Digests,
    private readonly bell: DigestBell,
    private readonly clock: Clock,
  ) {}

  async run(tx: Transaction, notices: readonly Planned[]): Promise<void> {
    const now = this.clock.now();
    for (const cadence of ['daily', 'weekly'] as const) {
      const recipients = notices
        .filter((notice) => notice.cadence === cadence)
        .map(({ recipientId }) => recipientId);
      await this.digests.planDays(tx, cadence, [...new Set(recipients)], now);
    }
    const first = new Map<string, string>();
    for (const { recipientId, cadence, importId, noticeId } of notices) {
      if (cadence === 'immediate' && importId === '' && !first.has(recipientId))
        first.set(recipientId, noticeId);
    }
    const planned = await this.digests.plan(
      tx,
      [...first].map(([recipientId, noticeId]) => ({
        recipientId,
        kind: 'immediate' as const,
        localDate: null,
        windowKey: noticeId,
        dueAt: now,
      })),
    );
    if (planned.length > 0) afterCommit(tx, () => this.bell.ring(planned));
  }
}
