import { v7 as uuidv7 } from 'uuid';
import { partitionOf } from '../key-hash';
import type {
  RecordBatch,
  StoredRecord,
  Subscription,
  Transport,
  TransportRecord,
} from '../transport/transport';
import { eventually } from './eventually';

/** A place where a transport lives: several connect to it as several processes would. */
export interface TransportWorld {
  connect(): Promise<Transport>;
  close(): Promise<void>;
}

const PARTITIONS = 4;
const BATCH = 100;

/** What every transport promises. Whoever adds one runs this suite over it. */
export function transportContract(name: string, createWorld: () => Promise<TransportWorld>): void {
  describe(`transport contract: ${name}`, () => {
    let world: TransportWorld;
    let transport: Transport;
    let topic: string;
    const subscriptions: Subscription[] = [];

    beforeAll(async () => {
      world = await createWorld();
      transport = await world.connect();
    });

    afterAll(async () => {
      await transport.close();
      await world.close();
    });

    beforeEach(async () => {
      topic = `contract.${uuidv7()}`;
      await transport.ensureTopics([{ name: topic, partitions: PARTITIONS }]);
    });

    afterEach(async () => {
      await Promise.all(subscriptions.splice(0).map((subscription) => subscription.stop()));
    });

    const record = (key: string, value: string, headers: Record<string, string> = {}): TransportRecord => ({
      topic,
      partition: partitionOf(key, PARTITIONS),
      key,
      value,
      headers,
    });
    const numbered = (count: number, keys = 20): TransportRecord[] =>
      Array.from({ length: count }, (_, n) => record(`key-${n % keys}`, String(n)));

    async function subscribe(
      group: string,
      onBatch: (batch: RecordBatch) => Promise<void>,
      via = transport,
    ): Promise<Subscription> {
      const subscription = await via.subscribe({
        group,
        topics: [topic],
        batchSize: BATCH,
        concurrency: 4,
        onBatch,
      });
      subscriptions.push(subscription);
      return subscription;
    }

    /** A group that notes everything it is given and reports it as handled. */
    const noting = (into: StoredRecord[]) => async (batch: RecordBatch) => {
      into.push(...batch.records);
      await batch.handled(batch.records.at(-1)!.offset);
    };

    const values = (records: StoredRecord[]) => records.map(({ value }) => Number(value.toString()));
    const sorted = (numbers: number[]) => [...numbers].sort((a, b) => a - b);
    const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

    function expectOrderWithinKeys(records: StoredRecord[]): void {
      const last = new Map<string, number>();
      for (const { key, value } of records) {
        expect(Number(value.toString())).toBeGreaterThan(last.get(key) ?? -1);
        last.set(key, Number(value.toString()));
      }
    }

    it('gives each record a proof with its place, in the order sent', async () => {
      const records = numbered(50);
      const proofs = await transport.send(records);
      expect(proofs.map(({ partition }) => partition)).toEqual(records.map(({ partition }) => partition));
      const last = new Map<number, number>();
      for (const { partition, offset } of proofs) {
        expect(offset).toBeGreaterThan(last.get(partition) ?? -1);
        last.set(partition, offset);
      }
    });

    it('carries key, value and headers unchanged', async () => {
      const value = JSON.stringify({
        text: 'Ratifier « la Convention » \\ "OP-CAT" 人权 \u0000 حقوق \n\t',
        none: null,
      });
      const headers = {
        ce_id: uuidv7(),
        'content-type': 'application/json',
        ce_subject: 'Côte d’Ivoire {",\\}',
      };
      await transport.send([record('clé "1", {2}', value, headers)]);
      const seen: StoredRecord[] = [];
      await subscribe('reads', noting(seen));
      const [got] = await eventually(() => seen.length === 1 && seen);
      expect(got).toMatchObject({ topic, key: 'clé "1", {2}', headers });
      expect(got!.value.toString()).toBe(value);
    });

    it('keeps the order within each key, with several senders at once, and loses nothing', async () => {
      const seen: StoredRecord[] = [];
      await subscribe('orders', noting(seen));
      const sender = async (nth: number) => {
        for (let n = 0; n < 40; n += 1) {
          await transport.send([0, 1, 2].map((key) => record(`sender-${nth}-${key}`, String(n * 3 + key))));
        }
      };
      await Promise.all([0, 1, 2, 3].map(sender));
      await eventually(() => seen.length >= 4 * 40 * 3);
      expect(seen).toHaveLength(480);
      expectOrderWithinKeys(seen);
    });

    it('refuses a record for a partition that does not exist', async () => {
      await expect(transport.send([{ ...record('a', '1'), partition: PARTITIONS }])).rejects.toThrow(
        /partition/,
      );
      await expect(transport.send([{ ...record('a', '1'), topic: 'contract.unknown' }])).rejects.toThrow(
        /contract.unknown/,
      );
    });

    it('gives again what was not handled, until it is', async () => {
      const seen: StoredRecord[] = [];
      let refusals = 0;
      await subscribe('stumbles', async (batch) => {
        if (refusals < 3) {
          refusals += 1;
          throw new Error('not now');
        }
        await noting(seen)(batch);
      });
      await transport.send(numbered(30));
      await eventually(() => seen.length >= 30);
      expect(sorted(values(seen))).toEqual(upTo(30));
      expectOrderWithinKeys(seen);
    });

    it('leaves out nothing where batches fail at random while the next ones are at hand', async () => {
      const seen: StoredRecord[] = [];
      let calls = 0;
      await subscribe('staggers', async (batch) => {
        await new Promise((resolve) => setImmediate(resolve));
        if ((calls += 1) % 3 === 0) throw new Error('not now');
        await noting(seen)(batch);
      });
      const records = numbered(3000, 60);
      for (let start = 0; start < 3000; start += 300) await transport.send(records.slice(start, start + 300));
      await eventually(() => seen.length >= 3000);
      expect(sorted(values(seen))).toEqual(upTo(3000));
      expectOrderWithinKeys(seen);
    });

    it('goes on after the last record handled where a batch was handled in part', async () => {
      await transport.send(upTo(10).map((n) => record('one key', String(n))));
      const seen: number[] = [];
      let broke = false;
      await subscribe('halves', async (batch) => {
        for (const one of batch.records) {
          if (Number(one.value.toString()) === 6 && !broke) {
            broke = true;
            throw new Error('in the middle');
          }
          seen.push(Number(one.value.toString()));
          await batch.handled(one.offset);
        }
      });
      await eventually(() => seen.length >= 10);
      expect(seen).toEqual(upTo(10));
    });

    it('lets every group read everything at its own pace', async () => {
      const fast: StoredRecord[] = [];
      const slow: StoredRecord[] = [];
      let open!: () => void;
      const gate = new Promise<void>((resolve) => (open = resolve));
      await subscribe('fast', noting(fast));
      await subscribe('slow', async (batch) => {
        await gate;
        await noting(slow)(batch);
      });
      await transport.send(numbered(200));
      await eventually(() => fast.length >= 200);
      expect(slow).toHaveLength(0);
      open();
      await eventually(() => slow.length >= 200);
      expect(sorted(values(slow))).toEqual(upTo(200));
    });

    it('lets a slow partition slow no other', async () => {
      const seen: StoredRecord[] = [];
      let open!: () => void;
      const gate = new Promise<void>((resolve) => (open = resolve));
      const stuck = partitionOf('key-0', PARTITIONS);
      await subscribe('uneven', async (batch) => {
        if (batch.partition === stuck) await gate;
        await noting(seen)(batch);
      });
      const records = numbered(80);
      await transport.send(records);
      const others = records.filter(({ partition }) => partition !== stuck).length;
      await eventually(() => seen.length === others);
      open();
      await eventually(() => seen.length === 80);
    });

    it('starts a new group at the beginning and a known group where it left off', async () => {
      await transport.send(numbered(20));
      const first: StoredRecord[] = [];
      const subscription = await subscribe('returns', noting(first));
      await eventually(() => first.length === 20);
      await subscription.stop();
      await transport.send([record('key-1', '100')]);
      const second: StoredRecord[] = [];
      await subscribe('returns', noting(second));
      await eventually(() => second.length > 0);
      expect(values(second)).toEqual([100]);
    });

    it('hands what is in hand back in order when it is stopped: waits for it, gives nothing new', async () => {
      let finished = false;
      let begun!: () => void;
      const started = new Promise<void>((resolve) => (begun = resolve));
      const subscription = await subscribe('stops', async (batch) => {
        begun();
        await new Promise((resolve) => setTimeout(resolve, 50));
        await batch.handled(batch.records.at(-1)!.offset);
        finished = true;
      });
      await transport.send([record('a', '1')]);
      await started;
      await subscription.stop();
      expect(finished).toBe(true);
      expect((await transport.lag('stops', [topic])).every(({ lag }) => lag === 0)).toBe(true);
    });

    it('divides the partitions among the members of a group, and again when one goes', async () => {
      const other = await world.connect();
      try {
        await other.ensureTopics([{ name: topic, partitions: PARTITIONS }]);
        const here: StoredRecord[] = [];
        const there: StoredRecord[] = [];
        const mine = await subscribe('shares', noting(here));
        await eventually(() => mine.assigned().length === PARTITIONS);
        const theirs = await subscribe('shares', noting(there), other);
        await eventually(() => theirs.assigned().length === 2 && mine.assigned().length === 2, {
          timeout: 20_000,
        });
        await transport.send(numbered(200, 40));
        await eventually(() => here.length + there.length >= 200);
        expect(here.length).toBeGreaterThan(0);
        expect(there.length).toBeGreaterThan(0);
        expect(sorted(values([...here, ...there]))).toEqual(upTo(200));
        expectOrderWithinKeys(here);
        expectOrderWithinKeys(there);

        await theirs.stop();
        await eventually(() => mine.assigned().length === PARTITIONS);
        here.length = 0;
        await transport.send(numbered(50, 40));
        await eventually(() => here.length >= 50);
      } finally {
        await Promise.all(subscriptions.splice(0).map((subscription) => subscription.stop()));
        await other.close();
      }
    });

    it('gives what a member had in hand to another when that member loses its partitions', async () => {
      const other = await world.connect();
      await other.ensureTopics([{ name: topic, partitions: PARTITIONS }]);
      let held = false;
      let release!: () => void;
      const gate = new Promise<void>((resolve) => (release = resolve));
      const lost = await other.subscribe({
        group: 'inherits',
        topics: [topic],
        batchSize: BATCH,
        concurrency: 4,
        onBatch: async () => {
          held = true;
          await gate;
          throw new Error('dies without a word');
        },
      });
      await transport.send([record('a', '1'), record('a', '2')]);
      await eventually(() => held);
      release();
      await lost.stop();
      await other.close();
      const seen: StoredRecord[] = [];
      await subscribe('inherits', noting(seen));
      await eventually(() => seen.length >= 2);
      expect(values(seen)).toEqual([1, 2]);
    });

    it('says how far a group is behind', async () => {
      const behind = async () => {
        const lags = await transport.lag('measured', [topic]);
        expect(lags).toHaveLength(PARTITIONS);
        return lags.reduce((sum, { lag }) => sum + lag, 0);
      };
      expect(await behind()).toBe(0);
      await transport.send(numbered(60));
      expect(await behind()).toBe(60);
      const seen: StoredRecord[] = [];
      await subscribe('measured', noting(seen));
      await eventually(async () => (await behind()) === 0);
      expect(seen).toHaveLength(60);
    });

    it('moves ten thousand records in large sends', async () => {
      const seen: StoredRecord[] = [];
      let largest = 0;
      await subscribe('bulk', async (batch) => {
        largest = Math.max(largest, batch.records.length);
        await noting(seen)(batch);
      });
      const records = numbered(10_000, 500);
      for (let start = 0; start < records.length; start += 2000) {
        await transport.send(records.slice(start, start + 2000));
      }
      await eventually(() => seen.length >= 10_000);
      expect(sorted(values(seen))).toEqual(upTo(10_000));
      expect(largest).toBe(BATCH);
      expectOrderWithinKeys(seen);
    });

    it('reads a part again, by key, offset and time, whatever the groups have read', async () => {
      const read = async (range: Omit<Parameters<Transport['read']>[0], 'topic'>) => {
        const found: StoredRecord[] = [];
        for await (const batch of transport.read({ topic, ...range })) found.push(...batch);
        return found;
      };
      await transport.send(numbered(40, 4));
      expect(await read({})).toHaveLength(40);
      expect(values(await read({ key: 'key-3' }))).toEqual(upTo(10).map((n) => n * 4 + 3));
      const partition = partitionOf('key-3', PARTITIONS);
      const [, second, third] = await read({ partition });
      const some = await read({ partition, fromOffset: second!.offset, toOffset: third!.offset });
      expect(some.map(({ offset }) => offset)).toEqual([second!.offset, third!.offset]);
      expect(await read({ since: new Date(Date.now() + 60_000) })).toHaveLength(0);
      expect(await read({ since: new Date(Date.now() - 60_000) })).toHaveLength(40);
    });

    it('refuses a topic that exists with another number of partitions', async () => {
      await expect(transport.ensureTopics([{ name: topic, partitions: PARTITIONS + 1 }])).rejects.toThrow(
        new RegExp(`${topic} has ${PARTITIONS} partitions`),
      );
      await expect(
        transport.ensureTopics([{ name: topic, partitions: PARTITIONS }]),
      ).resolves.toBeUndefined();
    });
  });
}
