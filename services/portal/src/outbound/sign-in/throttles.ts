import { Database } from '@followthrough/database';
import { Clock, Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { waitAfter, type ThrottleRule } from '../../domain/account/throttle';
import { Secrets } from '../secrets';

/** What is counted: failures about one address, or from one place. */
export interface Throttled {
  rule: ThrottleRule;
  key: string;
}

/** Counts failures in a row, shared by all processes. Who failed is stored as a keyed hash only. */
@Injectable()
export class Throttles {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `rate-limited` with `retryAfter` in seconds while one has to wait */
  async pass(...throttled: Throttled[]): Promise<void> {
    const now = this.clock.now();
    const [row] = await this.database.query(
      'select max(blocked_until) as until from directory.throttle where key_hash = any($1) and blocked_until > $2',
      [throttled.map((one) => this.hash(one)), now],
    );
    if (!row?.until) return;
    const retryAfter = Math.ceil((row.until.getTime() - now.getTime()) / 1000);
    throw new Problem('rate-limited', 'too-many-attempts', `Too many attempts: wait ${retryAfter} seconds.`, {
      retryAfter,
    });
  }

  async failed(...throttled: Throttled[]): Promise<void> {
    const now = this.clock.now();
    for (const one of throttled) {
      const [row] = await this.database.query(
        `insert into directory.throttle as t (key_hash, failures, failed_at) values ($1, 1, $2)
         on conflict (key_hash) do update set
           failures = case when t.failed_at < $3 then 1 else t.failures + 1 end, failed_at = $2
         returning failures`,
        [this.hash(one), now, new Date(now.getTime() - one.rule.forget * 1000)],
      );
      const wait = waitAfter(one.rule, row!.failures);
      if (wait === 0) continue;
      await this.database.query('update directory.throttle set blocked_until = $2 where key_hash = $1', [
        this.hash(one),
        new Date(now.getTime() + wait * 1000),
      ]);
    }
  }

  /** Forgets the failures about an address after a success; those of a place stay. */
  async succeeded(throttled: Throttled): Promise<void> {
    await this.database.query('delete from directory.throttle where key_hash = $1', [this.hash(throttled)]);
  }

  async removeForgotten(): Promise<void> {
    await this.database.query('delete from directory.throttle where failed_at < $1', [
      new Date(this.clock.now().getTime() - 24 * 3600_000),
    ]);
  }

  private hash(one: Throttled): Buffer {
    return Buffer.from(this.secrets.mark('throttle', `${one.rule.free} ${one.key}`), 'base64url');
  }
}
