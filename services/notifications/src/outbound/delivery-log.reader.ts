import { Database } from '@followthrough/database';
import { Injectable } from '@nestjs/common';

export interface DeliveryLogEntry {
  id: string;
  purpose: string;
  state: string;
  /** Number of notices in the mail, 0 for a confirmation. */
  notices: number;
  createdAt: Date;
  settledAt: Date | null;
  nextAttemptAt: Date | null;
  attempts: { startedAt: string; endedAt: string | null; outcome: string; code: string }[];
}

const PAGE = 20;

/** A recipient's own record of deliveries. */
@Injectable()
export class DeliveryLog {
  constructor(private readonly database: Database) {}

  async of(recipientId: string, page: number): Promise<{ total: number; deliveries: DeliveryLogEntry[] }> {
    const [count] = await this.database.query<{ total: number }>(
      'select count(*)::int as total from delivery where recipient_id = $1',
      [recipientId],
    );
    const deliveries = await this.database.query<DeliveryLogEntry>(
      `select d.id, d.purpose, d.state, coalesce(g.notices, 0) as notices, d.created_at as "createdAt",
              d.settled_at as "settledAt",
              case when d.state = 'queued' then d.next_attempt_at end as "nextAttemptAt",
              (select coalesce(json_agg(json_build_object('startedAt', a.started_at, 'endedAt', a.ended_at,
                 'outcome', a.outcome, 'code', a.code) order by a.number), '[]')
               from attempt a where a.delivery_id = d.id) as attempts
       from delivery d left join digest g on g.id = d.digest_id
       where d.recipient_id = $1 order by d.created_at desc, d.id limit ${PAGE} offset $2`,
      [recipientId, (page - 1) * PAGE],
    );
    return { total: count?.total ?? 0, deliveries };
  }
}
