import { Database } from '@followthrough/database';
import { audit, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { Subscriptions } from '../outbound/subscriptions';

/** A member stops following. What was not yet mailed for it will not be. */
@Injectable()
export class EndSubscription {
  constructor(
    private readonly database: Database,
    private readonly subscriptions: Subscriptions,
  ) {}

  async run(caller: CallerIdentity, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const ended = await this.subscriptions.end(tx, caller.id, id);
      if (ended.length === 0) return;
      await audit(tx, { caller, action: 'subscription.end', subject: 'subscription', subjectId: id });
    });
  }
}
