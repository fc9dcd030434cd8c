import { setTimeout as delay } from 'node:timers/promises';
import { Database } from '@followthrough/database';
import { isDemoAddress, mailAddress } from '@followthrough/mail';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { PASSWORD_RESET_MINUTES } from '../domain/account/session-rules';
import { perPlace } from '../domain/account/throttle';
import { AccountMails } from '../outbound/account-mails';
import { Accounts } from '../outbound/directory/accounts';
import { newSecret, sha256 } from '../outbound/secrets';
import { Throttles } from '../outbound/sign-in/throttles';

/** So many resets an hour are mailed to one member; more would be somebody's nuisance. */
const MOST_AN_HOUR = 3;
/** Every answer takes so long, so that its time does not tell either. */
const ANSWER_MILLISECONDS = 400;

/** Mails a link that sets a new password, if there is such a member. The answer never says whether. */
@Injectable()
export class AskPasswordReset {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly mails: AccountMails,
    private readonly throttles: Throttles,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `rate-limited` for a place that asks all the time */
  async ask(given: string, place: string): Promise<void> {
    const origin = { rule: perPlace, key: `reset ${place}` };
    await this.throttles.pass(origin);
    await this.throttles.failed(origin);
    await Promise.all([this.mail(given), delay(ANSWER_MILLISECONDS)]);
  }

  private async mail(given: string): Promise<void> {
    const address = mailAddress(given.trim());
    const account = address && !isDemoAddress(address) ? await this.accounts.byAddress(address) : null;
    if (!account || !address) return;
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      await tx.query('select from directory.member where id = $1 for update', [account.id]);
      const [recent] = await tx.query(
        'select count(*)::int as asked from directory.password_reset where member_id = $1 and asked_at > $2',
        [account.id, new Date(now.getTime() - 3600_000)],
      );
      if (recent.asked >= MOST_AN_HOUR) return;
      const id = uuidv7();
      const secret = newSecret();
      await tx.query(
        `insert into directory.password_reset (id, member_id, secret_sha256, asked_at, expires_at)
         values ($1, $2, $3, $4, $5)`,
        [id, account.id, sha256(secret), now, new Date(now.getTime() + PASSWORD_RESET_MINUTES * 60_000)],
      );
      const content = { address, secret, organisation: '' };
      await this.mails.order(tx, { kind: 'password-reset', subjectId: id, locale: account.locale, content });
    });
  }
}
