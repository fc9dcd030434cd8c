import { kafkaMissing } from '@followthrough/stack';
import { topics } from '@followthrough/contracts';
import { describeUnless } from '@followthrough/testing';
import { Kafka, logLevel, type IHeaders } from 'kafkajs';
import { deadLetterTopic } from '../../consume/parked-events';
import { NeverError } from '../../failures';
import { listParked } from '../../operations/parked-tools';
import { eventually } from '../../testing/eventually';
import { kafkaWorld, type KafkaWorld } from '../../testing/kafka-world';
import { messagingWorld, noting, TYPE, type MessagingWorld } from '../../testing/messaging-world';
import type { KafkaTransport } from './kafka-transport';

const TOPIC = 'recommendations.v1';

describeUnless(kafkaMissing())('facts on their way over Kafka', () => {
  let kafka: KafkaWorld;
  let world: MessagingWorld;

  beforeAll(async () => {
    kafka = await kafkaWorld();
  });

  afterAll(() => kafka.close());

  beforeEach(async () => {
    world = await messagingWorld(kafka.connect({ sessionTimeoutMs: 3000 }));
  });

  afterEach(() => world.close());

  /** What a consumer that somebody else wrote would see of a topic: bytes. */
  async function seenByOthers(topic: string): Promise<{ key: string; value: string; headers: IHeaders }[]> {
    const stranger = new Kafka({ brokers: kafka.settings.brokers, logLevel: logLevel.NOTHING });
    const consumer = stranger.consumer({ groupId: `stranger-${topic}`, maxWaitTimeInMs: 100 });
    const seen: { key: string; value: string; headers: IHeaders }[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message: { key, value, headers } }) =>
        void seen.push({ key: String(key), value: String(value), headers: headers ?? {} }),
    });
    await eventually(() => seen.length > 0);
    await consumer.disconnect();
    return seen;
  }
  const texts = (headers: IHeaders) =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

  it('are CloudEvents that anyone can read; what can never be handled is copied to the dead letters of its group', async () => {
    world.relay();
    await world.run(
      noting(({ aggregateId }) => {
        if (aggregateId === 'bad') throw new NeverError('cannot be');
      }, 'funding'),
      // The dead letter goes out through the relay of the service that parked it.
      { database: world.publisher },
    );
    const [id] = await world.tell('bad');

    const [event] = await seenByOthers(TOPIC);
    expect(event!.key).toBe('bad');
    expect(JSON.parse(event!.value)).toEqual({ recommendationId: 'bad', reason: 'undone' });
    expect(texts(event!.headers)).toMatchObject({
      ce_specversion: '1.0',
      ce_id: id,
      ce_type: TYPE,
      ce_source: '/recommendations',
      ce_subject: 'bad',
      ce_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      ce_aggregateversion: '1',
      ce_generation: expect.any(String) as string,
      ce_stateunderreview: 'SVN',
      ce_visibility: 'public',
      'content-type': 'application/json',
    });

    await eventually(async () => (await listParked(world.publisher)).length === 1);
    const [letter] = await seenByOthers(deadLetterTopic(TOPIC, 'funding'));
    expect(letter).toMatchObject({ key: 'bad', value: event!.value });
    expect(texts(letter!.headers)).toMatchObject({
      ce_id: id,
      'dlq-reason': 'NeverError: cannot be',
      'dlq-consumer': 'funding',
      'dlq-topic': TOPIC,
      'dlq-partition': expect.stringMatching(/^\d$/) as string,
      'dlq-offset': '0',
    });
  });

  it('take effect once and in order while members of the group come and go', async () => {
    world.relay();
    const keys = Array.from({ length: 30 }, (_, n) => `storm-${n}`);
    const rounds = 40;
    let told = 0;
    const telling = (async () => {
      for (; told < rounds; told += 1) await world.tell(...keys);
    })();
    const member = async (): Promise<{ transport: KafkaTransport; stop(): Promise<void> }> => {
      const transport = kafka.connect({ sessionTimeoutMs: 3000 });
      await transport.ensureTopics(topics);
      const runner = await world.run(noting(undefined, 'storm'), { transport, batchSize: 20 });
      return {
        transport,
        stop: async () => {
          await runner.stop();
          await transport.close();
        },
      };
    };
    const members = [await member()];
    for (let n = 0; n < 5; n += 1) {
      members.push(await member());
      await members.shift()!.stop();
    }
    members.push(await member());
    await telling;
    const storm = async () =>
      Object.fromEntries(Object.entries(await world.effects()).filter(([key]) => key.startsWith('storm')));
    await eventually(async () => Object.values(await storm()).flat().length >= keys.length * rounds);
    const once = Array.from({ length: rounds }, (_, n) => n + 1);
    expect(await storm()).toEqual(Object.fromEntries(keys.map((key) => [key, once])));
    await Promise.all(members.map((one) => one.stop()));
  });
});
