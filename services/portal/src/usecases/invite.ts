import { Database, type Transaction } from '@followthrough/database';
import { isDemoAddress, mailAddress, sameMailboxKey } from '@followthrough/mail';
import { audit, Clock, Problem, type CallerIdentity, type Role } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v4 as uuidv4 } from 'uuid';
import { pageLocale } from '../domain/account/locales';
import { INVITATION_DAYS } from '../domain/account/session-rules';
import { AccountMails } from '../outbound/account-mails';
import { Invitation } from '../outbound/directory/invitation.entity';
import { Organisation } from '../outbound/directory/organisation.entity';
import { newSecret, sha256 } from '../outbound/secrets';
import { mustReach } from './reach';

export interface InvitationAsked {
  email: string;
  name: string;
  organisationId: string;
  roles: Role[];
  states: string[];
  locale: string;
}

/** Invites people by e-mail into an organisation and a role. Nobody has an account before they accept. */
@Injectable()
export class Invite {
  constructor(
    private readonly database: Database,
    private readonly mails: AccountMails,
    private readonly clock: Clock,
  ) {}

  /**
   * All or none.
   * @throws Problem that names the address at fault
   */
  all(asked: InvitationAsked[], caller: CallerIdentity): Promise<Invitation[]> {
    return this.database.transaction(async (tx) => {
      const invitations: Invitation[] = [];
      for (const one of asked) invitations.push(await this.one(tx, one, caller));
      return invitations;
    });
  }

  /** Sends an open invitation again: with a new link, so that the old one is worth nothing. */
  again(id: string, caller: CallerIdentity): Promise<Invitation> {
    return this.database.transaction(async (tx) => {
      const standing = await tx.findOneBy(Invitation, { id, state: 'open' });
      if (!standing?.address)
        throw new Problem('not-found', 'invitation-not-found', 'There is no such open invitation.');
      mustReach(caller, standing.states);
      const { address, name, organisationId, roles, states, locale } = standing;
      return this.one(tx, { email: address, name, organisationId, roles, states, locale }, caller);
    });
  }

  private async one(tx: Transaction, asked: InvitationAsked, caller: CallerIdentity): Promise<Invitation> {
    const address = mailAddress(asked.email.trim());
    if (!address)
      throw new Problem('invalid', 'address-not-understood', `"${asked.email}" is not an e-mail address.`);
    if (isDemoAddress(address))
      throw new Problem('invalid', 'demo-address', `${address} is kept for demo accounts.`);
    mustReach(caller, asked.states);
    const organisation = await tx.findOneBy(Organisation, { id: asked.organisationId });
    if (!organisation)
      throw new Problem('invalid', 'organisation-not-found', `${address}: there is no such organisation.`);
    const addressKey = sameMailboxKey(address);
    const [taken] = await tx.query('select from directory.credential where address_key = $1', [addressKey]);
    if (taken)
      throw new Problem(
        'conflict',
        'has-account',
        `${address} has an account already: change it in the directory.`,
      );
    await this.replaceOpen(tx, addressKey);

    const secret = newSecret();
    const now = this.clock.now();
    const invitation = tx.create(Invitation, {
      id: uuidv4(),
      address,
      addressKey,
      name: asked.name.trim() || address,
      organisationId: organisation.id,
      roles: asked.roles,
      states: asked.states,
      locale: pageLocale(asked.locale),
      secretSha256: sha256(secret),
      state: 'open',
      invitedBy: caller.id,
      invitedAt: now,
      expiresAt: new Date(now.getTime() + INVITATION_DAYS * 24 * 3600_000),
      settledAt: null,
    });
    await tx.insert(Invitation, invitation);
    const content = { address, secret, organisation: organisation.name };
    await this.mails.order(tx, {
      kind: 'invitation',
      subjectId: invitation.id,
      locale: invitation.locale,
      content,
    });
    await audit(tx, {
      caller,
      action: 'invitation.send',
      subject: 'invitation',
      subjectId: invitation.id,
      details: { organisationId: organisation.id, roles: asked.roles, states: asked.states },
    });
    return invitation;
  }

  private async replaceOpen(tx: Transaction, addressKey: string): Promise<void> {
    const rows = await tx.query(
      `update directory.invitation set state = 'withdrawn', address = null, address_key = null, settled_at = $2
       where address_key = $1 and state = 'open' returning id`,
      [addressKey, this.clock.now()],
    );
    for (const { id } of rows) await this.mails.void(tx, id);
  }
}
