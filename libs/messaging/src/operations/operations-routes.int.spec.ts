import { catalogue } from '@followthrough/contracts';
import { roles } from '@followthrough/service-kit';
import { consumer, type Consumer } from '../consumer';
import { handler } from '../handler';
import { NeverError } from '../failures';
import { eventually } from '../testing/eventually';
import { messagingWorld, record, TYPE, type MessagingWorld } from '../testing/messaging-world';
import { operationsWorld, type OperationsWorld } from '../testing/operations-world';

const ours = ['GET /operations/events', 'GET /operations/parked', 'POST /operations/parked/retry'];
const more = ['POST /operations/parked/skip', 'POST /operations/replay', 'POST /operations/snapshots'];
const routes = [...ours, ...more];
const noSuchId = '00000000-0000-7000-8000-000000000000';

describe('the routes of an operator', () => {
  let world: MessagingWorld;
  let service: OperationsWorld;
  let broken: boolean;

  /** All that funding consumes; it notes withdrawals, and fails on keys that begin with "bad" while it is broken. */
  const funding = (snapshots = true): Consumer => {
    const types = catalogue
      .filter(({ consumers }) => consumers.includes('funding'))
      .map(({ type }) => type)
      .filter((type) => type !== TYPE);
    return consumer('funding', [
      handler({ events: types, snapshots, handle: async () => undefined }),
      handler({
        events: [TYPE],
        snapshots,
        async handle(tx, batch) {
          const bad = batch.find(({ aggregateId }) => broken && aggregateId.startsWith('bad'));
          if (bad) throw new NeverError(`${bad.aggregateId} cannot be\nsecond line of the secret cause`);
          await record(tx, batch);
        },
      }),
    ]);
  };

  beforeEach(async () => {
    broken = true;
    world = await messagingWorld();
    world.relay();
  });
  afterEach(async () => {
    await service.close();
    await world.close();
  });

  const begin = async (snapshots = true) => (service = await operationsWorld(world, [funding(snapshots)]));
  const parked = async (query = '') => (await service.ask('GET', `/operations/parked${query}`)).body.parked;
  const parkedOf = (keys: string[]) => eventually(async () => (await parked()).length === keys.length);
  const audited = () =>
    world.consumer.query('select caller_id, action, subject_id, details from audit_record order by at, id');

  it('let in administrators and nobody else', async () => {
    await begin();
    const there = service.routes.map(({ method, path }) => `${method} ${path}`);
    expect(there).toEqual(expect.arrayContaining(routes));
    expect(there.filter((route) => route.includes('/operations/'))).toHaveLength(routes.length);
    for (const route of routes) {
      const [method, path] = route.split(' ') as [string, string];
      const body = method === 'POST' ? {} : undefined;
      for (const role of [null, ...roles]) {
        const { status } = await service.ask(method, path, body, role);
        const expected = role === null ? [401] : role === 'administrator' ? [200, 400, 409] : [403];
        expect([route, role, expected.includes(status)]).toEqual([route, role, true]);
      }
    }
  });

  it('show what is not sent, not handled, waiting and parked', async () => {
    await begin();
    await world.tell('a', 'bad');
    await parkedOf(['bad']);
    const { status, body } = await service.ask('GET', '/operations/events');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      outbox: { events: expect.any(Number) },
      subscriptions: [
        {
          subscription: 'funding',
          topics: ['recommendations.v1'],
          replayable: ['recommendations.v1'],
          deferred: 0,
          parked: 1,
        },
      ],
      jobs: [],
    });
    expect(body.subscriptions[0].partitions).toHaveLength(6);
  });

  it('list parked events without their content, a page at a time', async () => {
    await begin();
    const keys = Array.from({ length: 60 }, (_, nth) => `bad-${nth}`);
    await world.tell(...keys);
    await eventually(
      async () => (await world.consumer.query('select from parked_event')).length === keys.length,
    );
    const { body: first } = await service.ask('GET', '/operations/parked');
    const { body: second } = await service.ask('GET', `/operations/parked?cursor=${first.next}`);
    expect([first.parked.length, second.parked.length, second.next]).toEqual([50, 10, null]);
    const all = [...first.parked, ...second.parked];
    expect(all.map(({ key }) => key).sort()).toEqual([...keys].sort());
    expect(Object.keys(all[0])).toEqual([
      ...['id', 'subscription', 'topic', 'partition', 'offset'],
      ...['key', 'type', 'error', 'attempts', 'parkedAt'],
    ]);
    expect(all.find(({ key }) => key === 'bad-7')).toMatchObject({
      subscription: 'funding',
      topic: 'recommendations.v1',
      type: TYPE,
      error: 'NeverError: bad-7 cannot be',
    });
    expect(await parked('?subscription=other')).toEqual([]);
  });

  it('retry parked events, by id and by key, and keep who did it', async () => {
    await begin();
    await world.tell('bad-1', 'bad-2');
    await parkedOf(['bad-1', 'bad-2']);
    broken = false;
    const first = (await parked()).find(({ key }: { key: string }) => key === 'bad-1');
    const byId = await service.ask('POST', '/operations/parked/retry', { ids: [first.id, noSuchId] });
    expect(byId.body).toEqual({ events: 1, notParked: [noSuchId], more: false });
    const byKey = { subscription: 'funding', key: 'bad-2' };
    const other = await service.ask('POST', '/operations/parked/retry', { ...byKey, key: 'bad-3' });
    expect(other.body.events).toBe(0);
    expect((await service.ask('POST', '/operations/parked/retry', byKey)).body.events).toBe(1);
    await eventually(async () => Object.keys(await world.effects()).length === 2);
    expect(await parked()).toEqual([]);
    expect(await audited()).toMatchObject([
      { caller_id: 'member-administrator', action: 'event.retry', subject_id: first.id },
      {
        action: 'event.retry',
        details: { subscription: 'funding', topic: 'recommendations.v1', type: TYPE },
      },
    ]);
  });

  it('skip parked events for a reason that is kept, and not without one', async () => {
    await begin();
    await world.tell('bad');
    await parkedOf(['bad']);
    const without = await service.ask('POST', '/operations/parked/skip', { subscription: 'funding' });
    expect(without.status).toBe(400);
    expect(await parked()).toHaveLength(1);
    const reason = 'Made by a test of the ministry';
    const skipped = await service.ask('POST', '/operations/parked/skip', { subscription: 'funding', reason });
    expect(skipped.body).toEqual({ events: 1, notParked: [], more: false });
    expect(await parked()).toEqual([]);
    expect(await audited()).toMatchObject([{ action: 'event.skip', details: { reason } }]);
  });

  it('replay by aggregate, time and offset, and say what is left', async () => {
    broken = false;
    await begin();
    await world.tell('a', 'b', 'a');
    await eventually(async () => Object.values(await world.effects()).flat().length === 3);
    const replay = (body: object) =>
      service.ask('POST', '/operations/replay', { subscription: 'funding', ...body });
    const all = { time: '2020-01-01T00:00:00Z' };
    expect((await replay({ from: { aggregate: 'a' } })).body).toEqual({
      handled: 2,
      refused: 0,
      failed: [],
      rest: [],
    });
    expect((await replay({ from: all })).body.handled).toBe(3);
    const rest = [0, 1, 2, 3, 4, 5].map((partition) => ({
      topic: 'recommendations.v1',
      partition,
      fromOffset: 0,
      toOffset: 1000,
      since: all.time,
    }));
    expect((await replay({ rest })).body.handled).toBe(3);
    expect((await world.effects()).a).toEqual([1, 2, 1, 2, 1, 2, 1, 2]);
    expect(await audited()).toHaveLength(2);
  });

  it('refuse a snapshot of a service that owns nothing', async () => {
    await begin();
    expect(await service.ask('POST', '/operations/snapshots', {})).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('ask the one that does') },
    });
  });

  it('refuse a replay that nobody can give, in a sentence', async () => {
    await begin(false);
    const replay = (body: object) => service.ask('POST', '/operations/replay', body);
    const from = { aggregate: 'a' };
    const refused = await replay({ subscription: 'funding', from });
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toBe(
      'funding takes no replay of recommendations.v1: its handlers have effects outside, such as mails, which would happen again.',
    );
    const unknown = await replay({ subscription: 'fundign', from });
    expect(unknown).toMatchObject({
      status: 404,
      body: { detail: 'There is no subscription fundign here: choose one of funding.' },
    });
    expect((await replay({ subscription: 'funding', topic: 'portal.v1', from })).status).toBe(422);
    expect((await replay({ subscription: 'funding' })).status).toBe(400);
    expect(await audited()).toEqual([]);
  });
});
