import { Database } from '@followthrough/database';
import { audit, Clock, Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { AccountMails } from '../outbound/account-mails';
import { Passwords } from '../outbound/passwords';
import { sha256 } from '../outbound/secrets';
import { Sessions } from '../outbound/sign-in/sessions';

/** Sets a new password by the link of a mail, ends all sessions and tells the member that it happened. */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly mails: AccountMails,
    private readonly clock: Clock,
  ) {}

  /** The address whose password the link sets; null where the link is worth nothing. */
  async open(secret: string): Promise<string | null> {
    const [row] = await this.database.query(
      `select c.address from directory.password_reset r
       join directory.credential c on c.member_id = r.member_id
       where r.secret_sha256 = $1 and r.used_at is null and r.expires_at > $2`,
      [sha256(secret), this.clock.now()],
    );
    return row?.address ?? null;
  }

  /** @throws Problem `reset-link-over` */
  async set(secret: string, password: string): Promise<void> {
    const hash = await this.passwords.hash(password);
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const [reset] = await tx.query(
        `update directory.password_reset set used_at = $2
         where secret_sha256 = $1 and used_at is null and expires_at > $2 returning id, member_id`,
        [sha256(secret), now],
      );
      if (!reset) {
        throw new Problem(
          'forbidden',
          'reset-link-over',
          'This link has been used or is too old: ask for a new one.',
        );
      }
      // Whoever got the mail has shown that the address is theirs; all other links that are out are void.
      await tx.query(
        'update directory.credential set password = $2, changed_at = $3, verified = true where member_id = $1',
        [reset.member_id, hash, now],
      );
      await tx.query(
        'update directory.password_reset set used_at = $2 where member_id = $1 and used_at is null',
        [reset.member_id, now],
      );
      await this.sessions.endAllOf(tx, reset.member_id);
      const [member] = await tx.query(
        `select m.locale, c.address from directory.member m join directory.credential c on c.member_id = m.id
         where m.id = $1`,
        [reset.member_id],
      );
      const content = { address: member.address, secret: '', organisation: '' };
      await this.mails.order(tx, {
        kind: 'password-changed',
        subjectId: reset.id,
        locale: member.locale,
        content,
      });
      await audit(tx, {
        caller: { id: reset.member_id, kind: 'member' },
        action: 'password.reset',
        subject: 'member',
        subjectId: reset.member_id,
      });
    });
  }
}
