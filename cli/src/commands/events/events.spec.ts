import {
  fakeInstance,
  problem,
  type Answered,
  type Asked,
  type FakeInstance,
} from '../../testing/fake-instance';
import { run } from '../../testing/run';

const id = '01920000-0000-7000-8000-000000000001';
const quiet = {
  outbox: { events: 0, oldestSeconds: 0 },
  subscriptions: [],
  snapshots: { told: [], taken: [] },
  jobs: [{ queue: 'deliver', states: { waiting: 0, active: 0, delayed: 0, failed: 0 } }],
};
const busy = {
  outbox: { events: 1200, oldestSeconds: 75.4 },
  subscriptions: [
    {
      subscription: 'funding',
      topics: ['recommendations.v1'],
      replayable: ['recommendations.v1'],
      lag: 40,
      partitions: [{ topic: 'recommendations.v1', partition: 3, next: 60, end: 100, lag: 40 }],
      deferred: 2,
      parked: 1,
      copies: ['recommendations.v1'],
    },
  ],
  snapshots: { told: [], taken: [] },
  jobs: [{ queue: 'deliver', states: { waiting: 3, active: 0, delayed: 0, failed: 1 } }],
};
const parked = (nth: number) => ({
  id,
  subscription: 'funding',
  topic: 'recommendations.v1',
  partition: 3,
  offset: nth,
  key: `key-${nth}`,
  type: 'recommendations.v1.RecommendationRecorded',
  error: 'Error: it cannot be',
  attempts: 12,
  parkedAt: '2026-05-06T10:00:00Z',
});

