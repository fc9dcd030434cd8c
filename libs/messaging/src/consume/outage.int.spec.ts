import { Database } from '@followthrough/database';
import { cuttableProxy, type CuttableProxy } from '@followthrough/testing';
import { listParked } from '../operations/parked-tools';
import { messagingWorld, noting, type MessagingWorld } from '../testing/messaging-world';
import { eventually } from '../testing/eventually';

const range = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

describe("an outage of the consumer's own database", () => {
  let world: MessagingWorld;
  let proxy: CuttableProxy;
  let database: Database;

  beforeEach(async () => {
    world = await messagingWorld();
    world.relay();
    proxy = await cuttableProxy(world.consumer.url);
    database = await Database.open({ name: 'cut', url: proxy.url, entities: [] });
  });

  afterEach(async () => {
    await world.close();
    await database.close();
    await proxy.close();
  });

  it('pauses the partitions, burns no attempts, and goes on in order when it is over', async () => {
    const seen = new Set<string>();
    await world.run(
      noting((event) => void seen.add(`${event.aggregateId}/${event.version}`)),
      { database },
    );
    await world.tell('a', 'b');
    await eventually(async () => Object.keys(await world.effects()).length === 2);
    proxy.cut();
    await world.tell(...range(20).flatMap(() => ['a', 'b']));
    const answers = () =>
      database.query('select 1').then(
        () => true,
        () => false,
      );
    await eventually(async () => !(await answers()));
    expect(Object.values(await world.effects()).flat()).toHaveLength(2);
    proxy.mend();
    await eventually(async () => Object.values(await world.effects()).flat().length === 42);
    expect(await world.effects()).toEqual({ a: range(21), b: range(21) });
    expect(await world.consumer.query('select 1 from deferred_event')).toEqual([]);
    expect(await listParked(world.consumer)).toEqual([]);
  });

  it('in the middle of a handler leaves no trace of it', async () => {
    let cut = false;
    await world.run(
      noting(() => {
        if (cut) return;
        cut = true;
        proxy.cut();
        setTimeout(() => proxy.mend(), 600);
      }),
      { database },
    );
    await world.tell('a', 'a', 'b');
    await eventually(async () => Object.values(await world.effects()).flat().length === 3);
    expect(await world.effects()).toEqual({ a: [1, 2], b: [1] });
    expect(await world.consumer.query('select 1 from deferred_event')).toEqual([]);
  });

  it('does not keep a consumer from stopping', async () => {
    const runner = await world.run(noting(), { database });
    proxy.cut();
    await world.tell('a');
    await eventually(async () =>
      (await world.transport.lag('notes', ['recommendations.v1'])).some(({ lag }) => lag === 1),
    );
    await runner.stop();
    expect(await world.effects()).toEqual({});
  });
});
