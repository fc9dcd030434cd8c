import type { Transaction } from '@followthrough/database';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { nextDigestDay } from '../domain/digest-time';

export type DigestKind = 'import' | 'correction' | 'immediate' | 'daily' | 'weekly';

interface NewDigest {
  recipientId: string;
  kind: DigestKind;
  localDate: string | null;
  windowKey: string;
  dueAt: Date;
}

/** Digests that are to come. Which notices one holds is decided when it is claimed. */
@Injectable()
export class Digests {
  /** @returns ids of those that are new; one that exists already, in whatever state, stays as it is */
  async plan(tx: Transaction, digests: readonly NewDigest[]): Promise<string[]> {
    if (digests.length === 0) return [];
    const rows = await tx.query<{ id: string }[]>(
      `insert into digest (id, recipient_id, kind, local_date, window_key, state, due_at)
       select d.id, d.recipient_id, d.kind, d.local_date, d.window_key, 'open', d.due_at
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[], $5::text[], $6::timestamptz[])
            as d (id, recipient_id, kind, local_date, window_key, due_at)
       join recipient on recipient.id = d.recipient_id
       on conflict do nothing returning id`,
      [
        digests.map(() => uuidv7()),
        digests.map(({ recipientId }) => recipientId),
        digests.map(({ kind }) => kind),
        digests.map(({ localDate }) => localDate),
        digests.map(({ windowKey }) => windowKey),
        digests.map(({ dueAt }) => dueAt),
      ],
    );
    return rows.map(({ id }) => id);
  }

  /** Makes sure that each recipient has a day's digest to come. A local date is used once, ever. */
  async planDays(
    tx: Transaction,
    cadence: 'daily' | 'weekly',
    recipientIds: readonly string[],
    now: Date,
  ): Promise<void> {
    if (recipientIds.length === 0) return;
    const recipients = await tx.query<{ id: string; zone: string; last: string | null }[]>(
      `select r.id, r.time_zone as zone,
              (select max(d.local_date) from digest d where d.recipient_id = r.id and d.kind = $2) as last
       from recipient r
       where r.id = any($1::uuid[]) and not exists (
         select from digest d where d.recipient_id = r.id and d.kind = $2 and d.state = 'open')`,
      [recipientIds, cadence],
    );
    const days = recipients.map(({ id, zone, last }): NewDigest => {
      const { localDate, dueAt } = nextDigestDay(cadence, zone, now, last);
      return { recipientId: id, kind: cadence, localDate, windowKey: '', dueAt };
    });
    await this.plan(tx, days);
  }

  /** Days that were planned by another clock are planned again, by the recipient's new zone. */
  async replanDays(tx: Transaction, recipientId: string, now: Date): Promise<void> {
    const gone = await tx.query<{ kind: 'daily' | 'weekly' }[]>(
      `delete from digest where recipient_id = $1 and state = 'open' and kind in ('daily', 'weekly') returning kind`,
      [recipientId],
    );
    for (const { kind } of gone) await this.planDays(tx, kind, [recipientId], now);
  }
}
