import type { RecommendationFilter } from '@followthrough/contracts';
import { Database } from '@followthrough/database';
import { audit, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import type { Cadence, Channel } from '../domain/notice';
import { Subscriptions, type Subscription } from '../outbound/subscriptions';

export interface SubscriptionChange {
  filter?: RecommendationFilter;
  cadence?: Cadence;
  channels?: Channel[];
  state?: 'active' | 'paused';
}

/** A member changes, pauses or resumes a subscription of theirs. */
@Injectable()
export class ChangeSubscription {
  constructor(
    private readonly database: Database,
    private readonly subscriptions: Subscriptions,
  ) {}

  /** @returns null where the caller has no such subscription */
  run(caller: CallerIdentity, id: string, change: SubscriptionChange): Promise<Subscription | null> {
    return this.database.transaction(async (tx) => {
      const changed = await this.subscriptions.change(tx, caller.id, id, change);
      if (changed) {
        const details = { changed: Object.keys(change) };
        await audit(tx, {
          caller,
          action: 'subscription.change',
          subject: 'subscription',
          subjectId: id,
          details,
        });
      }
      return changed;
    });
  }
}
