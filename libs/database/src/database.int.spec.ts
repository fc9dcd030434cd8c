import { AsyncLocalStorage } from 'node:async_hooks';
import { testDatabase, waitFor } from '@followthrough/testing';
import { Client } from 'pg';
import { afterCommit } from './after-commit';
import { affectedRows, Database } from './database';

let database: Database;

beforeAll(async () => {
  database = await testDatabase();
  await database.query(
    'CREATE TABLE note (id int PRIMARY KEY, text text, on_day date, big bigint, at timestamptz)',
  );
});

afterAll(() => database.close());

beforeEach(() => database.query('TRUNCATE note'));

describe('a transaction', () => {
  it('keeps all or nothing', async () => {
    await database.transaction((tx) => tx.query(`INSERT INTO note VALUES (1, 'kept')`));
    const failing = database.transaction(async (tx) => {
      await tx.query(`INSERT INTO note VALUES (2, 'lost')`);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await database.query('SELECT id FROM note')).toEqual([{ id: 1 }]);
  });

  it('gives the rows of an UPDATE with RETURNING, and counts what it touched', async () => {
    await database.query(`INSERT INTO note VALUES (1, 'a'), (2, 'a')`);
    await database.transaction(async (tx) => {
      expect(await tx.query(`UPDATE note SET text = 'b' WHERE id = $1 RETURNING id`, [2])).toEqual([
        { id: 2 },
      ]);
      expect(await affectedRows(tx, `UPDATE note SET text = 'c'`)).toBe(2);
    });
    expect(await database.query('DELETE FROM note RETURNING id')).toHaveLength(2);
  });

  it('rings after the commit and not after a rollback', async () => {
    const rung: string[] = [];
    await database.transaction(async (tx) => {
      afterCommit(tx, () => {
        throw new Error('a broken bell');
      });
      afterCommit(tx, () => rung.push('committed'));
      expect(rung).toEqual([]);
    });
    await database
      .transaction(async (tx) => {
        afterCommit(tx, () => rung.push('rolled back'));
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(rung).toEqual(['committed']);
    expect(() => afterCommit(database.dataSource.manager, () => undefined)).toThrow('Database.transaction()');
  });

  it('rings in the context of who asked for it', async () => {
    const who = new AsyncLocalStorage<string>();
    const rung: (string | undefined)[] = [];
    await database.transaction((tx) =>
      who.run('the handler', async () => afterCommit(tx, () => rung.push(who.getStore()))),
    );
    expect(rung).toEqual(['the handler']);
  });

  it('runs again after a deadlock', async () => {
    await database.query(`INSERT INTO note VALUES (1, ''), (2, '')`);
    let bothHold: () => void;
    const meeting = new Promise<void>((resolve) => (bothHold = resolve));
    let holding = 0;
    const lockBoth = (first: number, second: number): Promise<void> =>
      database.transaction(async (tx) => {
        await tx.query('UPDATE note SET text = text || $2 WHERE id = $1', [first, `${first}${second} `]);
        if (++holding === 2) bothHold();
        await meeting;
        await tx.query('UPDATE note SET text = text || $2 WHERE id = $1', [second, `${first}${second} `]);
      });
    await Promise.all([lockBoth(1, 2), lockBoth(2, 1)]);
    expect(holding).toBe(3);
    const texts = await database.query<{ text: string }>('SELECT text FROM note');
    expect(texts.map(({ text }) => text.split(' ').sort().join(''))).toEqual(['1221', '1221']);
  });

  it('refuses to commit what PostgreSQL has given up', async () => {
    const swallowing = database.transaction(async (tx) => {
      await tx.query(`INSERT INTO note VALUES (1, 'believed kept')`);
      await tx.query('SELECT 1 / 0').catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('nothing was committed');
  });

  it('survives the loss of its connection, and so does the process', async () => {
    const broken = database.transaction(async (tx) => {
      await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await expect(broken).rejects.toThrow();
    await expect(database.query('SELECT pg_terminate_backend(pg_backend_pid())')).rejects.toThrow();
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('survives the loss of its idle connections', async () => {
    const lost: Error[] = [];
    const idle = await Database.open({
      name: 'idle',
      url: database.url,
      entities: [],
      applicationName: 'idle one',
      onLostConnection: (error) => lost.push(error),
    });
    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'idle one'`,
    );
    await waitFor(() => lost.length === 1);
    expect(await idle.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await idle.close();
  });
});

it('reads a date as text, a bigint as number while it is exact, an instant as Date', async () => {
  await database.query(
    `INSERT INTO note VALUES (1, '', '2024-02-29', 9007199254740991, '2024-02-29T23:59:59.5Z')`,
  );
  expect(
    await database.query('SELECT on_day, big, big + 1 AS bigger, at, count(*) OVER () FROM note'),
  ).toEqual([
    {
      on_day: '2024-02-29',
      big: 9007199254740991,
      bigger: '9007199254740992',
      at: new Date('2024-02-29T23:59:59.500Z'),
      count: 1,
    },
  ]);
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const plain = await client.query('SELECT 1::bigint AS big');
  await client.end();
  expect(plain.rows).toEqual([{ big: '1' }]);
});

it('says in one sentence that no server answers', async () => {
  await expect(
    Database.open({ name: 'none', url: 'postgres://nobody@127.0.0.1:1/none', entities: [] }),
  ).rejects.toThrow('cannot be reached');
});
