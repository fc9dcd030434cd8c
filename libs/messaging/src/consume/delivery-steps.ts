import type { Database } from '@followthrough/database';
import { failPoint, type Logger } from '@followthrough/service-kit';
import { Bell } from '../bell';
import { Pace, jittered } from '../pace';
import type { RecordBatch } from '../transport/transport';
import { defer, waitAfter } from './deferred-events';
import { readRecords, type Delivery, type Unreadable } from './delivery';
import { fateOf, reasonOf } from './failure';
import type { Handlers } from './handlers';
import { takeIn } from './inbox';
import { park } from './parked-events';

/** An event that fails is tried this often before others may overtake it, within a batch for so long at most. */
const TRIES = 3;
const PATIENCE_MS = 2000;
const RETRY_MS = [150, 700];
const OUTAGE_SHORTEST_MS = 250;
const OUTAGE_LONGEST_MS = 5000;

/** Thrown where the process stops in the middle of an outage: the batch comes again. */
export class StoppingError extends Error {
  override name = 'StoppingError';
}

export interface DeliveryOptions {
  group: string;
  database: Database;
  handlers: Handlers;
  log: Logger;
  /** Rung where an event was deferred. */
  deferred: Bell;
}

/**
 * How a batch of a partition takes effect, as steps that can be read aloud: read the records; park what cannot be
 * read; try all events in one transaction; where that fails, try each half; where a single event fails, try it a
 * few times more, then defer it or park it. After each part that took effect, the offset.
 */
export class DeliverySteps {
  private readonly stop = new Bell();
  private stopping = false;

  constructor(private readonly options: DeliveryOptions) {}

  async deliver(batch: RecordBatch): Promise<void> {
    const { deliveries, unreadable } = readRecords(batch.records, this.options.handlers);
    const patience = { ms: PATIENCE_MS };
    if (unreadable.length > 0) await this.duringOutagesWait(batch, () => this.parkUnreadable(unreadable));
    if (deliveries.length > 0) await this.tryTogether(batch, deliveries, patience);
    await batch.handled(batch.records.at(-1)!.offset);
    failPoint('consumer.after-offset');
  }

  /** Ends the waiting for a database that does not answer. */
  stopWaiting(): void {
    this.stopping = true;
    this.stop.ring();
  }

  private async tryTogether(
    batch: RecordBatch,
    deliveries: Delivery[],
    patience: { ms: number },
  ): Promise<void> {
    await batch.heartbeat();
    try {
      await this.duringOutagesWait(batch, () => this.takeEffect(deliveries));
      return;
    } catch (error) {
      if (error instanceof StoppingError) throw error;
      if (deliveries.length === 1) return this.tryAlone(batch, deliveries[0]!, error, patience);
    }
    const middle = deliveries.length >> 1;
    const [older, newer] = [deliveries.slice(0, middle), deliveries.slice(middle)];
    await this.tryTogether(batch, older, patience);
    await batch.handled(older.at(-1)!.record.offset);
    await this.tryTogether(batch, newer, patience);
  }

  /** Inbox rows first, then the handlers of what is new, all in one transaction. */
  private async takeEffect(deliveries: readonly Delivery[]): Promise<void> {
    const { database, group, handlers, deferred } = this.options;
    let appended = 0;
    await database.transaction(async (tx) => {
      const { fresh, waiting } = await takeIn(tx, group, deliveries);
      failPoint('consumer.after-inbox');
      await defer(
        tx,
        group,
        waiting.map(({ event, record }) => ({
          eventId: event.id,
          record,
          attempts: 0,
          dueInMs: 0,
          error: 'An earlier event of the same key waits',
        })),
      );
      appended = waiting.length;
      await handlers.handle(
        tx,
        fresh.map(({ event }) => event),
      );
      failPoint('consumer.before-commit');
    });
    failPoint('consumer.after-commit');
    if (appended > 0) deferred.ring();
  }

  private async tryAlone(
    batch: RecordBatch,
    delivery: Delivery,
    firstError: unknown,
    patience: { ms: number },
  ): Promise<void> {
    let error = firstError;
    let tries = 1;
    while ((await fateOf(error, this.options.database)) === 'unclear' && tries < TRIES && patience.ms > 0) {
      const pause = Math.min(patience.ms, jittered(RETRY_MS[tries - 1]!));
      patience.ms -= pause;
      await this.pause(pause);
      await batch.heartbeat();
      try {
        return await this.duringOutagesWait(batch, () => this.takeEffect([delivery]));
      } catch (again) {
        if (again instanceof StoppingError) throw again;
        error = again;
        tries += 1;
      }
    }
    await this.duringOutagesWait(batch, () => this.setAside(delivery, error, tries));
  }

  /** Received, but not handled: it waits with its key, or it is parked. */
  private async setAside(delivery: Delivery, error: unknown, tries: number): Promise<void> {
    const { database, group, log, deferred } = this.options;
    const { event, record } = delivery;
    const never = (await fateOf(error, database)) === 'never';
    await database.transaction(async (tx) => {
      const { fresh, waiting } = await takeIn(tx, group, [delivery]);
      if (fresh.length + waiting.length === 0) return;
      const reason = reasonOf(error);
      if (never && waiting.length === 0)
        await park(tx, group, { record, eventId: event.id, attempts: tries, reason });
      else
        await defer(tx, group, [
          { eventId: event.id, record, attempts: 1, dueInMs: waitAfter(1), error: reason },
        ]);
    });
    log.warn(
      { err: error, group, event: event.id, type: event.type, key: event.aggregateId },
      never ? 'an event was parked' : 'an event was deferred',
    );
    deferred.ring();
  }

  private async parkUnreadable(unreadable: readonly Unreadable[]): Promise<void> {
    const { database, group, log } = this.options;
    await database.transaction(async (tx) => {
      for (const { record, reason } of unreadable)
        await park(tx, group, { record, eventId: null, attempts: 0, reason });
    });
    log.warn(
      { group, records: unreadable.length, reason: unreadable[0]!.reason },
      'records that cannot be read were parked',
    );
  }

  /** An outage of the consumer's own database is no event's fault: the partition waits, nothing counts as a try. */
  private async duringOutagesWait(batch: RecordBatch, step: () => Promise<void>): Promise<void> {
    const { database, log, group } = this.options;
    const pace = new Pace(OUTAGE_SHORTEST_MS, OUTAGE_LONGEST_MS);
    for (let outages = 0; ; outages += 1) {
      try {
        await step();
        if (outages > 0)
          log.info({ group, topic: batch.topic, partition: batch.partition }, 'the database answers again');
        return;
      } catch (error) {
        if ((await fateOf(error, database)) !== 'outage') throw error;
        if (outages === 0) log.warn({ err: error, group }, 'the database does not answer: events wait');
        await this.pause(jittered(pace.next()));
        await batch.heartbeat();
      }
    }
  }

  private async pause(ms: number): Promise<void> {
    if (!this.stopping) await this.stop.wait(ms);
    if (this.stopping) throw new StoppingError('The consumer stops');
  }
}
