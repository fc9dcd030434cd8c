import { catalogue, type EventType } from '@followthrough/contracts';
import { Registry } from 'prom-client';
import { consumer, type Consumer } from './consumer';
import { handler } from './handler';
import { LaterError, NeverError } from './failures';
import { Messaging } from './messaging';
import { log, messagingWorld, record, TYPE, type MessagingWorld } from './testing/messaging-world';
import type { StoredRecord } from './transport/transport';
import { eventually } from './testing/eventually';

const typesFor = (service: string): EventType[] =>
  catalogue.filter(({ consumers }) => consumers.includes(service)).map(({ type }) => type);

/** A consumer of all that the catalogue gives a service. */
function allOf(service: string, before: (key: string) => void = () => undefined): Consumer {
  return consumer(service, [
    handler({
      events: typesFor(service),
      snapshots: true,
      async handle(tx, batch) {
        for (const { aggregateId } of batch) before(aggregateId);
        await record(tx, batch);
      },
    }),
  ]);
}

describe('Messaging of a service', () => {
  let world: MessagingWorld;
  let running: Messaging[];

  beforeEach(async () => {
    world = await messagingWorld();
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map((messaging) => messaging.stop()));
    await world.close();
  });

  async function start(
    service: string,
    consumers: Consumer[],
    metrics = new Registry(),
    database = world.consumer,
  ): Promise<Messaging> {
    const messaging = await Messaging.start({
      service,
      database,
      transport: world.transport,
      consumers,
      log,
      metrics,
    });
    running.push(messaging);
    return messaging;
  }

  it('refuses to start where consumers and catalogue do not fit', async () => {
    await expect(start('funding', [])).rejects.toThrow(/funding has no handler for/);
  });

  it('carries a fact from one service to another, and a dead letter out again', async () => {
    await start('recommendations', [allOf('recommendations')], new Registry(), world.publisher);
    await start('funding', [
      allOf('funding', (key) => {
        if (key === 'bad') throw new NeverError('cannot be');
      }),
    ]);
    await world.tell('good', 'bad', 'good');
    await eventually(async () => (await world.effects()).good?.length === 2);
    const letters: StoredRecord[] = [];
    await eventually(async () => {
      letters.length = 0;
      const topic = 'recommendations.v1.funding.dlq';
      for await (const batch of world.transport.read({ topic })) letters.push(...batch);
      return letters.length > 0;
    });
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({
      key: 'bad',
      headers: { ce_type: TYPE, ce_aggregateversion: '1', 'dlq-reason': 'NeverError: cannot be' },
    });
  });

  it('shows what waits where', async () => {
    const metrics = new Registry();
    const value = async (name: string, labels: Record<string, string> = {}) => {
      const metric = (await metrics.getSingleMetric(name)!.get()).values as {
        value: number;
        labels: Record<string, string>;
      }[];
      return metric.find((one) => Object.entries(labels).every(([label, text]) => one.labels[label] === text))
        ?.value;
    };
    await world.tell('waits', 'parked', 'done');
    const messaging = await start(
      'funding',
      [
        allOf('funding', (key) => {
          if (key === 'waits') throw new LaterError('not yet');
          if (key === 'parked') throw new NeverError('never');
        }),
      ],
      metrics,
    );
    expect(await value('followthrough_outbox_events')).toBe(0);
    world.relay();
    await eventually(async () => (await world.effects()).done);
    const group = { group: 'funding' };
    await eventually(async () => (await value('followthrough_deferred_events', group)) === 1);
    await eventually(async () => (await value('followthrough_parked_events', group)) === 1);
    await eventually(async () => (await value('followthrough_consumer_lag_events', group)) === 0);
    expect(await value('followthrough_events_handled_total', group)).toBeGreaterThanOrEqual(1);
    // The dead letter that the consumer itself has sent.
    await eventually(async () => (await value('followthrough_events_sent_total')) === 1);
    await eventually(async () => (await value('followthrough_outbox_oldest_seconds')) === 0);
    const { outbox, subscriptions } = await messaging.standing();
    expect(outbox).toEqual({ events: 0, oldestSeconds: 0 });
    expect(subscriptions).toMatchObject([{ subscription: 'funding', lag: 0, deferred: 1, parked: 1 }]);
    expect(subscriptions[0]!.partitions.every((partition) => partition.lag === 0)).toBe(true);
  });

  it('says how old the oldest event in the outbox is', async () => {
    const metrics = new Registry();
    await start('funding', [allOf('funding')], metrics, world.publisher);
    await running.pop()!.stop();
    await world.tell('a');
    expect(await metrics.metrics()).toMatch(/followthrough_outbox_events 1\n/);
    const age = Number(/^followthrough_outbox_oldest_seconds (\S+)$/m.exec(await metrics.metrics())![1]);
    expect(age).toBeGreaterThan(0);
    expect(age).toBeLessThan(60);
  });
});
