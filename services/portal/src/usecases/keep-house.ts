import { Database } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { FeedRows } from '../outbound/feed/feed-rows';
import { removeExpiredProviderRecords } from '../outbound/sign-in/provider-records';
import { Sessions } from '../outbound/sign-in/sessions';
import { SigningKeys } from '../outbound/sign-in/signing-keys';
import { Throttles } from '../outbound/sign-in/throttles';

const KEPT_DAYS = 30;
/** How long the feed tells what has been superseded; the last word about each recommendation stays. */
const FEED_DAYS = 90;
const DAY_MS = 24 * 3600_000;

/** Makes the next signing key in time, and drops what is over. */
@Injectable()
export class KeepHouse {
  constructor(
    private readonly database: Database,
    private readonly keys: SigningKeys,
    private readonly sessions: Sessions,
    private readonly throttles: Throttles,
    private readonly feed: FeedRows,
    private readonly clock: Clock,
  ) {}

  async keep(): Promise<void> {
    await this.keys.rotate();
    await this.sessions.removeExpired();
    await this.throttles.removeForgotten();
    await removeExpiredProviderRecords(this.database);
    const before = this.daysAgo(KEPT_DAYS);
    await this.database.query('delete from directory.password_reset where expires_at < $1', [before]);
    await this.database.query('delete from directory.account_mail where settled_at < $1', [before]);
    // An address that was invited and never answered is not kept for ever.
    await this.database.query(
      `update directory.invitation set state = 'withdrawn', address = null, address_key = null, settled_at = $2
       where state = 'open' and expires_at < $1`,
      [before, this.clock.now()],
    );
    const feedBefore = this.daysAgo(FEED_DAYS);
    while ((await this.database.transaction((tx) => this.feed.forget(tx, feedBefore))) > 0);
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}
