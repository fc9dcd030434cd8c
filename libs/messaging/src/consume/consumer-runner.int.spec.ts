import { LaterError, NeverError } from '../failures';
import { listParked, retryParked, skipParked } from '../operations/parked-tools';
import { publish } from '../publish';
import {
  log,
  messagingWorld,
  noting,
  TYPE,
  withdrawn,
  type MessagingWorld,
} from '../testing/messaging-world';
import type { StoredRecord } from '../transport/transport';
import { ConsumerRunner } from './consumer-runner';
import { MAX_ATTEMPTS } from './deferred-events';
import { eventually } from '../testing/eventually';

const TOPIC = 'recommendations.v1';
const range = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

describe('from the transport to an effect', () => {
  let world: MessagingWorld;

  beforeEach(async () => {
    world = await messagingWorld();
    world.relay();
  });

  afterEach(() => world.close());

  const deferred = () =>
    world.consumer.query<{ key: string; attempts: number; error: string }>(
      'select key, attempts, error from deferred_event order by seq',
    );
  const count = async () => Object.values(await world.effects()).flat().length;
  const hurry = () => world.consumer.query(`update deferred_event set due_at = now()`);

  async function deadLetters(group = 'notes'): Promise<StoredRecord[]> {
    const records: StoredRecord[] = [];
    for await (const batch of world.transport.read({ topic: `${TOPIC}.${group}.dlq` }))
      records.push(...batch);
    return records;
  }

  it('lets every event take effect once and in order, also one that was sent twice', async () => {
    await world.tell(...range(300).map((n) => `key-${n % 10}`));
    await eventually(async () => (await world.publisher.query('select 1 from outbox')).length === 0);
    const all: StoredRecord[] = [];
    for await (const batch of world.transport.read({ topic: TOPIC })) all.push(...batch);
    const resend = all.map(({ topic, partition, key, value, headers }) => ({
      topic,
      partition,
      key,
      value: value.toString(),
      headers,
    }));
    await world.transport.send([...resend.slice(0, 100), ...resend.slice(0, 100)]);
    await world.run(noting());
    await world.tell('last');
    await eventually(async () => (await world.effects()).last);
    await eventually(async () => (await world.transport.lag('notes', [TOPIC])).every(({ lag }) => lag === 0));
    const effects = await world.effects();
    for (const n of range(10)) expect(effects[`key-${n - 1}`]).toEqual(range(30));
  });

  it('takes up after a stop where it left off', async () => {
    const runner = await world.run(noting());
    await world.tell('a', 'b');
    await eventually(async () => (await count()) === 2);
    await runner.stop();
    await world.tell('a', 'b');
    await world.run(noting());
    await eventually(async () => (await count()) === 4);
    expect(await world.effects()).toEqual({ a: [1, 2], b: [1, 2] });
  });

  it('finds the one event at fault in a batch, parks it with a dead letter, and handles all others', async () => {
    await world.tell(...range(200).map((n) => `key-${n % 8}`));
    await eventually(async () => (await world.publisher.query('select 1 from outbox')).length === 0);
    await world.run(
      noting((event) => {
        if (event.aggregateId === 'key-3' && event.version === 7) throw new NeverError('no such State');
      }),
    );
    await eventually(async () => (await count()) === 199);
    expect((await world.effects())['key-3']).toEqual(range(25).filter((n) => n !== 7));
    const [parked, ...more] = await listParked(world.consumer);
    expect(more).toEqual([]);
    expect(parked).toMatchObject({
      consumer: 'notes',
      key: 'key-3',
      eventType: TYPE,
      reason: 'NeverError: no such State',
    });
    // The dead letter leaves through the consumer's own outbox.
    const [letter] = await world.consumer.query('select topic, aggregateid, payload, headers from outbox');
    expect(letter).toMatchObject({
      topic: `${TOPIC}.notes.dlq`,
      aggregateid: 'key-3',
      payload: parked!.value,
    });
    expect(letter.headers).toMatchObject({
      ce_id: parked!.eventId,
      ce_type: TYPE,
      ce_aggregateversion: '7',
      'dlq-reason': 'NeverError: no such State',
      'dlq-consumer': 'notes',
      'dlq-topic': TOPIC,
      'dlq-partition': String(parked!.partition),
      'dlq-offset': String(parked!.offset),
    });
    expect(await deadLetters()).toEqual([]);
  });

  it('makes a key wait in order while others flow, and drains it in order', async () => {
    let closed = true;
    await world.run(
      noting((event) => {
        if (closed && event.aggregateId === 'waits') throw new LaterError('its State is not known yet');
      }),
    );
    await world.tell('waits', 'flows', 'waits', 'flows', 'waits');
    await eventually(async () => (await deferred()).length === 3);
    await world.tell('flows', 'waits');
    await eventually(
      async () => (await world.effects()).flows?.length === 3 && (await deferred()).length === 4,
    );
    expect((await world.effects()).waits).toBeUndefined();
    expect((await deferred())[0]!.error).toContain('its State is not known yet');
    closed = false;
    await hurry();
    await eventually(async () => (await deferred()).length === 0);
    expect(await world.effects()).toEqual({ waits: range(4), flows: range(3) });
    await world.tell('waits');
    await eventually(async () => (await world.effects()).waits?.length === 5);
  });

  it('tries a passing failure again at once, without deferring anything', async () => {
    let failures = 0;
    await world.run(
      noting(() => {
        if (failures++ < 2) throw new Error('a hiccup');
      }),
    );
    await world.tell('a');
    await eventually(async () => (await count()) === 1);
    expect(failures).toBe(3);
    expect(await deferred()).toEqual([]);
  });

  it('parks an event that fails too often and lets its key go on', async () => {
    let tries = 0;
    await world.run(
      noting((event) => {
        if (event.version === 1) {
          tries += 1;
          throw new Error('always');
        }
      }),
    );
    await world.tell('a', 'a');
    await eventually(async () => (await deferred()).length === 2);
    await world.consumer.query('update deferred_event set attempts = $1, due_at = now()', [MAX_ATTEMPTS - 2]);
    await eventually(async () => (await deferred())[0]?.attempts === MAX_ATTEMPTS - 1);
    expect(await listParked(world.consumer)).toEqual([]);
    await hurry();
    await eventually(async () => (await deferred()).length === 0);
    expect(await world.effects()).toEqual({ a: [2] });
    expect((await listParked(world.consumer))[0]).toMatchObject({
      attempts: MAX_ATTEMPTS,
      reason: 'Error: always',
    });
    expect(tries).toBe(3 + 2 + 1);
  });

  it('parks at once what is no event: no id, no JSON, no UTF-8', async () => {
    await world.run(noting());
    const good = {
      ce_type: TYPE,
      ce_id: '0190d2c4-0000-7000-8000-000000000001',
      ce_aggregateversion: '1',
      ce_generation: '0',
      ce_time: '2024-01-01T00:00:00Z',
    };
    const bad = (value: string, headers: Record<string, string>) => ({
      topic: TOPIC,
      partition: 0,
      key: 'k',
      value,
      headers,
    });
    await world.transport.send([
      bad('{}', { ...good, ce_id: 'seven' }),
      bad('{"recommendationId": ', good),
      bad('{"recommendationId": 7}', good),
      bad('{}', {}),
      bad('{"future": 1}', { ...good, ce_type: 'recommendations.v9.FromTheFuture' }),
      bad('{"recommendationId": "k", "future": 1}', { ...good, ce_visibility: 'public' }),
    ]);
    await eventually(async () => (await count()) === 1);
    const parked = await listParked(world.consumer);
    expect(parked.map(({ offset }) => offset).sort()).toEqual([0, 1, 2, 3]);
    expect(parked.find(({ offset }) => offset === 0)!.reason).toContain('ce_id is no UUID: seven');
  });

  it('retries and skips parked events by hand', async () => {
    let broken = true;
    await world.run(
      noting(() => {
        if (broken) throw new NeverError('cannot be');
      }),
    );
    await world.tell('a', 'b');
    await eventually(async () => (await listParked(world.consumer)).length === 2);
    broken = false;
    const parked = await listParked(world.consumer);
    const id = (key: string) => parked.find((event) => event.key === key)!.id;
    await world.consumer.transaction((tx) => skipParked(tx, { ids: [id('b')] }, 'member-1'));
    const retry = () => world.consumer.transaction((tx) => retryParked(tx, { ids: [id('a')] }, 'member-1'));
    expect(await retry()).toMatchObject([{ id: id('a'), resolution: 'retried' }]);
    expect(await retry()).toEqual([]);
    await eventually(async () => (await count()) === 1);
    expect(await world.effects()).toEqual({ a: [1] });
    expect(await listParked(world.consumer)).toEqual([]);
    expect(
      (await listParked(world.consumer, { resolved: true }))
        .map(({ key, resolution }) => [key, resolution])
        .sort(),
    ).toEqual([
      ['a', 'retried'],
      ['b', 'skipped'],
    ]);
  });

  it('gives snapshots only to handlers that keep a copy', async () => {
    const copies = noting(undefined, 'notes', true);
    const mails: string[] = [];
    await world.run(copies);
    await world.run(noting((event) => void mails.push(event.aggregateId), 'notes.mail', false));
    await world.publisher.transaction(async (tx) => {
      await publish(tx, { ...withdrawn('told again', 1), snapshot: true }, withdrawn('news', 1));
    });
    await eventually(async () => (await count()) === 3);
    expect(mails).toEqual(['news']);
  });

  it('shares the work among members of a group and takes over from one that stops', async () => {
    const first = await world.run(noting());
    await world.tell(...range(60).map((n) => `key-${n % 6}`));
    await first.stop();
    const second = new ConsumerRunner({
      consumer: noting(),
      database: world.consumer,
      transport: world.transport,
      log,
    });
    await second.start();
    await eventually(async () => (await count()) === 60);
    await second.stop();
    const effects = await world.effects();
    for (const key of Object.keys(effects)) expect(effects[key]).toEqual(range(10));
  });
});
