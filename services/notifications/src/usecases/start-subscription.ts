import type { RecommendationFilter } from '@followthrough/contracts';
import { Database } from '@followthrough/database';
import { audit, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import type { Cadence, Channel } from '../domain/notice';
import { Recipients } from '../outbound/recipients';
import { Subscriptions, type Subscription } from '../outbound/subscriptions';

/** A member follows what a filter asks for. */
@Injectable()
export class StartSubscription {
  constructor(
    private readonly database: Database,
    private readonly recipients: Recipients,
    private readonly subscriptions: Subscriptions,
  ) {}

  run(
    caller: CallerIdentity,
    wanted: { filter: RecommendationFilter; cadence?: Cadence; channels?: Channel[] },
  ): Promise<Subscription> {
    return this.database.transaction(async (tx) => {
      const recipient = await this.recipients.member(tx, caller.id);
      if (!recipient) throw new Problem('not-found', 'member-erased', 'This account is gone.');
      const subscription = await this.subscriptions.start(tx, {
        recipientId: caller.id,
        filter: wanted.filter,
        cadence: wanted.cadence ?? recipient.cadence,
        channels: wanted.channels ?? ['inbox', 'email'],
      });
      await audit(tx, {
        caller,
        action: 'subscription.start',
        subject: 'subscription',
        subjectId: subscription.id,
      });
      return subscription;
    });
  }
}
