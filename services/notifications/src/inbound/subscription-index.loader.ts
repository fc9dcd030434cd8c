import { Database } from '@followthrough/database';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SubscriptionIndex } from '../outbound/subscription-index';

/** Reads all subscriptions at the start, so that the first event need not wait for them. */
@Injectable()
export class SubscriptionIndexLoader implements OnApplicationBootstrap {
  constructor(
    private readonly index: SubscriptionIndex,
    private readonly database: Database,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.index.catchUp(this.database);
  }
}
