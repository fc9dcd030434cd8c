import { Caller, endOf, Public, zodQuery, type CallerIdentity } from '@followthrough/service-kit';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { CloudEvent } from '../domain/feed/cloud-event';
import { cursorForm, readCursor, writeCursor } from '../domain/feed/cursor';
import { feedTypes, isFeedType } from '../domain/feed/feed-types';
import { reachOf } from '../outbound/feed/feed-reach';
import { FollowFeed } from '../usecases/follow-feed';

const typesIn = (list: string): string[] => list.split(',').filter((name) => name !== '');

const query = z.strictObject({
  after: z
    .string()
    .regex(cursorForm, 'not a cursor of this feed: leave it out to begin with the current state')
    .default('')
    .describe(
      'Cursor of the last event that was read; left out: the current state first, then what follows.',
    ),
  types: z
    .string()
    .refine(
      (list) => typesIn(list).every(isFeedType),
      `event types with commas between: ${feedTypes.join(', ')}`,
    )
    .default('')
    .describe(`Event types with commas between: ${feedTypes.join(', ')}. All, if left out.`),
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe('Events at most.'),
  wait: z.coerce
    .number()
    .min(0)
    .max(30)
    .default(0)
    .describe('Seconds to wait for an event where there is none; the answer comes as soon as there is one.'),
});
const BATCH = 'application/cloudevents-batch+json';
type Asked = z.infer<typeof query>;

/** Facts for partners, who are not given the topics. Also under `/api/events`. */
@Controller('events')
export class EventsController {
  constructor(private readonly feed: FollowFeed) {}

  /**
   * Events as a CloudEvents 1.0 batch, oldest first, as far as the caller may see them. Reading on is the link with
   * the relation `next`, or `after` with the cursor of the last event.
   */
  @Get()
  @Public()
  @ApiOkResponse({ content: { [BATCH]: {} } })
  async follow(
    @Query(zodQuery(query)) asked: Asked,
    @Caller() caller: CallerIdentity | null,
    @Res() response: Response<CloudEvent[]>,
  ): Promise<void> {
    const types = typesIn(asked.types).filter(isFeedType);
    const { events, next } = await this.feed.follow(
      readCursor(asked.after),
      { types: types.length > 0 ? types : feedTypes, reach: reachOf(caller), limit: asked.limit },
      asked.wait * 1000,
      endOf(response),
    );
    const link = new URLSearchParams({
      after: writeCursor(next),
      ...(types.length > 0 && { types: types.join(',') }),
      limit: String(asked.limit),
      wait: String(asked.wait),
    });
    response
      .set('cache-control', 'no-store')
      .set('link', `</api/events?${link.toString()}>; rel="next"`)
      .type(BATCH)
      .json(events);
  }
}
