import { runInContext } from '@followthrough/service-kit';
import { setTimeout as delay } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { publish } from '../publish';
import { log, messagingWorld, TYPE, withdrawn, type MessagingWorld } from '../testing/messaging-world';
import type { RecordPosition, StoredRecord, Transport, TransportRecord } from '../transport/transport';
import { Relay } from './relay';
import { eventually } from '../testing/eventually';

const TOPIC = 'recommendations.v1';

describe('from the outbox to the transport', () => {
  let world: MessagingWorld;

  beforeEach(async () => {
    world = await messagingWorld();
  });

  afterEach(() => world.close());

  async function sent(): Promise<StoredRecord[]> {
    const records: StoredRecord[] = [];
    for await (const batch of world.transport.read({ topic: TOPIC })) records.push(...batch);
    return records;
  }
  const waiting = async () => (await world.publisher.query('select 1 from outbox')).length;

  it('publishes what was committed, with CloudEvents headers, and nothing of what was rolled back', async () => {
    world.relay();
    const id = uuidv7();
    const context = {
      correlationId: 'c-1',
      causationId: 'cause',
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    };
    await runInContext(context, () =>
      world.publisher.transaction((tx) =>
        publish(tx, { ...withdrawn('key-1', 3), id, occurredAt: new Date('2024-05-01T10:00:00Z') }),
      ),
    );
    await expect(
      world.publisher.transaction(async (tx) => {
        await publish(tx, withdrawn('key-2', 1));
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await eventually(async () => (await sent()).length === 1 && (await waiting()) === 0);
    const [record] = await sent();
    expect(record!.key).toBe('key-1');
    expect(JSON.parse(record!.value.toString())).toMatchObject({
      recommendationId: 'key-1',
      reason: 'undone',
    });
    expect(record!.headers).toEqual({
      ce_specversion: '1.0',
      ce_id: id,
      ce_type: TYPE,
      ce_source: '/recommendations',
      ce_subject: 'key-1',
      ce_time: '2024-05-01T10:00:00.000Z',
      ce_aggregateversion: '3',
      ce_generation: '0',
      ce_stateunderreview: 'SVN',
      ce_visibility: 'public',
      ce_correlationid: 'c-1',
      ce_causationid: 'cause',
      traceparent: context.traceparent,
      'content-type': 'application/json',
    });
  });

  it('refuses an event that no proto file defines', async () => {
    const strange = { ...withdrawn('a', 1), type: 'recommendations.v1.Nothing' } as never;
    await expect(world.publisher.transaction((tx) => publish(tx, strange))).rejects.toThrow(
      /recommendations.v1.Nothing .*proto/,
    );
  });

  it('loses nothing and keeps the order of each aggregate: 16 writers, some roll back, three relays', async () => {
    const relays = [1, 2, 3].map(
      () => new Relay({ database: world.publisher, transport: world.transport, log }),
    );
    for (const relay of relays) relay.start();
    const perWriter = 60;
    const versions = new Map<string, number>();
    const writer = async (nth: number) => {
      for (let n = 0; n < perWriter; n += 1) {
        const key = `writer-${nth}-key-${n % 3}`;
        const version = (versions.get(key) ?? 0) + 1;
        const rollBack = n % 20 === 7;
        await world.publisher
          .transaction(async (tx) => {
            await publish(tx, withdrawn(key, version));
            if (rollBack) throw new Error('rolled back');
          })
          .then(
            () => versions.set(key, version),
            () => undefined,
          );
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, nth) => writer(nth)));
    await eventually(async () => (await waiting()) === 0);
    await Promise.all(relays.map((relay) => relay.stop()));
    const last = new Map<string, number>();
    for (const { key, headers } of await sent()) {
      const version = Number(headers.ce_aggregateversion);
      expect(version).toBe((last.get(key) ?? 0) + 1);
      last.set(key, version);
    }
    expect(last).toEqual(versions);
  });

  /** The world's transport with another way of sending. */
  function sendingBy(send: (records: readonly TransportRecord[]) => Promise<RecordPosition[]>): Transport {
    const { transport } = world;
    return {
      ...transport,
      send,
      partitionsOf: (topic: string) => transport.partitionsOf(topic),
    };
  }

  it('keeps the rows until the transport takes them', async () => {
    let failures = 0;
    const transport = sendingBy(async (records) => {
      if (failures++ < 3) throw new Error('no broker');
      return world.transport.send(records);
    });
    await world.tell('a', 'b', 'a', 'c');
    const relay = new Relay({ database: world.publisher, transport, log });
    relay.start();
    await eventually(async () => (await waiting()) === 0);
    await relay.stop();
    expect(failures).toBe(4);
    expect(
      (await sent()).filter(({ key }) => key === 'a').map(({ headers }) => headers.ce_aggregateversion),
    ).toEqual(['1', '2']);
  });

  it('deletes no row of a send that lacks a proof for one of its records', async () => {
    let sends = 0;
    const transport = sendingBy(async (records) => {
      const proofs = await world.transport.send(records);
      return sends++ === 0 ? proofs.slice(0, -1) : proofs;
    });
    await world.tell('a', 'b', 'c');
    const relay = new Relay({ database: world.publisher, transport, log });
    relay.start();
    await eventually(async () => (await waiting()) === 0);
    await relay.stop();
    expect(sends).toBe(2);
    expect(await sent()).toHaveLength(6);
  });

  it('takes over what another leaves, also after the clock was ahead and has been set right', async () => {
    const now = Date.now;
    const ahead = jest.spyOn(Date, 'now').mockImplementation(() => now() + 7_200_000);
    let sends = 0;
    const transport = sendingBy((records) => {
      sends += 1;
      return world.transport.send(records);
    });
    const other = new Relay({ database: world.publisher, transport, log });
    const keys = Array.from({ length: 64 }, (_, n) => `key-${n}`);
    try {
      world.relay();
      await world.tell(...keys);
      await eventually(async () => (await waiting()) === 0);
      other.start();
      for (; sends === 0; await delay(100)) await world.tell(...keys);
    } finally {
      ahead.mockRestore();
      await other.stop();
    }
    await world.tell(...keys);
    await eventually(async () => (await waiting()) === 0);
  }, 60_000);

  it('leaves its slots to another relay when it stops', async () => {
    const first = world.relay();
    await world.tell('a');
    await eventually(async () => (await waiting()) === 0);
    await first.stop();
    await world.tell('a', 'b');
    expect(await waiting()).toBe(2);
    world.relay();
    await eventually(async () => (await waiting()) === 0);
    expect(await sent()).toHaveLength(3);
  });
});
