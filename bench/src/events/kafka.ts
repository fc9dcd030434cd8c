import { Child } from './child';
import type { Memory } from './memory';
import type { NestPeer } from './nest-peer';
import { processorSeconds } from './processor-time';
import type { Publisher } from './publisher';
import type { RawClient } from './raw-client';
import { startServers } from './servers';
import { histogramOf, latenciesOf, latencyLine, median } from './statistics';
import type { Subscriber } from './subscriber';

const PAIRS = 5;
const EVENTS = 60_000;
/** Of the sends of raw kafkajs: as a sender with care for its memory has them. */
const RAW_BATCH = 500;
/** As many as the relay sends at once. */
const RELAY_BATCH = 1000;
const WRITERS = 16;
const LIVE_SECONDS = 5;
const MILLION = 1_000_000;
const MILLIONS = 2;
const READINGS_A_MILLION = 5;
const MILLION_DRAIN = 50_000;

type Print = (line: string) => void;

/** What is done with the processor by this process and all that it has started. */
const used = (): number => processorSeconds([process.pid]);

/** The event path over Kafka: publisher and subscriber as processes of their own, against what the client can do. */
export class KafkaEvents {
  private handled = 0;
  private rounds = 0;

  private constructor(
    private readonly print: Print,
    private readonly brokers: string[],
    private readonly urlOf: (database: string) => Promise<string>,
    private readonly end: () => Promise<void>,
    private readonly publisher: Child<Publisher>,
    private readonly subscriber: Child<Subscriber>,
    private readonly raw: Child<RawClient>,
  ) {}

  static async open(print: Print): Promise<KafkaEvents> {
    const { brokers, urlOf, stop } = await startServers();
    const children = {
      publisher: Child.start<Publisher>('publisher'),
      subscriber: Child.start<Subscriber>('subscriber'),
      raw: Child.start<RawClient>('raw-client'),
    };
    const end = async (): Promise<void> => {
      await Promise.all(Object.values(children).map((child) => child.end()));
      await stop();
    };
    const { publisher, subscriber, raw } = children;
    const plan = { brokers, partitions: 1 };
    await publisher.call('open', { ...plan, databaseUrl: await urlOf('ft_recommendations') });
    await subscriber.call('open', { ...plan, databaseUrl: await urlOf('ft_funding') });
    return new KafkaEvents(print, brokers, urlOf, end, publisher, subscriber, raw);
  }

  close(): Promise<void> {
    return this.end();
  }

  /** Everything once, unmeasured: compilers and caches are as in a process that has been up for a while. */
  async warmUp(): Promise<void> {
    for (let round = 0; round < 2; round += 1) await this.drain(EVENTS);
    await this.raw.call('open', this.brokers, EVENTS);
    for (let round = 0; round < 2; round += 1) await this.raw.call('produceAndConsume', RAW_BATCH);
  }

