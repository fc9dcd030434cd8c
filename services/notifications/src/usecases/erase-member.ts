import type { Transaction } from '@followthrough/database';
import { Injectable } from '@nestjs/common';
import { Mailbox } from '../outbound/mailbox';
import { ForgetRecipient } from './forget-recipient';

/** A member is gone: so is all that was held of the person, in the local mailbox too. The opaque id stays barred. */
@Injectable()
export class EraseMember {
  constructor(
    private readonly forgetRecipient: ForgetRecipient,
    private readonly mailbox: Mailbox,
  ) {}

  async run(tx: Transaction, memberId: string): Promise<void> {
    await tx.query('insert into erased_member (id) values ($1) on conflict do nothing', [memberId]);
    const addresses = await tx.query<{ hmac: Buffer }[]>(
      'select value_hmac as hmac from address where recipient_id = $1',
      [memberId],
    );
    await this.mailbox.erase(
      tx,
      addresses.map(({ hmac }) => hmac),
    );
    await this.forgetRecipient.run(tx, memberId);
  }
}
