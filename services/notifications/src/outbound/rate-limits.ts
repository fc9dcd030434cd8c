import type { Transaction } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { Vault } from './vault';

const HOUR = 3_600_000;

/** How often something may be asked, and in how long. */
export const rateLimits = {
  'follow-from-ip': { uses: 20, ms: HOUR },
  'follow-to-address': { uses: 3, ms: 24 * HOUR },
  'verify-by-member': { uses: 5, ms: 24 * HOUR },
  'verify-to-address': { uses: 3, ms: 24 * HOUR },
} as const;

/** Counts uses by keyed hash, so that the table names neither addresses of people nor of machines. */
@Injectable()
export class RateLimits {
  constructor(
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Counts a use. @returns false where it is one too many */
  async use(tx: Transaction, limit: keyof typeof rateLimits, who: string): Promise<boolean> {
    const { uses, ms } = rateLimits[limit];
    const windowStart = new Date(Math.floor(this.clock.now().getTime() / ms) * ms);
    const [count] = await tx.query<{ used: number }[]>(
      `insert into rate_count (key, window_start, used) values ($1, $2, 1)
       on conflict (key, window_start) do update set used = rate_count.used + 1 returning used`,
      [this.vault.usageHmac(limit, who), windowStart],
    );
    return (count?.used ?? 0) <= uses;
  }
}
