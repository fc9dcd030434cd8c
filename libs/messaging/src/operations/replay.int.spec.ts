import { messagingWorld, noting, type MessagingWorld } from '../testing/messaging-world';
import { replay } from './replay';
import { eventually } from '../testing/eventually';

const TOPIC = 'recommendations.v1';

describe('replay', () => {
  let world: MessagingWorld;

  beforeEach(async () => {
    world = await messagingWorld();
    world.relay();
  });

  afterEach(() => world.close());

  const again = (range: object, consumer = noting()) =>
    replay({
      consumer,
      database: world.consumer,
      transport: world.transport,
      range: { topic: TOPIC, ...range },
    });

  it('gives a copy its events again, past the inbox, by aggregate and by time', async () => {
    await world.run(noting());
    await world.tell('a', 'b', 'a', 'c');
    await eventually(async () => Object.values(await world.effects()).flat().length === 4);
    await world.consumer.query('truncate effect');
    expect(await again({ key: 'a' })).toEqual({ handled: 2, refused: 0, failed: [] });
    expect(await world.effects()).toEqual({ a: [1, 2] });
    expect((await again({ since: new Date(Date.now() - 60_000) })).handled).toBe(4);
    expect((await again({ since: new Date(Date.now() + 60_000) })).handled).toBe(0);
  });

  it('gives none to a handler with effects outside', async () => {
    await world.tell('a', 'b');
    await eventually(async () => (await world.publisher.query('select 1 from outbox')).length === 0);
    expect(await again({}, noting(undefined, 'notes', false))).toEqual({
      handled: 0,
      refused: 2,
      failed: [],
    });
    expect(await world.effects()).toEqual({});
  });

  it('says which events failed and handles the others', async () => {
    await world.tell('a', 'bad', 'a');
    await eventually(async () => (await world.publisher.query('select 1 from outbox')).length === 0);
    const result = await again(
      {},
      noting((event) => {
        if (event.aggregateId === 'bad') throw new Error('no');
      }),
    );
    expect(result).toMatchObject({
      handled: 2,
      failed: [{ offset: expect.any(Number), reason: 'Error: no' }],
    });
  });
});
