import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterCommit, Database, migrate, openServer } from '@followthrough/database';
import {
  EmbeddedTransport,
  eventLogMigrations,
  handler,
  Messaging,
  messagingMigrations,
  publish,
  type Consumer,
} from '@followthrough/messaging';
import { createLogger } from '@followthrough/service-kit';
import { Registry } from 'prom-client';
import { anEvent, consumerWith } from './an-event';
import { COPY_TABLE, RECORDED, TOPIC, writeEffects } from './effect';
import { histogramOf, latenciesOf, latencyLine } from './statistics';

const DRAIN_EVENTS = 60_000;
const PUBLISH_BATCH = 1000;
/** As many as a consumer hands over at once. */
const EFFECT_BATCH = 500;
const LIVE_SECONDS = 8;

/**
 * The embedded event path, from a commit in the publisher's database to a committed effect in the consumer's: how
 * many events a second drain from a filled outbox, and how long one takes while writers commit on schedule.
 */
export async function embeddedEvents(print: (line: string) => void): Promise<void> {
  const bench = await EventBench.open();
  try {
    await bench.fill(5000);
    await bench.relayAlone(5000);
    await bench.consumeAlone();

    await bench.fill(DRAIN_EVENTS);
    const relayPerSecond = await bench.relayAlone(DRAIN_EVENTS);
    print(`  outbox to log            ${relayPerSecond.toFixed(0).padStart(7)} events/s`);
    const consumePerSecond = await bench.consumeAlone();
    print(`  log to effects           ${consumePerSecond.toFixed(0).padStart(7)} events/s`);
    await bench.fill(DRAIN_EVENTS);
    const drainPerSecond = await bench.drain();
    print(`  outbox to effects        ${drainPerSecond.toFixed(0).padStart(7)} events/s`);

    const effectsAlonePerSecond = await bench.effectsAlone(DRAIN_EVENTS);
    print(
      `  the effects alone        ${effectsAlonePerSecond.toFixed(0).padStart(7)} rows/s: ` +
        `with events ${(drainPerSecond / effectsAlonePerSecond).toFixed(2)} of that`,
    );

    for (const perSecond of [200, 500]) {
      const milliseconds = await bench.live(perSecond);
      print(`  commit to effect at ${perSecond}/s: ${latencyLine(latenciesOf(milliseconds))}`);
      for (const line of histogramOf(milliseconds)) print(line);
    }
  } finally {
    await bench.close();
  }
}

class EventBench {
  private readonly handledAt = new Map<string, number>();
  private handled = 0;
  private published = 0;
  private readonly log = createLogger('error');

  private constructor(
    private readonly publisher: Database,
    private readonly subscriber: Database,
    private readonly transport: EmbeddedTransport,
    private readonly end: () => Promise<void>,
  ) {}

  static async open(): Promise<EventBench> {
    const dataDir = mkdtempSync(join(tmpdir(), 'followthrough-bench-'));
    const log = createLogger('error');
    const server = await openServer({ databaseUrl: null, dataDir, instanceSecret: randomBytes(32), log });
    const urls = [];
    for (const [name, directory] of [
      ['ft_recommendations', messagingMigrations],
      ['ft_funding', messagingMigrations],
      ['ft_log', eventLogMigrations],
    ] as const) {
      const url = await server.ensureDatabase(name);
      await migrate({ url, directories: [directory], log });
      urls.push(url);
    }
    const open = (name: string, url: string) => Database.open({ name, url, entities: [], poolSize: 16 });
    const [publisher, subscriber] = [
      await open('recommendations', urls[0]!),
      await open('funding', urls[1]!),
    ];
    await subscriber.query(COPY_TABLE);
    const transport = new EmbeddedTransport({ url: urls[2]!, log });
    return new EventBench(publisher, subscriber, transport, async () => {
      await transport.close();
      await Promise.all([publisher.close(), subscriber.close()]);
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    });
  }

  close(): Promise<void> {
    return this.end();
  }

  async fill(events: number): Promise<void> {
    for (let done = 0; done < events; done += PUBLISH_BATCH) {
      const batch = Array.from({ length: PUBLISH_BATCH }, () => anEvent());
      await this.publisher.transaction((tx) => publish(tx, ...batch));
      this.published += PUBLISH_BATCH;
    }
  }

  async relayAlone(events: number): Promise<number> {
    const began = performance.now();
    const relay = await this.relay();
    while ((await this.logged()) < this.published) await delay(5);
    const seconds = (performance.now() - began) / 1000;
    await relay.stop();
    return events / seconds;
  }

  async consumeAlone(): Promise<number> {
    const waiting = this.published - this.handled;
    const began = performance.now();
    const consumers = await this.consume();
    await this.untilHandled();
    const seconds = (performance.now() - began) / 1000;
    await consumers.stop();
    return waiting / seconds;
  }

  async drain(): Promise<number> {
    const waiting = this.published - this.handled;
    const consumers = await this.consume();
    const began = performance.now();
    const relay = await this.relay();
    await this.untilHandled();
    const seconds = (performance.now() - began) / 1000;
    await relay.stop();
    await consumers.stop();
    return waiting / seconds;
  }

  async effectsAlone(rows: number): Promise<number> {
    const events = Array.from({ length: rows }, () => ({ ...anEvent(), generation: 0 }));
    const began = performance.now();
    for (let done = 0; done < rows; done += EFFECT_BATCH) {
      const batch = events.slice(done, done + EFFECT_BATCH);
      await this.subscriber.transaction((tx) => writeEffects(tx, batch));
    }
    return rows / ((performance.now() - began) / 1000);
  }

  /** Milliseconds from commit to committed effect of each event, one event a transaction. */
  async live(perSecond: number): Promise<number[]> {
    const consumers = await this.consume();
    const relay = await this.relay();
    const committedAt = new Map<string, number>();
    const writes: Promise<void>[] = [];
    const began = performance.now();
    for (let n = 0; n < perSecond * LIVE_SECONDS; n += 1) {
      const early = began + (n * 1000) / perSecond - performance.now();
      if (early > 1) await delay(early);
      const event = anEvent();
      writes.push(
        this.publisher
          .transaction((tx) => publish(tx, event))
          .then(() => {
            committedAt.set(event.id, performance.now());
            this.published += 1;
          }),
      );
    }
    await Promise.all(writes);
    await this.untilHandled();
    await relay.stop();
    await consumers.stop();
    return [...committedAt].map(([id, at]) => Math.max(0, this.handledAt.get(id)! - at));
  }

  private relay(): Promise<Messaging> {
    return this.messaging('recommendations', this.publisher, [consumerWith('recommendations')]);
  }

  private consume(): Promise<Messaging> {
    const copies = handler({
      events: [RECORDED],
      snapshots: true,
      handle: async (tx, batch) => {
        await writeEffects(tx, batch);
        afterCommit(tx, () => {
          const now = performance.now();
          for (const { id } of batch) this.handledAt.set(id, now);
          this.handled += batch.length;
        });
      },
    });
    return this.messaging('funding', this.subscriber, [consumerWith('funding', copies)]);
  }

  private messaging(service: string, database: Database, consumers: Consumer[]): Promise<Messaging> {
    return Messaging.start({
      service,
      database,
      transport: this.transport,
      consumers,
      log: this.log,
      metrics: new Registry(),
    });
  }

  private async untilHandled(): Promise<void> {
    while (this.handled < this.published) await delay(5);
  }

  private async logged(): Promise<number> {
    const partitions = await this.transport.lag('funding', [TOPIC]);
    return partitions.reduce((sum, { end }) => sum + end, 0);
  }
}
