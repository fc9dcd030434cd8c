import { Database, type Transaction } from '@followthrough/database';
import {
  delayAfterTransient,
  Mailer,
  mailRetries,
  type OutgoingMail,
  type SmtpOutcome,
} from '@followthrough/mail';
import {
  Clock,
  CONFIG,
  failPoint,
  LOGGER,
  type Logger,
  type RuntimeConfig,
} from '@followthrough/service-kit';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { RoundLetters } from '../outbound/letters/round-letters';
import { RoundMails, type LeasedRoundMail } from '../outbound/round-mails';

/**
 * Makes the next attempt of a mail: leased in one transaction, the call to the mail server, its outcome in another.
 * What an unanswered call is worth is in `mailRetries`.
 */
@Injectable()
export class SendRoundMail implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly mails: RoundMails,
    private readonly letters: RoundLetters,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<RuntimeConfig, 'profile'>,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** In one process every lease that is there at the start belonged to the one before. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.profile !== 'embedded') return;
    await this.database.query(`update round_mail set lease_until = '-infinity' where state = 'leased'`);
  }

  async run(id: string): Promise<void> {
    const taken = await this.database.transaction((tx) => this.take(tx, id));
    if (!taken) return;
    failPoint('round-mail.before-send');
    const outcome = await this.mailer.send(taken.letter);
    failPoint('round-mail.after-send');
    await this.database.transaction((tx) => this.record(tx, taken.mail, taken.letter, outcome));
    failPoint('round-mail.after-record');
    if (outcome.kind !== 'accepted' && outcome.scope === 'server')
      this.log.warn({ mail: id, code: outcome.code, outcome: outcome.kind }, outcome.reason);
  }

  /** Takes up a mail whose process died while it was being sent: its outcome is in doubt. */
  async recover(id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const lost = await this.mails.takeOver(tx, id);
      if (!lost) return;
      await this.mails.note(tx, id, 'ambiguous', 'LOST');
      await this.doubt(tx, lost);
    });
  }

  private async take(
    tx: Transaction,
    id: string,
  ): Promise<{ mail: LeasedRoundMail; letter: OutgoingMail } | null> {
    const mail = await this.mails.lease(tx, id);
    if (!mail) return null;
    const letter = await this.letters.write(tx, mail);
    if (letter) return { mail, letter };
    await this.mails.settle(tx, id, 'void');
    return null;
  }

  private async record(
    tx: Transaction,
    mail: LeasedRoundMail,
    letter: OutgoingMail,
    outcome: SmtpOutcome,
  ): Promise<void> {
    await this.mails.note(tx, mail.id, outcome.kind, outcome.code);
    switch (outcome.kind) {
      case 'accepted':
        return this.mails.settle(tx, mail.id, 'accepted');
      case 'permanent':
        return this.mails.settle(tx, mail.id, 'failed');
      case 'ambiguous':
        return this.doubt(tx, mail);
      case 'transient': {
        const local = this.mailer.routeFor(letter.to).kind === 'local';
        return this.again(tx, mail, delayAfterTransient(mail.attempts, local, Math.random));
      }
    }
  }

  private async doubt(tx: Transaction, mail: LeasedRoundMail): Promise<void> {
    const left = mail.attempts < mailRetries.ambiguousAttempts;
    await this.again(tx, mail, left ? mailRetries.ambiguousDelay : null);
  }

  private async again(tx: Transaction, mail: LeasedRoundMail, delay: number | null): Promise<void> {
    const at = delay === null ? null : new Date(this.clock.now().getTime() + delay);
    if (at === null || at > mail.expiresAt) await this.mails.settle(tx, mail.id, 'dead');
    else await this.mails.requeue(tx, mail.id, at);
  }
}
