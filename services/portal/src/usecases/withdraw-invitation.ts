import { Database } from '@followthrough/database';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { AccountMails } from '../outbound/account-mails';
import { Invitation } from '../outbound/directory/invitation.entity';
import { mustReach } from './reach';

/** Takes an invitation back: its link is worth nothing, its mail is not sent if it has not been, its address goes. */
@Injectable()
export class WithdrawInvitation {
  constructor(
    private readonly database: Database,
    private readonly mails: AccountMails,
    private readonly clock: Clock,
  ) {}

  async withdraw(id: string, caller: CallerIdentity): Promise<void> {
    await this.database.transaction(async (tx) => {
      const invitation = await tx.findOne(Invitation, {
        where: { id, state: 'open' },
        lock: { mode: 'pessimistic_write' },
      });
      if (!invitation)
        throw new Problem('not-found', 'invitation-not-found', 'There is no such open invitation.');
      mustReach(caller, invitation.states);
      await tx.update(Invitation, id, {
        state: 'withdrawn',
        address: null,
        addressKey: null,
        settledAt: this.clock.now(),
      });
      await this.mails.void(tx, id);
      await audit(tx, { caller, action: 'invitation.withdraw', subject: 'invitation', subjectId: id });
    });
  }
}
