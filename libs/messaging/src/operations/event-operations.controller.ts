import { Database } from '@followthrough/database';
import { Jobs, type QueueDepth } from '@followthrough/jobs';
import { audit, Caller, Problem, Requires, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Consumer } from '../consumer';
import { topicsOf } from '../consume/consumer-runner';
import { EventsAtWork } from './events-at-work';
import { replayableTypes, type ReplayFrom, type ReplayRange, type ReplayResult } from './replay';
import type { EventsStanding } from './standing';

/** A request is answered within the patience of every proxy; whoever asks goes on with the rest. */
const REPLAY_WITHIN_MS = 10_000;

const offset = z.int().min(0);
const partition = z.int().min(0).max(32_767);
const key = z.string().min(1).max(500);
const time = z.iso.datetime({ offset: true });
const place = z.strictObject({
  topic: z.string(),
  partition,
  fromOffset: offset,
  toOffset: offset,
  key: key.optional(),
  since: time.optional(),
});
const replayBody = z
  .strictObject({
    subscription: z.string(),
    topic: z.string().optional(),
    from: z
      .union([
        z.strictObject({ time }),
        z.strictObject({ partition, offset, to: offset.optional() }),
        z.strictObject({ aggregate: key }),
      ])
      .optional(),
    /** What an earlier answer has left. */
    rest: z.array(place).min(1).max(1000).optional(),
  })
  .refine(({ from, rest }) => (from === undefined) !== (rest === undefined), 'needs either from or rest');

/** A part of a log as it is written in a request and an answer. */
type Place = z.infer<typeof place>;

@Controller('operations')
export class EventOperationsController {
  constructor(
    private readonly events: EventsAtWork,
    private readonly jobs: Jobs,
    private readonly database: Database,
  ) {}

  /** Where the service's events are: not yet sent, not yet handled, waiting, parked; and its job queues. */
  @Get('events')
  @Requires('operations')
  async standing(): Promise<EventsStanding & { jobs: QueueDepth[] }> {
    const [standing, jobs] = await Promise.all([this.events.messaging.standing(), this.jobs.depths()]);
    return { ...standing, jobs };
  }

  /**
   * Gives a subscription events again, from a time, an offset or of one aggregate, for ten seconds at most; `rest` is
   * what is left and is sent back to go on. Handlers with effects outside, such as mails, take none.
   */
  @Post('replay')
  @HttpCode(200)
  @Requires('operations')
  async replay(
    @Caller() caller: CallerIdentity,
    @Body(zodBody(replayBody)) asked: z.infer<typeof replayBody>,
  ): Promise<Omit<ReplayResult, 'rest'> & { rest: Place[] }> {
    const { messaging } = this.events;
    const consumer = messaging.consumer(asked.subscription);
    if (!consumer) throw noSuchSubscription(asked.subscription, await messaging.standing());
    for (const topic of new Set(asked.rest?.map(({ topic }) => topic) ?? [asked.topic])) {
      mustTakeReplay(consumer, topic);
    }
    if (asked.from) {
      if ('offset' in asked.from && asked.topic === undefined) mustReadOneTopic(consumer);
      await audit(this.database, {
        caller,
        action: 'event.replay',
        subject: 'subscription',
        subjectId: consumer.group,
        details: { topic: asked.topic ?? null, ...asked.from },
      });
    }
    const ranges = asked.from
      ? await messaging.rangesFrom(consumer, fromOf(asked.from), asked.topic)
      : asked.rest!.map(rangeOf);
    const result = await messaging.replay(consumer, ranges, REPLAY_WITHIN_MS);
    return { ...result, rest: result.rest.map(placeOf) };
  }
}

type From = NonNullable<z.infer<typeof replayBody>['from']>;

const fromOf = (from: From): ReplayFrom => ('time' in from ? { time: new Date(from.time) } : from);

const rangeOf = ({ since, ...range }: Place): ReplayRange => ({
  ...range,
  ...(since ? { since: new Date(since) } : {}),
});

const placeOf = ({ since, ...range }: ReplayRange): Place => ({
  ...range,
  ...(since ? { since: since.toISOString() } : {}),
});

/** @throws Problem `replay-not-allowed` where every handler of the topics has effects outside */
function mustTakeReplay(consumer: Consumer, topic: string | undefined): void {
  const topics = topicsOf(consumer);
  if (topic !== undefined && !topics.includes(topic)) {
    throw new Problem(
      'unprocessable',
      'topic-not-read',
      `${consumer.group} does not read ${topic}: choose one of ${topics.join(', ')}.`,
    );
  }
  const asked = topic === undefined ? topics : [topic];
  if (asked.some((one) => replayableTypes(consumer, one).length > 0)) return;
  throw new Problem(
    'conflict',
    'replay-not-allowed',
    `${consumer.group} takes no replay of ${asked.join(', ')}: its handlers have effects outside, such as mails, which would happen again.`,
  );
}

/** @throws Problem `topic-needed`: an offset alone says nothing where several topics are read */
function mustReadOneTopic(consumer: Consumer): void {
  const topics = topicsOf(consumer);
  if (topics.length === 1) return;
  throw new Problem(
    'unprocessable',
    'topic-needed',
    `${consumer.group} reads ${topics.join(', ')}: say of which topic the offset is.`,
  );
}

export function noSuchSubscription(name: string, { subscriptions }: EventsStanding): Problem {
  const known = subscriptions.map(({ subscription }) => subscription).join(', ');
  return new Problem(
    'not-found',
    'no-such-subscription',
    `There is no subscription ${name} here: choose one of ${known}.`,
  );
}
