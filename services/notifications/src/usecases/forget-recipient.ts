import { afterCommit, type Transaction } from '@followthrough/database';
import { Injectable } from '@nestjs/common';
import { SubscriptionIndex } from '../outbound/subscription-index';
import { Subscriptions } from '../outbound/subscriptions';

/** Deletes everything that is held of a recipient: addresses, subscriptions, notices, digests, deliveries. */
@Injectable()
export class ForgetRecipient {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly index: SubscriptionIndex,
  ) {}

  async run(tx: Transaction, recipientId: string): Promise<void> {
    await this.subscriptions.end(tx, recipientId);
    const followed = await tx.query<
      {
        id: string;
      }[]
    >('select id from subscription where recipient_id = $1', [recipientId]);
    await tx.query('delete from recipient where id = $1', [recipientId]);
    // The rows are gone, so no revision tells the mirror. Elsewhere it is told at the next start; until then a
    // match finds no recipient and writes nothing.
    afterCommit(tx, () => {
      for (const { id } of followed) this.index.remove(id);
    });
  }
}
