import { Database } from '@followthrough/database';
import { audit, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { Vault } from '../outbound/vault';
import { UseAddress } from './use-address';

/** A member follows the link that was sent to the address they entered. */
@Injectable()
export class VerifyAddress {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly useAddress: UseAddress,
  ) {}

  /** @throws Problem `not-found` for a link that is not this member's, or no longer is */
  async run(caller: CallerIdentity, token: string): Promise<void> {
    const named = this.vault.readToken(token);
    await this.database.transaction(async (tx) => {
      const [address] =
        named?.purpose === 'verify-address'
          ? await tx.query<{ id: string; sealed: Buffer; hmac: Buffer; state: string }[]>(
              `select id, value_encrypted as sealed, value_hmac as hmac, state from address
               where id = $1 and recipient_id = $2 for update`,
              [named.id, caller.id],
            )
          : [];
      if (!address) {
        throw new Problem(
          'not-found',
          'link-expired',
          'This link does not fit your account: enter the address again.',
        );
      }
      if (address.state === 'verified') return;
      await this.useAddress.run(tx, caller.id, address);
      await audit(tx, { caller, action: 'address.verify', subject: 'recipient', subjectId: caller.id });
    });
  }
}
