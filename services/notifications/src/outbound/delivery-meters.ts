import { METRICS } from '@followthrough/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { Counter, type Registry } from 'prom-client';
import { purposes, type Purpose } from '../domain/delivery-policy';

const outcomes = ['accepted', 'transient', 'permanent', 'ambiguous'] as const;
const ends = ['accepted', 'failed', 'dead', 'void'] as const;

/** How a delivery ended: taken by a mail server, refused, given up, or with nothing left to say. */
export type Settled = (typeof ends)[number];

/** What becomes of mails, in numbers. */
@Injectable()
export class DeliveryMeters {
  private readonly attempts: Counter;
  private readonly deliveries: Counter;

  constructor(@Inject(METRICS) registry: Registry) {
    const registers = [registry];
    this.attempts = new Counter({
      name: 'followthrough_delivery_attempts_total',
      help: 'Attempts to hand a mail to a mail server, by what came of them',
      labelNames: ['purpose', 'outcome'],
      registers,
    });
    this.deliveries = new Counter({
      name: 'followthrough_deliveries_total',
      help: 'Mails that are done with, by how they ended',
      labelNames: ['purpose', 'outcome'],
      registers,
    });
    // A counter that appears with its first event shows no increase of it.
    for (const purpose of purposes) {
      for (const outcome of outcomes) this.attempts.inc({ purpose, outcome }, 0);
      for (const outcome of ends) this.deliveries.inc({ purpose, outcome }, 0);
    }
  }

  attempted(purpose: Purpose, outcome: (typeof outcomes)[number]): void {
    this.attempts.inc({ purpose, outcome });
  }

  settled(purpose: Purpose, outcome: Settled): void {
    this.deliveries.inc({ purpose, outcome });
  }
}
