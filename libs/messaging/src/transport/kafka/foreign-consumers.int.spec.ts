import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { kafkaMissing } from '@followthrough/stack';
import { describeUnless } from '@followthrough/testing';
import { CloudEvent, Kafka as KafkaBinding, type KafkaMessage } from 'cloudevents';
import { eventually } from '../../testing/eventually';
import { kafkaWorld, type KafkaWorld } from '../../testing/kafka-world';
import { messagingWorld, TYPE, type MessagingWorld } from '../../testing/messaging-world';

const TOPIC = 'recommendations.v1';
const EVENTS = 20;

const kcat = spawnSync('kcat', ['-V']).status === 0 ? null : 'kcat is not in PATH: apt-get install kafkacat';

/** A line that `kcat -J` prints for a record: headers are a list of names and values in turn. */
interface KcatRecord {
  topic: string;
  key: string;
  payload: string;
  headers: string[];
}

describeUnless(kafkaMissing() ?? kcat)('a consumer that someone else wrote', () => {
  let kafka: KafkaWorld;
  let world: MessagingWorld;

  beforeAll(async () => {
    kafka = await kafkaWorld();
    world = await messagingWorld(kafka.connect());
  });

  afterAll(async () => {
    await world.close();
    await kafka.close();
  });

  async function readByKcat(): Promise<KcatRecord[]> {
    const broker = kafka.settings.brokers[0]!;
    const { stdout } = await promisify(execFile)('kcat', ['-b', broker, '-t', TOPIC, '-C', '-e', '-q', '-J']);
    return stdout
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as KcatRecord);
  }

  it('kcat reads every event as JSON, and the CloudEvents SDK takes it for one', async () => {
    const keys = Array.from({ length: EVENTS }, (_, nth) => `key-${nth}`);
    const ids = await world.tell(...keys);
    world.relay();
    const records = await eventually(async () => {
      const seen = await readByKcat();
      return seen.length >= EVENTS ? seen : null;
    });
    const events = records.map(({ key, payload, headers }) => {
      const pairs = Array.from({ length: headers.length / 2 }, (_, nth) =>
        headers.slice(2 * nth, 2 * nth + 2),
      );
      const message: KafkaMessage = {
        key,
        value: payload,
        body: payload,
        headers: Object.fromEntries(pairs) as KafkaMessage['headers'],
      };
      expect(KafkaBinding.isEvent(message)).toBe(true);
      return KafkaBinding.toEvent<{ recommendationId: string }>(message) as CloudEvent<{
        recommendationId: string;
      }>;
    });
    expect(events.map(({ id }) => id).sort()).toEqual([...ids].sort());
    for (const event of events) {
      expect(event.validate()).toBe(true);
      expect(event).toMatchObject({
        specversion: '1.0',
        type: TYPE,
        source: '/recommendations',
        datacontenttype: 'application/json',
        stateunderreview: 'SVN',
        data: { recommendationId: event.subject, reason: 'undone' },
      });
    }
  });
});
