import { Caller, SignedIn, zodQuery, type CallerIdentity } from '@followthrough/service-kit';
import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import { DeliveryLog } from '../outbound/delivery-log.reader';
import { memberId } from './members-only';
import { page } from './schemas';

@Controller('deliveries')
export class DeliveriesController {
  constructor(private readonly log: DeliveryLog) {}

  /** What was mailed to the caller, when, and what the mail server said. */
  @Get()
  @SignedIn()
  list(@Caller() caller: CallerIdentity, @Query(zodQuery(page)) asked: z.infer<typeof page>) {
    return this.log.of(memberId(caller), asked.page);
  }
}
