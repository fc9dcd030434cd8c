import { Jobs } from '@followthrough/jobs';
import { Injectable } from '@nestjs/common';

/** Names of the service's own work. */
export const DIGEST_JOB = 'digest';
export const DELIVERY_JOB = 'delivery';

/** More than this is left to the sweep: a hint is for speed, and a great number is not about speed. */
const MOST_HINTS = 200;

/** Says that digests are due now, so that nobody waits for the sweep. */
@Injectable()
export class DigestBell {
  constructor(private readonly jobs: Jobs) {}

  ring(digestIds: readonly string[]): void {
    this.jobs.hint(DIGEST_JOB, ...digestIds.slice(0, MOST_HINTS));
  }
}

/** Says that deliveries are due now. */
@Injectable()
export class DeliveryBell {
  constructor(private readonly jobs: Jobs) {}

  ring(deliveryIds: readonly string[]): void {
    this.jobs.hint(DELIVERY_JOB, ...deliveryIds.slice(0, MOST_HINTS));
  }
}
