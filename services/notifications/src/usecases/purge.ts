import { Database } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';

const DAY = 86_400_000;

/** How long what is only of passing use is kept, in days. */
export const retentionDays = { followRequest: 1, rateCount: 2, delivery: 180, mailbox: 30 } as const;

/** Deletes what has outlived its use. */
@Injectable()
export class Purge {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const before = (days: number): Date => new Date(this.clock.now().getTime() - days * DAY);
    await this.database.query('delete from follow_request where expires_at < $1', [
      before(retentionDays.followRequest),
    ]);
    await this.database.query('delete from rate_count where window_start < $1', [
      before(retentionDays.rateCount),
    ]);
    await this.database.query('delete from delivery where settled_at < $1', [before(retentionDays.delivery)]);
    await this.database.query('delete from mailbox_message where received_at < $1', [
      before(retentionDays.mailbox),
    ]);
  }
}
