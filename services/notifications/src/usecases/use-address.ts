import type { RecommendationFilter } from '@followthrough/contracts';
import { lockInTransaction, type Transaction } from '@followthrough/database';
import { Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import type { Cadence } from '../domain/notice';
import { Addresses, type ProvenAddress } from '../outbound/addresses';
import { Subscriptions } from '../outbound/subscriptions';
import { ForgetRecipient } from './forget-recipient';

interface Followed {
  filter: RecommendationFilter;
  cadence: Cadence;
}

/**
 * Puts an address into use for a member who has shown that it is theirs. What the address had followed without an
 * account goes over to the member.
 */
@Injectable()
export class UseAddress {
  constructor(
    private readonly addresses: Addresses,
    private readonly subscriptions: Subscriptions,
    private readonly forgetRecipient: ForgetRecipient,
  ) {}

  /** @throws Problem `conflict` where another account uses the address */
  async run(tx: Transaction, memberId: string, proven: ProvenAddress): Promise<void> {
    await lockInTransaction(tx, `notifications:address:${proven.hmac.toString('hex')}`);
    const owner = await this.addresses.ownerOf(tx, proven.hmac);
    if (owner && owner.recipientId !== memberId && owner.kind === 'member') {
      throw new Problem(
        'conflict',
        'address-in-use',
        'Another account here uses this address: choose another one.',
      );
    }
    const followed =
      owner && owner.recipientId !== memberId ? await this.takeOver(tx, owner.recipientId) : [];
    await this.addresses.use(tx, memberId, proven);
    for (const { filter, cadence } of followed) {
      await this.subscriptions.start(tx, {
        recipientId: memberId,
        filter,
        cadence,
        channels: ['inbox', 'email'],
      });
    }
  }

  private async takeOver(tx: Transaction, followerId: string): Promise<Followed[]> {
    const followed = await tx.query<Followed[]>(
      `select filter, cadence from subscription where recipient_id = $1 and state = 'active' order by created_at`,
      [followerId],
    );
    await this.forgetRecipient.run(tx, followerId);
    return followed;
  }
}
