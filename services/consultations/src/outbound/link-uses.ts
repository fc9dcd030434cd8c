import type { Transaction } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { Vault } from './vault';

const HOUR = 3_600_000;

/** How often something may be done by somebody who is not signed in, and in how long. */
const limits = {
  'code-from-ip': { uses: 60, ms: HOUR },
  'code-to-address': { uses: 6, ms: HOUR },
  'session-from-ip': { uses: 120, ms: HOUR },
  'passed-on': { uses: 20, ms: 24 * HOUR },
  'files-of-task': { uses: 400, ms: 24 * HOUR },
} as const;

/** Counts uses by keyed hash, so that the table names neither addresses of people nor of machines. */
@Injectable()
export class LinkUses {
  constructor(
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Counts a use. @returns false where it is one too many */
  async count(tx: Transaction, limit: keyof typeof limits, who: string): Promise<boolean> {
    const { uses, ms } = limits[limit];
    const windowStart = new Date(Math.floor(this.clock.now().getTime() / ms) * ms);
    const [count] = await tx.query<{ used: number }[]>(
      `insert into link_use (key, window_start, used) values ($1, $2, 1)
       on conflict (key, window_start) do update set used = link_use.used + 1 returning used`,
      [this.vault.usageHmac(limit, who), windowStart],
    );
    return (count?.used ?? 0) <= uses;
  }
}
