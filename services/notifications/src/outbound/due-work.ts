import { Database } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';

/** At a sweep every five seconds this is more than a mail server takes. */
const MOST = 2000;
const MINUTE = 60_000;

/** An import whose last event is this old is waited for no longer. */
export const PATIENCE_MS = 10 * MINUTE;

/** What the rows say is to be done now. Hints only make it quicker. */
@Injectable()
export class DueWork {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  digests(): Promise<string[]> {
    return this.ids(
      `select id::text from digest where state = 'open' and due_at <= $1 order by due_at limit ${MOST}`,
      this.clock.now(),
    );
  }

  deliveries(): Promise<string[]> {
    return this.ids(
      `select id::text from delivery where state = 'queued' and next_attempt_at <= $1
       order by next_attempt_at limit ${MOST}`,
      this.clock.now(),
    );
  }

  lostLeases(): Promise<string[]> {
    return this.ids(
      `select id::text from delivery where state = 'leased' and lease_until < $1 limit ${MOST}`,
      this.clock.now(),
    );
  }

  /** Imports of which no event has come for long although some are missing. */
  waitingImports(): Promise<string[]> {
    return this.ids(
      `select import_id as id from import_progress
       where released_at is null and undone_at is null and last_seen_at < $1 limit ${MOST}`,
      new Date(this.clock.now().getTime() - PATIENCE_MS),
    );
  }

  /** Recipients with a notice that no digest to come will take: it was written while one was being claimed. */
  forgottenRecipients(): Promise<string[]> {
    return this.ids(
      `select distinct n.recipient_id::text as id from notice n
       where n.state = 'pending' and n.created_at < $1 and not exists (
         select from digest d where d.recipient_id = n.recipient_id and d.state = 'open'
           and d.kind = case when n.kind = 'correction' then 'correction' when n.cadence <> 'immediate' then n.cadence
                             when n.import_id = '' then 'immediate' else 'import' end
           and (d.kind not in ('import', 'correction') or d.window_key = n.import_id))
         and not exists (
         select from import_progress i where i.import_id = n.import_id and n.cadence = 'immediate'
           and i.released_at is null and i.undone_at is null)
       limit ${MOST}`,
      new Date(this.clock.now().getTime() - MINUTE),
    );
  }

  private async ids(sql: string, at: Date): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(sql, [at]);
    return rows.map(({ id }) => id);
  }
}
