import { messagingWorld, noting, type MessagingWorld } from '../testing/messaging-world';
import { rangesFrom, replay, type ReplayFrom, type ReplayRange } from './replay';
import { eventually } from '../testing/eventually';

describe('replay', () => {
  let world: MessagingWorld;

  beforeEach(async () => {
    world = await messagingWorld();
    world.relay();
  });

  afterEach(() => world.close());

  const everything = { time: new Date(0) };
  const replayOf = (ranges: readonly ReplayRange[], consumer = noting(), withinMs?: number) =>
    replay({ consumer, database: world.consumer, transport: world.transport, ranges, withinMs });
  const again = async (from: ReplayFrom, consumer = noting()) =>
    replayOf(await rangesFrom(world.transport, consumer, from), consumer);
  const allSent = () =>
    eventually(async () => (await world.publisher.query('select 1 from outbox')).length === 0);

  it('gives a copy its events again, past the inbox, by aggregate and by time', async () => {
    await world.run(noting());
    await world.tell('a', 'b', 'a', 'c');
    await eventually(async () => Object.values(await world.effects()).flat().length === 4);
    await world.consumer.query('truncate effect');
    expect(await again({ aggregate: 'a' })).toEqual({ handled: 2, refused: 0, failed: [], rest: [] });
    expect(await world.effects()).toEqual({ a: [1, 2] });
    expect((await again({ time: new Date(Date.now() - 60_000) })).handled).toBe(4);
    expect((await again({ time: new Date(Date.now() + 60_000) })).handled).toBe(0);
  });

  it('gives from one offset to another', async () => {
    await world.tell('a', 'a', 'a', 'a');
    await allSent();
    const [{ partition }] = (await rangesFrom(world.transport, noting(), { aggregate: 'a' })) as [
      ReplayRange,
    ];
    expect(await again({ partition, offset: 1, to: 2 })).toMatchObject({ handled: 2 });
    expect(await world.effects()).toEqual({ a: [2, 3] });
  });

  it('gives back what there was no time for, to go on with', async () => {
    await world.tell('a', 'b', 'c', 'd', 'e', 'f');
    await allSent();
    const ranges = await rangesFrom(world.transport, noting(), everything);
    const hurried = await replayOf(ranges, noting(), 0);
    expect(hurried).toEqual({ handled: 0, refused: 0, failed: [], rest: ranges });
    expect(await replayOf(hurried.rest)).toMatchObject({ handled: 6, rest: [] });
  });

  it('gives none to a handler with effects outside', async () => {
    await world.tell('a', 'b');
    await allSent();
    const sending = noting(undefined, 'notes', false);
    expect(await rangesFrom(world.transport, sending, everything)).toEqual([]);
    const forced = await replayOf(await rangesFrom(world.transport, noting(), everything), sending);
    expect(forced).toEqual({ handled: 0, refused: 2, failed: [], rest: [] });
    expect(await world.effects()).toEqual({});
  });

  it('says which events failed and handles the others', async () => {
    await world.tell('a', 'bad', 'a');
    await allSent();
    const result = await again(
      everything,
      noting((event) => {
        if (event.aggregateId === 'bad') throw new Error('no');
      }),
    );
    expect(result).toMatchObject({
      handled: 2,
      failed: [{ topic: 'recommendations.v1', offset: expect.any(Number), reason: 'Error: no' }],
    });
  });
});
