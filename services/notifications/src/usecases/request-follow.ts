import type { RecommendationFilter } from '@followthrough/contracts';
import { afterCommit, Database } from '@followthrough/database';
import { sameMailboxKey } from '@followthrough/mail';
import { Clock, Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v4 as uuidv4 } from 'uuid';
import type { Cadence } from '../domain/notice';
import { DeliveryBell } from '../outbound/bells';
import { Deliveries } from '../outbound/deliveries';
import { RateLimits } from '../outbound/rate-limits';
import { Vault } from '../outbound/vault';

export interface FollowRequest {
  address: string;
  filter: RecommendationFilter;
  locale: string;
  timeZone: string;
  cadence: Cadence;
}

const VALID_MS = 7 * 24 * 3_600_000;

/**
 * A wish to follow without an account: nothing but one mail that asks for confirmation. The same is done, and
 * answered, whether the address is known or not.
 */
@Injectable()
export class RequestFollow {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly limits: RateLimits,
    private readonly deliveries: Deliveries,
    private readonly bell: DeliveryBell,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `rate-limited` where too many wishes come from one machine, whatever the address */
  async run(request: FollowRequest, ip: string): Promise<void> {
    const allowed = await this.database.transaction((tx) => this.limits.use(tx, 'follow-from-ip', ip));
    if (!allowed) {
      throw new Problem(
        'rate-limited',
        'too-many-requests',
        'Too many requests from here: try again in an hour.',
      );
    }
    await this.database.transaction(async (tx) => {
      if (!(await this.limits.use(tx, 'follow-to-address', sameMailboxKey(request.address)))) return;
      const id = uuidv4();
      const now = this.clock.now();
      await tx.query(
        `insert into follow_request (id, value_encrypted, value_hmac, filter, locale, time_zone, cadence, created_at,
                                     expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          id,
          this.vault.encrypt(request.address),
          this.vault.addressHmac(request.address),
          JSON.stringify(request.filter),
          request.locale,
          request.timeZone,
          request.cadence,
          now,
          new Date(now.getTime() + VALID_MS),
        ],
      );
      const delivery = await this.deliveries.queue(tx, {
        recipientId: null,
        purpose: 'confirm-follow',
        followRequestId: id,
      });
      afterCommit(tx, () => this.bell.ring([delivery]));
    });
  }
}
