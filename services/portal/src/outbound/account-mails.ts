import { Database, type Transaction, afterCommit } from '@followthrough/database';
import { Jobs } from '@followthrough/jobs';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { waitAfter } from '../domain/account/throttle';
import { Secrets } from './secrets';

export const ACCOUNT_MAIL_QUEUE = 'account-mail';

export type AccountMailKind = 'invitation' | 'password-reset' | 'password-changed';

/** What a mail needs and no row may show. */
export interface AccountMailContent {
  address: string;
  /** Of the link, empty where the mail has none. */
  secret: string;
  /** Name of the organisation that one is invited into, else empty. */
  organisation: string;
}

export interface DueMail {
  id: string;
  kind: AccountMailKind;
  locale: string;
  attempts: number;
  content: AccountMailContent | null;
}

/** A process that dies while sending gives the mail free after so long. */
const LEASE_SECONDS = 180;
/** About three days of tries, the later the rarer. */
const MOST_ATTEMPTS = 16;
const RETRY = { free: 0, firstWait: 30, longestWait: 6 * 3600, forget: 0 };

/** Mails of accounts as rows: the row is what must be sent, a job only says that it is time. */
@Injectable()
export class AccountMails {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  /** Orders a mail in the transaction that gives the reason for it. */
  async order(
    tx: Transaction,
    mail: { kind: AccountMailKind; subjectId: string; locale: string; content: AccountMailContent },
  ): Promise<void> {
    const id = uuidv7();
    await tx.query(
      `insert into directory.account_mail (id, kind, subject_id, content_sealed, locale, due_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        id,
        mail.kind,
        mail.subjectId,
        this.secrets.seal('account mail', JSON.stringify(mail.content)),
        mail.locale,
        this.clock.now(),
      ],
    );
    afterCommit(tx, () => this.jobs.hint(ACCOUNT_MAIL_QUEUE, id));
  }

  /** Mails about something that no longer holds are never sent. */
  async void(tx: Transaction, subjectId: string): Promise<void> {
    await tx.query(
      `update directory.account_mail set state = 'void', content_sealed = null, settled_at = $2
       where subject_id = $1 and state = 'due'`,
      [subjectId, this.clock.now()],
    );
  }

  /** Ids of mails that nobody is sending and whose time has come. */
  async due(): Promise<string[]> {
    const rows = await this.database.query(
      `select id from directory.account_mail
       where state = 'due' and due_at <= $1 and (leased_until is null or leased_until < $1)
       order by due_at limit 1000`,
      [this.clock.now()],
    );
    return rows.map((row) => row.id);
  }

  /** Takes a due mail for this process alone; null where it is settled, not yet due or another's. */
  async claim(id: string): Promise<DueMail | null> {
    const now = this.clock.now();
    const [row] = await this.database.query(
      `update directory.account_mail set attempts = attempts + 1, leased_until = $3
       where id = $1 and state = 'due' and due_at <= $2 and (leased_until is null or leased_until < $2)
       returning id, kind, locale, attempts, content_sealed`,
      [id, now, new Date(now.getTime() + LEASE_SECONDS * 1000)],
    );
    if (!row) return null;
    const content = row.content_sealed && this.secrets.open('account mail', row.content_sealed);
    return {
      id: row.id,
      kind: row.kind,
      locale: row.locale,
      attempts: row.attempts,
      content: content ? (JSON.parse(content) as AccountMailContent) : null,
    };
  }

  async settle(id: string, state: 'sent' | 'failed', answer: string): Promise<void> {
    await this.database.query(
      `update directory.account_mail set state = $2, answer = $3, settled_at = $4, content_sealed = null, leased_until = null
       where id = $1 and state = 'due'`,
      [id, state, answer.slice(0, 200), this.clock.now()],
    );
  }

  /** Puts a mail off after a failure that may pass; after the last try it has failed. */
  async putOff(mail: DueMail, answer: string): Promise<void> {
    if (mail.attempts >= MOST_ATTEMPTS) return this.settle(mail.id, 'failed', answer);
    const due = new Date(this.clock.now().getTime() + waitAfter(RETRY, mail.attempts) * 1000);
    await this.database.query(
      `update directory.account_mail set due_at = $2, answer = $3, leased_until = null where id = $1 and state = 'due'`,
      [mail.id, due, answer.slice(0, 200)],
    );
  }
}
