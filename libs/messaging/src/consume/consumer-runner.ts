import { findEvent } from '@followthrough/contracts';
import type { Database } from '@followthrough/database';
import type { Logger } from '@followthrough/service-kit';
import { Bell } from '../bell';
import type { Consumer } from '../consumer';
import type { Subscription, Transport } from '../transport/transport';
import { DeferredDrain } from './deferred-drain';
import { DeliverySteps } from './delivery-steps';
import { Handlers, type OnHandled } from './handlers';

const BATCH = 500;
const PARTITIONS_AT_ONCE = 3;

export interface ConsumerRunnerOptions {
  consumer: Consumer;
  database: Database;
  transport: Transport;
  log: Logger;
  onHandled?: OnHandled;
  /** Events in a transaction at most; 500 if not given. */
  batchSize?: number;
  /** Partitions handled at once at most, each on a connection of the service's pool; 3 if not given. */
  concurrency?: number;
}

/** Topics that hold the events a consumer handles. */
export function topicsOf(consumer: Consumer): string[] {
  const types = consumer.handlers.flatMap(({ events }) => events);
  return [...new Set(types.map((type) => findEvent(type)!.topic))].sort();
}

/** Runs one consumer: reads its topics as a member of its group, delivers batches, drains what waits. */
export class ConsumerRunner {
  private readonly steps: DeliverySteps;
  private readonly drain: DeferredDrain;
  private subscription: Subscription | null = null;

  constructor(private readonly options: ConsumerRunnerOptions) {
    const { consumer, database, log, onHandled } = options;
    const shared = {
      group: consumer.group,
      database,
      handlers: new Handlers(consumer, onHandled),
      log,
      deferred: new Bell(),
    };
    this.steps = new DeliverySteps(shared);
    this.drain = new DeferredDrain(shared);
  }

  async start(): Promise<void> {
    const { consumer, transport, batchSize, concurrency } = this.options;
    this.subscription = await transport.subscribe({
      group: consumer.group,
      topics: topicsOf(consumer),
      batchSize: batchSize ?? BATCH,
      concurrency: concurrency ?? PARTITIONS_AT_ONCE,
      onBatch: (batch) => this.steps.deliver(batch),
    });
    this.drain.start();
  }

  /** Stops fetching, finishes the batches in hand, commits their offsets. */
  async stop(): Promise<void> {
    this.steps.stopWaiting();
    await Promise.all([this.subscription?.stop(), this.drain.stop()]);
  }
}
