import { Database } from '@followthrough/database';
import { Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { Accounts } from '../outbound/directory/accounts';
import type { Arrival } from '../outbound/sign-in/relying-party';
import { AcceptInvitation } from './accept-invitation';
import { MakeAdministrator } from './make-administrator';

/** Says which member somebody is who comes back from an OpenID provider. */
@Injectable()
export class Arrive {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly invitations: AcceptInvitation,
    private readonly administrators: MakeAdministrator,
  ) {}

  /** @throws Problem `no-account` where the person is known to the provider but not to the directory */
  async member(arrival: Arrival, locale: string): Promise<string> {
    if (arrival.memberId) return arrival.memberId;
    if (arrival.claim) return this.claimed(arrival, locale);
    const { issuer, subject } = arrival;
    const known = await this.accounts.byOuterIdentity(issuer, subject);
    const member = known ?? (await this.linkedByAddress(arrival));
    if (member) return member;
    throw new Problem(
      'forbidden',
      'no-account',
      'You are signed in, but have no account here: ask your administrator for an invitation.',
    );
  }

  private async claimed(arrival: Arrival, locale: string): Promise<string> {
    const { issuer, subject, verifiedAddress } = arrival;
    const { kind, secret, name, organisation, timeZone } = arrival.claim!;
    if (kind === 'invitation') {
      const member = await this.invitations.accept(secret, name, timeZone, { issuer, subject });
      return member.id;
    }
    const founding = { name, organisation, organisationClass: 'government' as const, locale, timeZone };
    const signIn = { address: verifiedAddress, verified: verifiedAddress !== null, issuer, subject };
    return (await this.administrators.make(secret, founding, signIn)).id;
  }

  /** The site's own provider vouches for the address, and the site chose the provider: that links the two. */
  private async linkedByAddress({ issuer, subject, verifiedAddress }: Arrival): Promise<string | null> {
    const account = verifiedAddress && (await this.accounts.byAddress(verifiedAddress));
    if (!account) return null;
    return this.database.transaction(async (tx) => {
      const [other] = await tx.query(
        'select from directory.outer_identity where member_id = $1 and issuer = $2 for update',
        [account.id, issuer],
      );
      if (other) return null;
      await this.accounts.link(tx, account.id, { issuer, subject });
      return account.id;
    });
  }
}
