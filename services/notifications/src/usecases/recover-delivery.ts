import { Database } from '@followthrough/database';
import { Clock, CONFIG, type RuntimeConfig } from '@followthrough/service-kit';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { LeasedDelivery } from '../outbound/deliveries';
import { Deliver } from './deliver';

/** Takes up a delivery whose process died while it was being attempted: its outcome is in doubt. */
@Injectable()
export class RecoverDelivery implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly deliver: Deliver,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<RuntimeConfig, 'profile'>,
  ) {}

  /** In one process every lease that is there at the start belonged to the one before. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.profile !== 'embedded') return;
    await this.database.query(`update delivery set lease_until = '-infinity' where state = 'leased'`);
  }

  async run(deliveryId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [delivery] = await tx.query<LeasedDelivery[]>(
        `select id, recipient_id as "recipientId", purpose, digest_id as "digestId", address_id as "addressId",
                follow_request_id as "followRequestId", attempts, last_outcome as "lastOutcome",
                expires_at as "expiresAt", traceparent
         from delivery where id = $1 and state = 'leased' and lease_until < $2 for update`,
        [deliveryId, this.clock.now()],
      );
      if (delivery) await this.deliver.recordLostAttempt(tx, delivery);
    });
  }
}
