import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { catalogue, type EventType } from '@followthrough/contracts';
import { afterCommit, Database, migrate, openServer, type Transaction } from '@followthrough/database';
import {
  consumer,
  EmbeddedTransport,
  eventLogMigrations,
  handler,
  Messaging,
  messagingMigrations,
  publish,
  type Consumer,
  type OutgoingEvent,
} from '@followthrough/messaging';
import { createLogger } from '@followthrough/service-kit';
import { Registry } from 'prom-client';
import { v7 as uuidv7 } from 'uuid';

const DRAIN_EVENTS = 60_000;
const PUBLISH_BATCH = 1000;
/** As many as a consumer hands over at once. */
const EFFECT_BATCH = 500;
const LIVE_SECONDS = 8;
const TOPIC = 'recommendations.v1';
const RECORDED = 'recommendations.v1.RecommendationRecorded';
const TEXT =
  'Continue its efforts to ensure that all persons deprived of their liberty have access to legal counsel from the ' +
  'outset of detention, and ratify the Optional Protocol to the Convention against Torture';
/** One text in twenty has characters beyond Latin-1, as in the collections of UPR Info. */
const TEXTS = [`${TEXT} (Côte d’Ivoire);`, ...Array.from({ length: 19 }, () => `${TEXT} (Chile);`)];

export interface EventFigures {
  /** The same effects written in the same batches, without events. */
  effectsAlonePerSecond: number;
  relayPerSecond: number;
  consumePerSecond: number;
  drainPerSecond: number;
  latencies: { perSecond: number; p50: number; p90: number; p99: number }[];
}

/**
 * The embedded event path, from a commit in the publisher's database to a committed effect in the consumer's: how
 * many events a second drain from a filled outbox, and how long one takes while writers commit on schedule.
 */
export async function run(print: (line: string) => void): Promise<EventFigures> {
  print(`Embedded event path, load ${loadavg()[0]!.toFixed(2)} before the run`);
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

    const latencies: EventFigures['latencies'] = [];
    for (const perSecond of [200, 500]) {
      const sorted = (await bench.live(perSecond)).sort((a, b) => a - b);
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
      const figures = { perSecond, p50: at(0.5), p90: at(0.9), p99: at(0.99) };
      latencies.push(figures);
      print(
        `  commit to effect at ${String(perSecond).padStart(3)}/s: p50 ${figures.p50.toFixed(1)} ms, ` +
          `p90 ${figures.p90.toFixed(1)} ms, p99 ${figures.p99.toFixed(1)} ms (${sorted.length} events)`,
      );
    }
    return { effectsAlonePerSecond, relayPerSecond, consumePerSecond, drainPerSecond, latencies };
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
    await subscriber.query(
      `create table copy (id uuid primary key, generation int not null, version bigint not null, state text, text text not null)`,
    );
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
    return this.messaging('recommendations', this.publisher, [everythingElse('recommendations', [])]);
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
    const consumers = consumer('funding', [copies, ...everythingElse('funding', [RECORDED]).handlers]);
    return this.messaging('funding', this.subscriber, [consumers]);
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

type Effect = Pick<
  OutgoingEvent<typeof RECORDED>,
  'aggregateId' | 'version' | 'stateUnderReview' | 'data'
> & {
  generation: number;
};

async function writeEffects(tx: Transaction, batch: readonly Effect[]): Promise<void> {
  await tx.query(
    `insert into copy as held (id, generation, version, state, text)
     select * from unnest($1::uuid[], $2::int[], $3::bigint[], $4::text[], $5::text[])
     on conflict (id) do update set generation = excluded.generation, version = excluded.version, text = excluded.text
       where (excluded.generation, excluded.version) >= (held.generation, held.version)`,
    [
      batch.map((event) => event.aggregateId),
      batch.map((event) => event.generation),
      batch.map((event) => event.version),
      batch.map((event) => event.stateUnderReview),
      batch.map((event) => event.data.recommendation?.text ?? ''),
    ],
  );
}

/** Handlers that do nothing, for the other events that the catalogue says a service handles. */
function everythingElse(service: string, except: EventType[]): Consumer {
  const events = catalogue
    .filter(({ type, consumers }) => consumers.includes(service) && !except.includes(type))
    .map(({ type }) => type);
  return consumer(service, [handler({ events, snapshots: true, handle: async () => undefined })]);
}

let made = 0;

function anEvent(): OutgoingEvent<typeof RECORDED> & { id: string } {
  const recommendationId = uuidv7();
  return {
    type: RECORDED,
    id: uuidv7(),
    aggregateId: recommendationId,
    version: 1,
    stateUnderReview: 'SVN',
    visibility: 'public',
    data: {
      recommendation: {
        recommendationId,
        kind: 'recommendation',
        mechanism: 'UPR',
        stateUnderReview: 'SVN',
        cycle: 3,
        session: 34,
        symbol: 'A/HRC/43/15',
        paragraph: '121.47',
        text: TEXTS[(made += 1) % TEXTS.length]!,
        language: 'en',
        recommendingStates: ['CIV'],
        position: 'supported',
        actionCategory: 4,
        themes: ['detention', 'torture'],
        groups: ['detained-persons'],
        sdgs: ['16', '16.3'],
        reviewDate: '2019-11-12',
        demo: false,
        sources: ['upr-info-csv'],
      },
      importId: '0190d2c4-0000-7000-8000-000000000001',
      announce: false,
    },
  };
}
