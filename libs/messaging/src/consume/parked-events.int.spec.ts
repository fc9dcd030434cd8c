import type { Database } from '@followthrough/database';
import { testDatabase } from '@followthrough/testing';
import { messagingMigrations } from '../index';
import { listParked, retryParked } from '../operations/parked-tools';
import { park } from './parked-events';

const record = {
  topic: 'recommendations.v1',
  partition: 2,
  offset: 7,
  key: 'k',
  value: Buffer.from('no event'),
  headers: {},
};

describe('a record that is set aside', () => {
  let database: Database;

  beforeEach(async () => {
    database = await testDatabase({ migrations: [messagingMigrations] });
  });
  afterEach(() => database.close());

  const setAside = () =>
    database.transaction((tx) =>
      park(tx, 'group', { record, eventId: null, attempts: 0, reason: 'It is no event' }),
    );
  const letters = async () => (await database.query('select from outbox')).length;

  it('has one dead letter, however often it comes before its offset is committed', async () => {
    await setAside();
    await setAside();
    expect(await listParked(database)).toHaveLength(1);
    expect(await letters()).toBe(1);
  });

  it('has another when it was tried again by hand and fails again', async () => {
    await setAside();
    const [parked] = await listParked(database);
    await database.transaction((tx) => retryParked(tx, { ids: [parked!.id] }, 'somebody'));
    expect(await listParked(database)).toEqual([]);
    await setAside();
    expect(await listParked(database)).toHaveLength(1);
    expect(await letters()).toBe(2);
  });
});
