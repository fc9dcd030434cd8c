import type { Database } from '@followthrough/database';
import { testDatabase } from '@followthrough/testing';
import { Shares } from './shares';
import { eventually } from './testing/eventually';

describe('Shares', () => {
  let database: Database;
  let members: Shares[];
  const parts = [0, 1, 2, 3, 4, 5];

  beforeEach(async () => {
    database = await testDatabase();
    members = [1, 2, 3].map((nth) => new Shares(database.url, `member ${nth}`));
  });

  afterEach(async () => {
    await Promise.all(members.map((member) => member.close()));
    await database.close();
  });

  async function settle(...who: Shares[]): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      for (const member of who) await member.release('it', (await member.claim('it', parts)).surplus);
    }
  }
  const sizes = () => members.map((member) => member.held('it').size);

  it('gives one member everything and several about the same, each part to one of them', async () => {
    const [a, b, c] = members as [Shares, Shares, Shares];
    await settle(a);
    expect(sizes()).toEqual([6, 0, 0]);
    await settle(a, b);
    expect(sizes()).toEqual([3, 3, 0]);
    await settle(a, b, c);
    expect(sizes()).toEqual([2, 2, 2]);
    expect(new Set(members.flatMap((member) => [...member.held('it')])).size).toBe(6);
    await b.leave('it');
    await settle(a, c);
    expect(sizes()).toEqual([3, 0, 3]);
  });

  it('keeps names apart', async () => {
    const [a, b] = members as [Shares, Shares];
    await a.claim('it', parts);
    await b.claim('other', parts);
    expect(b.held('other').size).toBe(6);
  });

  it('knows that a broken connection holds nothing, and starts anew', async () => {
    const [a, b] = members as [Shares, Shares];
    await settle(a);
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'member 1'`,
    );
    await eventually(() => a.held('it').size === 0);
    await settle(b);
    expect(b.held('it').size).toBe(6);
    await settle(a, b);
    expect(sizes()).toEqual([3, 3, 0]);
  });
});
