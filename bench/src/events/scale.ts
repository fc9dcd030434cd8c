import { setTimeout as delay } from 'node:timers/promises';
import { Child } from './child';
import { processorSeconds } from './processor-time';
import type { Publisher } from './publisher';
import { startServers, type Servers } from './servers';
import { median } from './statistics';
import type { Subscriber } from './subscriber';

const PAIRS = 2;
const WARM_UPS = 2;
const ROUNDS = 3;
const EVENTS = 40_000;
/** Until members have found each other and divided slots and partitions: they ask every three seconds. */
const SETTLE_MS = 8000;
const POLL_MS = 20;

/**
 * Processor time of an event, all processes counted, as shipped and with twice the partitions, relays and consumers.
 * All of them run and have divided the work before the events are there, which come at once and from one statement, so
 * that it is relays, broker, consumers and databases that are measured.
 */
export async function costOfScale(print: (line: string) => void): Promise<void> {
  const costs = { once: [] as number[], twice: [] as number[] };
  for (let pair = 0; pair < PAIRS; pair += 1) {
    costs.once.push(...(await costsOf(1)));
    costs.twice.push(...(await costsOf(2)));
  }
  const [once, twice] = [median(costs.once), median(costs.twice)];
  const line = (what: string, values: number[]) =>
    `  ${what.padEnd(46)} ${(median(values) * 1e6).toFixed(1).padStart(7)} us ` +
    `(${(Math.min(...values) * 1e6).toFixed(1)}-${(Math.max(...values) * 1e6).toFixed(1)})`;
  print(line('processor time of an event', costs.once));
  print(line('twice the partitions, relays and consumers', costs.twice));
  print(`  ${'of that as shipped'.padEnd(46)} ${(twice / once).toFixed(2).padStart(7)}`);
}

/** Processor seconds of an event in each round, with so many times what is shipped. */
async function costsOf(times: number): Promise<number[]> {
  const servers = await startServers();
  const each = <T>(make: () => T): T[] => Array.from({ length: times }, make);
  const publishers = each(() => Child.start<Publisher>('publisher'));
  const subscribers = each(() => Child.start<Subscriber>('subscriber'));
  try {
    await open(servers, times, publishers, subscribers);
    await delay(SETTLE_MS);
    const costs = [];
    for (let round = 1; round <= WARM_UPS + ROUNDS; round += 1) {
      await subscribers[0]!.call('emptyCopy');
      const before = processorSeconds([process.pid]);
      await publishers[0]!.call('bringBack');
      await untilHandled(subscribers, round * EVENTS);
      costs.push((processorSeconds([process.pid]) - before) / EVENTS);
    }
    await Promise.all(publishers.map((publisher) => publisher.call('stopRelay')));
    await Promise.all(subscribers.map((subscriber) => subscriber.call('stop')));
    return costs.slice(WARM_UPS);
  } finally {
    await Promise.all([...publishers, ...subscribers].map((child) => child.end()));
    await servers.stop();
  }
}

async function open(
  { brokers, urlOf }: Servers,
  times: number,
  publishers: Child<Publisher>[],
  subscribers: Child<Subscriber>[],
): Promise<void> {
  const plan = { brokers, partitions: times };
  // One after another: each brings the database to its schema.
  for (const publisher of publishers)
    await publisher.call('open', { ...plan, databaseUrl: await urlOf('ft_recommendations') });
  for (const subscriber of subscribers)
    await subscriber.call('open', { ...plan, databaseUrl: await urlOf('ft_funding') });
  await publishers[0]!.call('fill', EVENTS);
  await publishers[0]!.call('setAside');
  for (const subscriber of subscribers) await subscriber.call('start');
  for (const publisher of publishers) await publisher.call('startRelay');
}

async function untilHandled(subscribers: readonly Child<Subscriber>[], events: number): Promise<void> {
  for (;;) {
    const handled = await Promise.all(subscribers.map((subscriber) => subscriber.call('handled')));
    if (handled.reduce((sum, one) => sum + one.events, 0) >= events) return;
    await delay(POLL_MS);
  }
}
