import { Database } from '@followthrough/database';
import { audit, Clock, Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { Accounts, type SignIn } from '../outbound/directory/accounts';
import { Invitation } from '../outbound/directory/invitation.entity';
import type { Member } from '../outbound/directory/member.entity';
import { Organisation } from '../outbound/directory/organisation.entity';
import { sha256 } from '../outbound/secrets';

/** With what the invited person will sign in: a password hash, or an identity at the site's own provider. */
export type Acceptance = { password: string } | { issuer: string; subject: string };

/** Turns an invitation into an account. Whoever has the link has shown that the address is theirs. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly clock: Clock,
  ) {}

  /** What the page shows before one accepts; null where the link is worth nothing. */
  async open(
    secret: string,
  ): Promise<{ name: string; address: string; organisation: string; locale: string } | null> {
    const invitation = await this.database.dataSource.manager.findOneBy(Invitation, {
      secretSha256: sha256(secret),
      state: 'open',
    });
    if (!invitation?.address || invitation.expiresAt <= this.clock.now()) return null;
    const { name, address, locale, organisationId } = invitation;
    const organisation = await this.database.dataSource.manager.findOneByOrFail(Organisation, {
      id: organisationId,
    });
    return { name, address, organisation: organisation.name, locale };
  }

  /** @throws Problem `invitation-over` */
  accept(
    secret: string,
    name: string,
    timeZone: string,
    acceptance: Acceptance,
  ): Promise<Member & { address: string }> {
    return this.database.transaction(async (tx) => {
      const invitation = await tx.findOne(Invitation, {
        where: { secretSha256: sha256(secret), state: 'open' },
        lock: { mode: 'pessimistic_write' },
      });
      const now = this.clock.now();
      if (!invitation?.address || invitation.expiresAt <= now) {
        throw new Problem(
          'forbidden',
          'invitation-over',
          'This invitation has been used, withdrawn or is too old: ask the person who invited you for a new one.',
        );
      }
      const { address, organisationId, roles, states, locale } = invitation;
      const signIn: SignIn = { address, verified: true, ...acceptance };
      const member = await this.accounts.open(
        tx,
        {
          name: name.trim() || invitation.name,
          organisationId,
          roles,
          states,
          locale,
          timeZone,
          demo: false,
        },
        signIn,
        now,
      );
      await tx.update(Invitation, invitation.id, {
        state: 'accepted',
        address: null,
        addressKey: null,
        settledAt: now,
      });
      await audit(tx, {
        caller: { id: member.id, kind: 'member' },
        action: 'invitation.accept',
        subject: 'invitation',
        subjectId: invitation.id,
        details: { memberId: member.id, organisationId, roles, states },
      });
      return { ...member, address };
    });
  }
}
