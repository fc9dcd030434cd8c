import type { Transaction } from '@followthrough/database';
import { mailLocale, renderMail, type OutgoingMail } from '@followthrough/mail';
import { Clock, CONFIG, type RuntimeConfig } from '@followthrough/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { dateAt } from '../../domain/rounds/reminders';
import { isWritable, type TaskState } from '../../domain/rounds/task';
import type { LeasedRoundMail } from '../round-mails';
import { Vault } from '../vault';
import {
  askedLetter,
  codeLetter,
  escalationLetter,
  movedLetter,
  passedOnLetter,
  reminderLetter,
  returnedLetter,
  type LetterFacts,
  type RoundLetter,
} from './round-letter';

interface Row {
  state: TaskState;
  roundState: string;
  returnReason: string;
  title: string;
  dueOn: string;
  timeZone: string;
  institution: string;
  locale: string;
  supervisor: Buffer | null;
  address: Buffer | null;
  hmac: Buffer | null;
  revoked: boolean | null;
  recommendations: number;
  open: number;
}

/** Writes the mail of a round from what is true at this moment. */
@Injectable()
export class RoundLetters {
  constructor(
    private readonly vault: Vault,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<RuntimeConfig, 'publicUrl'>,
  ) {}

  /** @returns null where there is nothing left to say, or nobody to say it to */
  async write(tx: Transaction, mail: LeasedRoundMail): Promise<OutgoingMail | null> {
    const [row] = await tx.query<Row[]>(
      `select t.state, r.state as "roundState", t.return_reason as "returnReason", r.title, r.due_on::text as "dueOn",
              r.time_zone as "timeZone", i.name as institution, i.locale, i.supervisor_sealed as supervisor,
              a.address_sealed as address, a.address_hmac as hmac, a.revoked_at is not null as revoked,
              q.recommendations, q.open
       from round_task t join round r on r.id = t.round_id join institution i on i.id = t.institution_id
       left join task_access a on a.id = $2
       cross join lateral (
         select count(*)::int as recommendations, count(*) filter (where not exists (
           select from answer x where x.task_id = t.id and x.recommendation_id = q.recommendation_id))::int as open
         from round_task_recommendation q
         where q.task_id = t.id and (a.recommendation_ids is null or q.recommendation_id = any(a.recommendation_ids))) q
       where t.id = $1`,
      [mail.taskId, mail.accessId],
    );
    if (!row || row.roundState !== 'open' || row.revoked) return null;
    const to = mail.accessId === null ? row.supervisor : row.address;
    const letter = to && (await this.letter(tx, mail, row));
    if (!to || !letter) return null;
    return {
      id: mail.id,
      to: this.vault.decrypt(to).toString('utf8'),
      subject: letter.subject,
      language: letter.document.locale,
      ...renderMail(letter.document),
    };
  }

  private async letter(tx: Transaction, mail: LeasedRoundMail, row: Row): Promise<RoundLetter | null> {
    const facts = this.facts(mail, row);
    if (mail.purpose === 'code') {
      const [code] = await tx.query<{ sealed: Buffer }[]>(
        'select code_sealed as sealed from access_code where address_hmac = $1 and expires_at > $2',
        [row.hmac, this.clock.now()],
      );
      return code ? codeLetter(this.vault.decrypt(code.sealed).toString('utf8'), facts) : null;
    }
    // Who has handed in meanwhile is not asked again.
    if (!isWritable(row.state)) return null;
    switch (mail.purpose) {
      case 'asked':
        return askedLetter(facts);
      case 'passed-on':
        return passedOnLetter(facts);
      case 'reminder':
        return reminderLetter(facts);
      case 'escalation':
        return escalationLetter(facts);
      case 'returned':
        return row.state === 'returned' ? returnedLetter(facts) : null;
      case 'deadline-moved':
        return movedLetter(facts);
    }
  }

  private facts(mail: LeasedRoundMail, row: Row): LetterFacts {
    const locale = mailLocale(row.locale);
    const token = mail.accessId === null ? '' : this.vault.token('round-task', mail.accessId);
    return {
      locale,
      title: row.title,
      institution: row.institution,
      dueOn: row.dueOn,
      today: dateAt(this.clock.now(), row.timeZone),
      recommendations: row.recommendations,
      open: row.open === 0 ? row.recommendations : row.open,
      returnReason: row.returnReason,
      url: `${this.config.publicUrl}/asked?link=${token}&lang=${locale}`,
    };
  }
}
