import { Database } from '@followthrough/database';
import { Injectable } from '@nestjs/common';
import type { Planned } from '../outbound/notices';
import { PlanMails } from './plan-mails';

/**
 * Plans mails for notices of a recipient that were written while the digest that would have taken them was being
 * claimed. An import's mail has gone by then, so what was late for it is told in the daily digest.
 */
@Injectable()
export class PlanForgotten {
  constructor(
    private readonly database: Database,
    private readonly planMails: PlanMails,
  ) {}

  async run(recipientId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(
        `update notice n set cadence = 'daily' from import_progress i
         where n.recipient_id = $1 and n.state = 'pending' and n.cadence = 'immediate' and n.kind <> 'correction'
           and i.import_id = n.import_id and i.released_at is not null and i.undone_at is null
           and not exists (select from digest d where d.recipient_id = n.recipient_id and d.kind = 'import'
                             and d.window_key = n.import_id and d.state = 'open')`,
        [recipientId],
      );
      await tx.query(
        `update notice n set state = 'void' from import_progress i
         where n.recipient_id = $1 and n.state = 'pending' and n.kind <> 'correction'
           and i.import_id = n.import_id and i.undone_at is not null`,
        [recipientId],
      );
      const pending = await tx.query<Planned[]>(
        `select recipient_id as "recipientId", cadence, import_id as "importId", id as "noticeId" from notice
         where recipient_id = $1 and state = 'pending' and kind <> 'correction' order by id`,
        [recipientId],
      );
      await this.planMails.run(tx, pending);
    });
  }
}
