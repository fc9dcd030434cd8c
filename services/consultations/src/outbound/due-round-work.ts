import { Database } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';

const MOST = 2000;

/** What the rows say is to be done now. Hints only make it quicker. */
@Injectable()
export class DueRoundWork {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  mails(): Promise<string[]> {
    return this.ids(
      `select id::text from round_mail where state = 'queued' and next_attempt_at <= $1
       order by next_attempt_at limit ${MOST}`,
    );
  }

  lostMails(): Promise<string[]> {
    return this.ids(
      `select id::text from round_mail where state = 'leased' and lease_until < $1 limit ${MOST}`,
    );
  }

  reminders(): Promise<string[]> {
    return this.ids(
      `select id::text from scheduled_reminder where state = 'pending' and due_at <= $1 order by due_at limit ${MOST}`,
    );
  }

  private async ids(sql: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(sql, [this.clock.now()]);
    return rows.map(({ id }) => id);
  }
}
