import { Database, type Transaction } from '@followthrough/database';
import { audit, Caller, Requires, zodBody, zodQuery, type CallerIdentity } from '@followthrough/service-kit';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { EventsAtWork } from './events-at-work';
import { noSuchSubscription } from './event-operations.controller';
import {
  listParked,
  PARKED_AT_ONCE,
  retryParked,
  skipParked,
  type ParkedEvent,
  type ParkedSelection,
} from './parked-tools';

const PAGE = 50;
/** Of a reason, which may quote what it was about. */
const SENTENCE = 300;

const listQuery = z.object({
  subscription: z.string().optional(),
  cursor: z.uuid().optional(),
});
const chosen = {
  ids: z.array(z.uuid()).min(1).max(PARKED_AT_ONCE).optional(),
  subscription: z.string().optional(),
  key: z.string().max(500).optional(),
};
const isOneOf = ({ ids, subscription, key }: { ids?: string[]; subscription?: string; key?: string }) =>
  (ids === undefined) !== (subscription === undefined) && (key === undefined || subscription !== undefined);
const needsOne = 'needs either ids or a subscription, with or without a key';
const retryBody = z.strictObject(chosen).refine(isOneOf, needsOne);
const skipBody = z
  .strictObject({
    ...chosen,
    reason: z.string().trim().min(3, 'say why, for whoever reads the audit').max(500),
  })
  .refine(isOneOf, needsOne);

/** A parked event without its content, which may be anything. */
interface ParkedView {
  id: string;
  subscription: string;
  topic: string;
  partition: number;
  offset: number;
  key: string;
  type: string | null;
  error: string;
  attempts: number;
  parkedAt: Date;
}

interface Decided {
  /** How many were decided about. */
  events: number;
  /** Of the given ids, those of which no event is parked. */
  notParked: string[];
  /** Whether there may be more: ask again. */
  more: boolean;
}

/** Events that a handler could not handle and that wait for a person. */
@Controller('operations/parked')
export class ParkedEventsController {
  constructor(
    private readonly database: Database,
    private readonly events: EventsAtWork,
  ) {}

  /** Parked events, newest first, 50 a page; `next` is the cursor of the following page. */
  @Get()
  @Requires('operations')
  async list(
    @Query(zodQuery(listQuery)) asked: z.infer<typeof listQuery>,
  ): Promise<{ parked: ParkedView[]; next: string | null }> {
    const found = await listParked(this.database, {
      consumer: asked.subscription,
      after: asked.cursor,
      limit: PAGE + 1,
    });
    const parked = found.slice(0, PAGE);
    return { parked: parked.map(viewOf), next: found.length > PAGE ? parked.at(-1)!.id : null };
  }

  /** Has parked events tried again, in their order. */
  @Post('retry')
  @HttpCode(200)
  @Requires('operations')
  retry(@Caller() caller: CallerIdentity, @Body(zodBody(retryBody)) asked: z.infer<typeof retryBody>) {
    return this.decide(caller, asked, 'event.retry', {}, retryParked);
  }

  /** Leaves parked events unhandled for good; the reason is kept in the audit. */
  @Post('skip')
  @HttpCode(200)
  @Requires('operations')
  skip(@Caller() caller: CallerIdentity, @Body(zodBody(skipBody)) asked: z.infer<typeof skipBody>) {
    return this.decide(caller, asked, 'event.skip', { reason: asked.reason }, skipParked);
  }

  private async decide(
    caller: CallerIdentity,
    asked: z.infer<typeof retryBody>,
    action: string,
    details: Record<string, string>,
    decide: (tx: Transaction, which: ParkedSelection, by: string) => Promise<ParkedEvent[]>,
  ): Promise<Decided> {
    const { messaging } = this.events;
    const { ids, subscription, key } = asked;
    if (subscription !== undefined && !messaging.consumer(subscription)) {
      throw noSuchSubscription(subscription, await messaging.standing());
    }
    const which = ids ? { ids } : { consumer: subscription!, key };
    const decided = await this.database.transaction(async (tx) => {
      const events = await decide(tx, which, caller.id);
      for (const { id, consumer, topic, partition, offset, eventType } of events) {
        await audit(tx, {
          caller,
          action,
          subject: 'parked-event',
          subjectId: id,
          details: { ...details, subscription: consumer, topic, partition, offset, type: eventType },
        });
      }
      return events;
    });
    const found = new Set(decided.map(({ id }) => id));
    return {
      events: decided.length,
      notParked: ids?.filter((id) => !found.has(id)) ?? [],
      more: !ids && decided.length === PARKED_AT_ONCE,
    };
  }
}

function viewOf(event: ParkedEvent): ParkedView {
  const { id, consumer, topic, partition, offset, key, eventType, reason, attempts, parkedAt } = event;
  return {
    id,
    subscription: consumer,
    topic,
    partition,
    offset,
    key,
    type: eventType,
    error: reason.split('\n')[0]!.slice(0, SENTENCE),
    attempts,
    parkedAt,
  };
}