  async drainAgainstRaw(): Promise<void> {
    const pairs = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const ours = await this.drain(EVENTS);
      const before = used();
      const perSecond = await this.raw.call('produceAndConsume', RAW_BATCH);
      pairs.push({ ours, raw: { perSecond, seconds: (used() - before) / EVENTS } });
    }
    this.tell(
      'outbox to effects',
      pairs.map(({ ours }) => ours.perSecond),
      'events/s',
    );
    this.tell(
      'raw kafkajs, produce and consume',
      pairs.map(({ raw }) => raw.perSecond),
      'events/s',
    );
    this.tell(
      'of raw',
      pairs.map(({ ours, raw }) => ours.perSecond / raw.perSecond),
    );
    const cpu = (seconds: number) => seconds * 1e6;
    this.tell(
      'processor time of an event, all processes',
      pairs.map(({ ours }) => cpu(ours.seconds)),
      'us',
    );
    this.tell(
      'of raw',
      pairs.map(({ ours, raw }) => ours.seconds / raw.seconds),
    );
  }

  async relayAgainstRaw(): Promise<void> {
    const pairs = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      await this.publisher.call('fill', EVENTS);
      const began = await this.publisher.call('startRelay');
      const ended = await this.publisher.call('untilSent');
      await this.publisher.call('stopRelay');
      const raw = await this.raw.call('produce', RELAY_BATCH);
      pairs.push({ ours: EVENTS / ((ended - began) / 1000), raw });
    }
    await this.catchUp(PAIRS * EVENTS);
    this.tell(
      'outbox to broker',
      pairs.map(({ ours }) => ours),
      'events/s',
    );
    this.tell(
      'raw kafkajs, produce',
      pairs.map(({ raw }) => raw),
      'events/s',
    );
    this.tell(
      'of raw',
      pairs.map(({ ours, raw }) => ours / raw),
    );
  }

  async peer(): Promise<void> {
    const peer = Child.start<NestPeer>('nest-peer');
    await peer.call('open', await this.urlOf('ft_funding'));
    const pairs = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const ours = await this.drain(EVENTS);
      const consumer = await this.consume(EVENTS);
      await peer.call('emptyCopy');
      const nest = await peer.call('consume', this.brokers, `bench-nest-${pair}`, LIVE_SECONDS);
      pairs.push({ ours: ours.perSecond, consumer, nest });
    }
    await peer.end();
    this.tell(
      "Nest's Kafka transport, inbox and effect",
      pairs.map(({ nest }) => nest),
      'events/s',
    );
    this.tell(
      'topic to effects, times that',
      pairs.map(({ consumer, nest }) => consumer / nest),
    );
    this.tell(
      'outbox to effects, times that',
      pairs.map(({ ours, nest }) => ours / nest),
    );
  }

  async live(): Promise<void> {
    const pairs = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const alone = await this.publisher.call('write', WRITERS, LIVE_SECONDS);
      await this.publisher.call('emptyOutbox');
      await this.startBoth();
      const { perSecond, events } = await this.publisher.call('write', WRITERS, LIVE_SECONDS);
      await this.untilHandled(events);
      await this.stopBoth();
      pairs.push({ alone: alone.perSecond, live: perSecond });
    }
    this.tell(
      `${WRITERS} writers, one event a transaction`,
      pairs.map(({ live }) => live),
      'events/s',
    );
    this.tell(
      'the same with relay and consumer off',
      pairs.map(({ alone }) => alone),
      'events/s',
    );
    this.tell(
      'of those',
      pairs.map(({ live, alone }) => live / alone),
    );
  }

  async latency(perSecond: number, seconds: number): Promise<void> {
    await this.startBoth();
    const run = async (duration: number): Promise<number[]> => {
      await this.subscriber.call('noteTimes', true);
      const committed = await this.publisher.call('writeOnSchedule', perSecond, duration);
      await this.untilHandled(committed.size);
      const handled = (await this.subscriber.call('noteTimes', false))!;
      return [...committed].map(([id, at]) => Math.max(0, handled.get(id)! - at));
    };
    await run(3);
    const milliseconds = await run(seconds);
    await this.stopBoth();
    this.print(`  commit to effect at ${perSecond}/s: ${latencyLine(latenciesOf(milliseconds))}`);
    for (const line of histogramOf(milliseconds)) this.print(line);
  }

  /** Memory of relay and consumer as a million after a million events pass through them. */
  async millions(): Promise<void> {
    const kept = { relay: [] as Memory[], consumer: [] as Memory[] };
    const readings = MILLIONS * READINGS_A_MILLION;
    for (let reading = 0; reading <= readings; reading += 1) {
      kept.relay.push(await this.publisher.call('memory'));
      kept.consumer.push(await this.subscriber.call('memory'));
      if (reading === readings) break;
      for (let done = 0; done < MILLION / READINGS_A_MILLION; done += MILLION_DRAIN)
        await this.drain(MILLION_DRAIN);
    }
    for (const [name, memory] of Object.entries(kept)) {
      this.print(`  ${name}, every ${MILLION / READINGS_A_MILLION} events:`);
      const line = (what: string, megabytes: number[]) => {
        const quarter = Math.ceil(megabytes.length / 4);
        const [first, last] = [median(megabytes.slice(1, 1 + quarter)), median(megabytes.slice(-quarter))];
        this.print(
          `    ${what.padEnd(28)} ${megabytes.map((value) => value.toFixed(0)).join(' ')} MB, ` +
            `last quarter of the first ${(last / first).toFixed(2)}`,
        );
      };
      line(
        'in use after a collection',
        memory.map(({ used }) => used / 1e6),
      );
      line(
        'resident',
        memory.map(({ resident }) => resident / 1e6),
      );
    }
  }

  private async drain(events: number): Promise<{ perSecond: number; seconds: number }> {
    await this.subscriber.call('emptyCopy');
    await this.publisher.call('fill', events);
    await this.subscriber.call('start');
    const before = used();
    const began = await this.publisher.call('startRelay');
    const ended = await this.untilHandled(events);
    const seconds = used() - before;
    await this.stopBoth();
    return { perSecond: events / ((ended - began) / 1000), seconds: seconds / events };
  }

  /** Events a second from the topic to effects, from the first that is begun, while nothing else runs. */
  private async consume(events: number): Promise<number> {
    await this.subscriber.call('emptyCopy');
    await this.publisher.call('fill', events);
    await this.publisher.call('startRelay');
    await this.publisher.call('untilSent');
    await this.publisher.call('stopRelay');
    await this.subscriber.call('start');
    const ended = await this.untilHandled(events);
    const { firstAt } = await this.subscriber.call('handled');
    await this.subscriber.call('stop');
    return events / ((ended - firstAt) / 1000);
  }

  private async startBoth(): Promise<void> {
    await this.subscriber.call('start');
    await this.publisher.call('startRelay');
  }

  private async stopBoth(): Promise<void> {
    await this.publisher.call('stopRelay');
    await this.subscriber.call('stop');
  }

  private async catchUp(events: number): Promise<void> {
    await this.subscriber.call('start');
    await this.untilHandled(events);
    await this.subscriber.call('stop');
  }

  private async untilHandled(events: number): Promise<number> {
    this.handled += events;
    return this.subscriber.call('untilHandled', this.handled);
  }

  /** Median of the rounds, with the lowest and highest of them. */
  private tell(what: string, values: readonly number[], unit = ''): void {
    const shown = (value: number) => (unit === '' ? value.toFixed(2) : value.toFixed(0));
    const range = `${shown(Math.min(...values))}-${shown(Math.max(...values))}`;
    this.print(`  ${what.padEnd(46)} ${shown(median(values)).padStart(7)} ${unit} (${range})`);
  }
}
