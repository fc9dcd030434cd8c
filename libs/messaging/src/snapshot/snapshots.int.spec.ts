import { execFileSync, fork } from 'node:child_process';
import { join } from 'node:path';
import type { CallerIdentity } from '@followthrough/service-kit';
import { NeverError } from '../failures';
import { skipParked, retryParked } from '../operations/parked-tools';
import { copying, heldBy, own, OWNED, owned, TOPIC } from '../testing/copy-world';
import { eventually } from '../testing/eventually';
import { messagingWorld, withdrawn, type MessagingWorld } from '../testing/messaging-world';
import { publish } from '../publish';
import { askSnapshot } from './ask-snapshot';
import { snapshotStanding } from './snapshot-standing';
import { tellSnapshotJob } from './tell-snapshot';

const operator = { id: 'operator', kind: 'service' } as CallerIdentity;
const root = join(__dirname, '../../../..');
const TELLER = join(root, 'libs/messaging/dist/testing/snapshot-teller.js');
const never = new AbortController().signal;
const keysOf = (count: number) =>
  Array.from({ length: count }, (_, nth) => `key-${String(nth).padStart(5, '0')}`);

describe('a snapshot', () => {
  let world: MessagingWorld;

  beforeAll(() => execFileSync(process.execPath, [join(root, 'tools/build.mjs')]));
  beforeEach(async () => {
    world = await messagingWorld();
    await world.publisher.query(OWNED);
    await world.publisher.query(
      `create table audit_record (id uuid, caller_id text, caller_kind text, action text, subject text,
         subject_id text, state_under_review text, details jsonb, correlation_id text)`,
    );
    world.relay();
  });
  afterEach(() => world.close());

  const job = () => tellSnapshotJob(world.publisher, owned);
  const ask = (recipient: string | null = null) =>
    world.publisher.transaction((tx) => askSnapshot(tx, operator, TOPIC, recipient));
  const told = async () => (await snapshotStanding(world.publisher)).told[0]!;
  const taken = async (group = 'funding') =>
    (await snapshotStanding(world.consumer)).taken.find(({ subscription }) => subscription === group);
  const takenWhole = (id: string, group = 'funding') =>
    eventually(async () => {
      const standing = await taken(group);
      return standing?.id === id && standing.doneAt ? standing : null;
    });

  it('builds an empty copy, and both sides say how far it is', async () => {
    const keys = keysOf(1300);
    await own(world.publisher, keys, 3);
    await world.run(await copying(world.consumer, 'funding'));
    const id = await ask();
    expect(await told()).toMatchObject({ id, told: 0, doneAt: null });
    await job().run(id, never);
    expect(await told()).toMatchObject({ id, total: 1300, told: 1300, doneAt: expect.any(Date) });
    expect(await takenWhole(id)).toMatchObject({ topic: TOPIC, total: 1300, taken: 1300, gone: 0 });
    expect(await heldBy(world.consumer)).toEqual(Object.fromEntries(keys.map((key) => [key, 3])));
  });

  it('takes away what the owner no longer holds, and leaves what is newer or came meanwhile', async () => {
    await own(world.publisher, ['a', 'b']);
    await world.run(await copying(world.consumer, 'funding'));
    await world.consumer.query(`insert into held values ('gone-1', 0, 9), ('gone-2', 0, 9), ('b', 0, 7)`);
    const id = await ask();
    const first = tellSnapshotJob(world.publisher, {
      ...owned,
      async page(tx, after, limit) {
        // Another request makes an aggregate while the snapshot is told, too late for its page.
        const page = await owned.page(tx, after, limit);
        await world.publisher.transaction((other) => publish(other, withdrawn('new', 1)));
        return page;
      },
    });
    await first.run(id, never);
    expect(await takenWhole(id)).toMatchObject({ taken: 2, gone: 2 });
    await eventually(async () => 'new' in (await heldBy(world.consumer)));
    expect(await heldBy(world.consumer)).toEqual({ a: 1, b: 7, new: 1 });
  });

  it('for one service is passed over by the others', async () => {
    await own(world.publisher, ['a']);
    await world.run(await copying(world.consumer, 'consultations'));
    const id = await ask('consultations');
    await world.run(await copying(world.consumer, 'funding'));
    await job().run(id, never);
    await takenWhole(id, 'consultations');
    await eventually(async () => (await lagOf('funding')) === 0);
    expect(await taken('funding')).toBeUndefined();
  });

  it('is not done while an event of it is parked: what that tells of would go', async () => {
    await own(world.publisher, ['a', 'bad']);
    let broken = true;
    await world.run(
      await copying(world.consumer, 'funding', ({ aggregateId }) => {
        if (broken && aggregateId === 'bad') throw new NeverError('cannot be');
      }),
    );
    await world.consumer.query(`insert into held values ('bad', 0, 0)`);
    const id = await ask();
    await job().run(id, never);
    await eventually(async () => (await taken())?.taken === 1);
    await eventually(async () => (await world.consumer.query('select from deferred_event')).length === 1);
    expect(await heldBy(world.consumer)).toEqual({ a: 1, bad: 0 });
    expect(await taken()).toMatchObject({ taken: 1, gone: 0, doneAt: null });
    broken = false;
    await world.consumer.transaction((tx) => retryParked(tx, { consumer: 'funding' }, 'operator'));
    expect(await takenWhole(id)).toMatchObject({ taken: 2, gone: 0 });
    expect(await heldBy(world.consumer)).toEqual({ a: 1, bad: 1 });
  });

  it('is begun anew by the next one, whatever became of it', async () => {
    await own(world.publisher, ['a', 'bad']);
    await world.run(
      await copying(world.consumer, 'funding', ({ aggregateId }) => {
        if (aggregateId === 'bad') throw new NeverError('cannot be');
      }),
    );
    await job().run(await ask(), never);
    await eventually(async () => (await taken())?.taken === 1);
    await world.publisher.query(`delete from owned where key = 'bad'`);
    await world.consumer.transaction((tx) => skipParked(tx, { consumer: 'funding' }, 'operator'));
    const second = await ask();
    await job().run(second, never);
    expect(await takenWhole(second)).toMatchObject({ total: 1, taken: 1 });
  });

  it('is one at a time, for those who keep a copy', async () => {
    const id = await ask();
    expect(await ask()).toBe(id);
    expect(await ask('funding')).toBe(id);
    await job().run(id, never);
    const forOne = await ask('funding');
    await expect(ask('consultations')).rejects.toThrow('A snapshot for funding is under way');
    await expect(ask('portl')).rejects.toThrow('portl keeps no copy of recommendations.v1: choose one of');
    expect(await job().sweep.due()).toEqual([forOne]);
    expect(await world.publisher.query('select action from audit_record')).toHaveLength(2);
  });

  it('is asked for by a restore, once', async () => {
    await world.publisher.query('update instance_generation set generation = 4');
    const due = await job().sweep.due();
    expect(due).toHaveLength(1);
    await job().run(due[0]!, never);
    expect(await job().sweep.due()).toEqual([]);
  });

  it.each(['snapshot.in-page:3', 'snapshot.after-step:2', 'snapshot.after-step:4'])(
    'that is killed at %s goes on where it was',
    async (place) => {
      const keys = keysOf(2600);
      await own(world.publisher, keys);
      await world.run(await copying(world.consumer, 'funding'));
      const id = await ask();
      const child = fork(TELLER, [world.publisher.url, id], {
        env: { ...process.env, FT_FAIL_POINT: place },
      });
      const signal = await new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
      expect(signal).toBe('SIGKILL');
      expect((await told()).doneAt).toBeNull();
      await job().run(id, never);
      expect(await told()).toMatchObject({ total: 2600, told: 2600 });
      expect(await takenWhole(id)).toMatchObject({ total: 2600, taken: 2600, gone: 0 });
      expect(Object.keys(await heldBy(world.consumer))).toEqual(keys);
    },
  );

  const lagOf = async (group: string) =>
    (await world.transport.lag(group, [TOPIC])).reduce((sum, { lag }) => sum + lag, 0);
});