describe('ft events', () => {
  let instance: FakeInstance | null = null;
  afterEach(async () => {
    await instance?.stop();
    instance = null;
  });

  /** @param answers by service and path after `operations/`, several where they are asked for one after another */
  const ft = async (line: string, answers: Record<string, Answered | Answered[]>) => {
    const left = new Map(Object.entries(answers).map(([key, value]) => [key, [value].flat()]));
    instance = await fakeInstance(({ path }: Asked) => {
      if (path === '/api/portal/v1/token') return { body: { accessToken: 'abc', expiresIn: 300 } };
      const [, service, what] = /^\/api\/(\w+)\/v1\/operations\/(.+)$/.exec(path) ?? [];
      const found = left.get(`${service} ${what}`) ?? left.get(what!);
      return found && found.length > 1 ? found.shift() : found?.[0];
    });
    return run(['events', ...line.split(' ')], { url: instance.url, token: 'secret' });
  };
  const bodies = () =>
    instance!.asked
      .filter(({ path, method }) => method === 'POST' && path.includes('/operations/'))
      .map(({ body }) => JSON.parse(body.toString()) as unknown);

  describe('lag', () => {
    it('is a table of every service, with what waits for a person', async () => {
      const ran = await ft('lag --partitions', { 'funding events': { body: busy }, events: { body: quiet } });
      expect(ran.status).toBe(0);
      expect(ran.out).toMatch(/^recommendations +0 +- +-$/m);
      expect(ran.out).toMatch(/^funding +1,200 +75 s +3 waiting, 1 failed$/m);
      expect(ran.out).toMatch(/^funding +40 +2 +1 +recommendations\.v1$/m);
      expect(ran.out).toMatch(/^funding +recommendations\.v1\/3 +60 +100 +40$/m);
      expect(ran.err).toContain('ft events parked');
    });

    it('is JSON for programs', async () => {
      const ran = await ft('lag funding --json', { 'funding events': { body: busy } });
      expect(JSON.parse(ran.out)).toEqual({ services: { funding: busy }, failures: [] });
    });

    it('shows the others where one service does not answer, and fails', async () => {
      const away = problem(500, 'Something went wrong.');
      const ran = await ft('lag', { 'portal events': away, events: { body: quiet } });
      expect(ran.status).toBe(1);
      expect(ran.out).toContain('notifications');
      expect(ran.err).toBe('portal: Something went wrong.\n');
    });

    it('says once what is wrong where nobody may look', async () => {
      const ran = await ft('lag', { events: problem(403, 'You may not do this.') });
      expect(ran).toEqual({ status: 1, out: '', err: 'You may not do this.\n' });
      expect(await run(['events', 'lag', 'fundign'])).toMatchObject({
        status: 2,
        err: expect.stringContaining('There is no service fundign: choose one of'),
      });
    });
  });

  describe('parked', () => {
    it('lists what is parked, a page after another', async () => {
      const pages = [
        { body: { parked: [parked(1)], next: id } },
        { body: { parked: [parked(2)], next: null } },
      ];
      const ran = await ft('parked funding --subscription funding', { 'funding parked': pages });
      expect(ran.out).toMatch(
        /^funding +01920000-\S+ +2026-05-06 10:00 +12 +key-1 +RecommendationRecorded +Error: it cannot be$/m,
      );
      expect(ran.out).toContain('key-2');
      expect(instance!.asked.slice(1).map(({ query }) => query)).toEqual([
        { subscription: ['funding'] },
        { subscription: ['funding'], cursor: [id] },
      ]);
    });

    it('stops at the limit and says that there is more', async () => {
      const page = { body: { parked: [parked(1), parked(2)], next: id } };
      const ran = await ft('parked funding --limit 1', { 'funding parked': page });
      expect(ran.out).not.toContain('key-2');
      expect(ran.err).toContain('There are more in funding');
    });
  });

  describe('retry and skip', () => {
    it('decide about a subscription until nothing is left', async () => {
      const answers = [
        { body: { events: 200, notParked: [], more: true } },
        { body: { events: 7, notParked: [], more: false } },
      ];
      const ran = await ft('retry funding --subscription funding --key k', { 'parked/retry': answers });
      expect(ran).toMatchObject({ status: 0, out: '207 events will be tried again.\n' });
      expect(bodies()).toEqual(Array(2).fill({ subscription: 'funding', key: 'k' }));
    });

    it('need a reason to skip, and say which ids were not parked', async () => {
      const without = await run(['events', 'skip', 'funding', id]);
      expect(without).toMatchObject({ status: 2, err: expect.stringContaining('--reason') });
      const answer = { body: { events: 0, notParked: [id], more: false } };
      const ran = await ft(`skip funding ${id} --reason obsolete`, { 'parked/skip': answer });
      expect(ran).toMatchObject({ status: 1, err: `Not parked in funding: ${id}. See ft events parked.\n` });
      expect(bodies()).toEqual([{ ids: [id], reason: 'obsolete' }]);
    });

    it.each([
      ['retry funding', 'Say which'],
      [`retry funding ${id} --subscription funding`, 'Say which'],
      ['retry funding --key k', 'Say which'],
      ['retry funding 17', 'Not ids of parked events: 17'],
      [`retry nobody ${id}`, 'There is no service nobody'],
    ])('ask nothing of the instance for "%s"', async (line, sentence) => {
      const ran = await ft(line, {});
      expect(ran).toMatchObject({ status: 2, err: expect.stringContaining(sentence) });
      expect(instance!.asked).toEqual([]);
    });
  });

  describe('replay', () => {
    const part = { handled: 500, refused: 1, failed: [], rest: [{ topic: 't', partition: 1 }] };

    it('goes on with what is left until the end', async () => {
      const answers = [{ body: part }, { body: { ...part, handled: 3, rest: [] } }];
      const ran = await ft('replay portal.feed --since 2026-05-06T10:00Z', { 'portal replay': answers });
      expect(ran).toMatchObject({
        status: 0,
        out: expect.stringContaining('503 events were handled again.'),
      });
      expect(bodies()).toEqual([
        { subscription: 'portal.feed', from: { time: '2026-05-06T10:00:00.000Z' } },
        { subscription: 'portal.feed', rest: part.rest },
      ]);
    });

    it('takes offsets and an aggregate, and passes a refusal on', async () => {
      const sentence = 'notifications takes no replay: its handlers have effects outside.';
      const answers = [{ body: { ...part, rest: [] } }, problem(409, sentence)];
      await ft('replay funding --partition 3 --offset 0 --to 9 --topic recommendations.v1', {
        replay: answers,
      });
      expect(bodies()).toEqual([
        { subscription: 'funding', topic: 'recommendations.v1', from: { partition: 3, offset: 0, to: 9 } },
      ]);
      await instance!.stop();
      const ran = await ft('replay notifications --aggregate x', { replay: answers[1]! });
      expect(ran).toMatchObject({ status: 1, err: `${sentence}\n` });
    });

    it('fails where events failed, and says which', async () => {
      const failed = [{ topic: 'recommendations.v1', partition: 3, offset: 9, reason: 'Error: no' }];
      const ran = await ft('replay funding --aggregate x', {
        replay: { body: { ...part, failed, rest: [] } },
      });
      expect(ran).toMatchObject({
        status: 1,
        err: expect.stringContaining('recommendations.v1/3 at 9: Error: no\n1 could not be handled'),
      });
    });

    it.each([
      ['replay funding', 'Say from where'],
      ['replay funding --aggregate a --since 2026-05-06', 'Say from where'],
      ['replay funding --offset 3', 'Say from where'],
      ['replay funding --since yesterday', 'It is a time'],
      ['replay nobody.feed --aggregate a', 'There is no service nobody'],
    ])('asks nothing of the instance for "%s"', async (line, sentence) => {
      expect(await ft(line, {})).toMatchObject({ status: 2, err: expect.stringContaining(sentence) });
      expect(instance!.asked).toEqual([]);
    });
  });

  describe('snapshot', () => {
    const told = {
      id,
      recipient: 'funding',
      askedAt: '2026-05-06T10:00:00Z',
      total: 1300,
      told: 500,
      doneAt: null,
    };
    const taken = {
      subscription: 'funding',
      topic: 'recommendations.v1',
      id,
      total: 1300,
      taken: 400,
      gone: 0,
      doneAt: null,
    };
    const done = '2026-05-06T10:01:00Z';
    const owner = (over: object) => ({
      body: { ...quiet, snapshots: { told: [{ ...told, ...over }], taken: [] } },
    });
    const copy = (over: object) => ({
      body: { ...busy, snapshots: { told: [], taken: [{ ...taken, ...over }] } },
    });
    const asked = { snapshots: { status: 202, body: { id } } };

    it('waits until the owner has told it and the copies are whole', async () => {
      const ran = await ft('snapshot recommendations --for funding', {
        ...asked,
        'recommendations events': [owner({}), owner({ told: 1300, doneAt: done })],
        'funding events': [copy({}), copy({}), copy({ taken: 1300 }), copy({ taken: 1300, doneAt: done })],
        events: { body: quiet },
      });
      expect(ran).toMatchObject({ status: 0, out: `Snapshot ${id}: the copies are whole.\n` });
      expect(bodies()).toEqual([{ for: 'funding' }]);
    });

    it('can be left to itself, and be asked how far it is', async () => {
      const left = await ft('snapshot recommendations --no-wait', asked);
      expect(left.out).toContain('ft events snapshot --status');
      expect(bodies()).toEqual([{}]);
      await instance!.stop();
      const ran = await ft('snapshot --status', {
        'recommendations events': owner({}),
        'funding events': copy({}),
        events: { body: quiet },
      });
      expect(ran.out).toMatch(/^recommendations +01920000-\S+ +funding +2026-05-06 10:00 +500 of 1,300 +-$/m);
      expect(ran.out).toMatch(/^funding +recommendations\.v1 +01920000-\S+ +400 of 1,300 +0 +-$/m);
    });

    it('passes a refusal on, and wants to know whose data', async () => {
      const refused = problem(409, 'A snapshot for funding is under way.');
      const ran = await ft('snapshot portal', { snapshots: refused });
      expect(ran).toMatchObject({ status: 1, err: 'A snapshot for funding is under way.\n' });
      expect(await run(['events', 'snapshot'])).toMatchObject({
        status: 2,
        err: expect.stringContaining('Say whose data'),
      });
    });
  });
});
