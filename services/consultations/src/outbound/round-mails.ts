import { afterCommit, type Transaction } from '@followthrough/database';
import { Jobs } from '@followthrough/jobs';
import { mailRetries } from '@followthrough/mail';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v4 as uuidv4 } from 'uuid';

export const ROUND_MAIL_JOB = 'round-mail';
const MOST_HINTS = 200;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long a mail has a point, in milliseconds. */
const expiry = {
  asked: 7 * DAY,
  'passed-on': 7 * DAY,
  reminder: 2 * DAY,
  escalation: 7 * DAY,
  returned: 7 * DAY,
  'deadline-moved': 7 * DAY,
  code: 15 * MINUTE,
} as const;
export type RoundMailPurpose = keyof typeof expiry;

export interface NewRoundMail {
  purpose: RoundMailPurpose;
  taskId: string;
  /** Null: to the institution's supervisor. */
  accessId: string | null;
}

export interface LeasedRoundMail extends NewRoundMail {
  id: string;
  attempts: number;
  expiresAt: Date;
}

const LEASED = `id, purpose, task_id as "taskId", access_id as "accessId", attempts, expires_at as "expiresAt"`;

/** Mails of rounds: a row each, written in the transaction that causes it, sent by whoever leases it. */
@Injectable()
export class RoundMails {
  constructor(
    private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  async queue(tx: Transaction, ...mails: NewRoundMail[]): Promise<void> {
    const now = this.clock.now();
    const rows = mails.map((mail) => ({
      id: uuidv4(),
      purpose: mail.purpose,
      task_id: mail.taskId,
      access_id: mail.accessId,
      expires_at: new Date(now.getTime() + expiry[mail.purpose]),
    }));
    await tx.query(
      `insert into round_mail (id, purpose, task_id, access_id, state, next_attempt_at, expires_at, created_at)
       select id, purpose, task_id, access_id, 'queued', $2, expires_at, $2 from json_to_recordset($1)
         as row (id uuid, purpose text, task_id uuid, access_id uuid, expires_at timestamptz)`,
      [JSON.stringify(rows), now],
    );
    const ids = rows.slice(0, MOST_HINTS).map(({ id }) => id);
    afterCommit(tx, () => this.jobs.hint(ROUND_MAIL_JOB, ...ids));
  }

  /** Takes a due mail, by one statement: whoever gets the row attempts it, nobody else does. */
  async lease(tx: Transaction, id: string): Promise<LeasedRoundMail | null> {
    const now = this.clock.now();
    const [leased] = await tx.query<LeasedRoundMail[]>(
      `update round_mail set state = 'leased', attempts = attempts + 1, lease_until = $3, last_outcome = 'started'
       where id = $1 and state = 'queued' and next_attempt_at <= $2 returning ${LEASED}`,
      [id, now, new Date(now.getTime() + mailRetries.lease)],
    );
    return leased ?? null;
  }

  /** Takes over a mail whose process died while it was being sent. */
  async takeOver(tx: Transaction, id: string): Promise<LeasedRoundMail | null> {
    const [lost] = await tx.query<LeasedRoundMail[]>(
      `select ${LEASED} from round_mail where id = $1 and state = 'leased' and lease_until < $2 for update`,
      [id, this.clock.now()],
    );
    return lost ?? null;
  }

  async note(tx: Transaction, id: string, outcome: string, code: string): Promise<void> {
    await tx.query('update round_mail set last_outcome = $2, last_code = $3 where id = $1', [
      id,
      outcome,
      code.slice(0, 40),
    ]);
  }

  async requeue(tx: Transaction, id: string, at: Date): Promise<void> {
    await tx.query(
      `update round_mail set state = 'queued', lease_until = null, next_attempt_at = $2 where id = $1 and state = 'leased'`,
      [id, at],
    );
  }

  async settle(tx: Transaction, id: string, state: 'accepted' | 'failed' | 'dead' | 'void'): Promise<void> {
    await tx.query(
      `update round_mail set state = $2, lease_until = null, settled_at = $3 where id = $1 and state = 'leased'`,
      [id, state, this.clock.now()],
    );
  }
}
