import { testDatabase, waitFor } from '@followthrough/testing';
import { Database } from './database';
import { lockInTransaction, LockSession, tryAdvisoryLock, tryLockInTransaction } from './locks';

let database: Database;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.close());

it('gives a lock to one session at a time', async () => {
  const lock = await tryAdvisoryLock(database, 'relay');
  expect(lock?.key).toBe('relay');
  expect(await tryAdvisoryLock(database, 'relay')).toBeNull();
  const other = await tryAdvisoryLock(database, 'another');
  await other?.release();
  await lock?.release();
  const next = await tryAdvisoryLock(database, 'relay');
  expect(next).not.toBeNull();
  await next?.release();
});

it('holds many locks on one connection, and counts none twice', async () => {
  const [one, two] = [await LockSession.open(database.url), await LockSession.open(database.url)];
  expect(await one.tryLock('a')).toBe(true);
  expect(await one.tryLock('a')).toBe(true);
  expect(await one.tryLock('b')).toBe(true);
  expect([...one.held]).toEqual(['a', 'b']);
  expect(await two.tryLock('a')).toBe(false);
  await one.unlock('a');
  expect(await two.tryLock('a')).toBe(true);
  expect(await two.tryLock('b')).toBe(false);
  await one.close();
  await waitFor(() => two.tryLock('b'));
  await two.close();
});

it('tells when the connection breaks and with it every lock', async () => {
  const session = await LockSession.open(database.url, 'doomed session');
  await session.tryLock('doomed');
  const lost = new Promise<Error>((resolve) => session.onLost(resolve));
  await database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'doomed session'`,
  );
  expect(await lost).toBeInstanceOf(Error);
  expect(session.held.size).toBe(0);
  await expect(session.tryLock('doomed')).rejects.toThrow();
  await session.close();
});

it('is not told of its own end', async () => {
  const session = await LockSession.open(database.url);
  const told = jest.fn();
  session.onLost(told);
  await session.close();
  expect(told).not.toHaveBeenCalled();
});

it('waits for a lock of another transaction, or says that it is taken', async () => {
  const order: string[] = [];
  let second: Promise<unknown> = Promise.resolve();
  await database.transaction(async (tx) => {
    await lockInTransaction(tx, 'import');
    expect(await database.transaction((other) => tryLockInTransaction(other, 'import'))).toBe(false);
    second = database.transaction(async (other) => {
      await lockInTransaction(other, 'import');
      order.push('second');
    });
    await waitFor(async () => (await tx.query('SELECT FROM pg_locks WHERE NOT granted')).length === 1);
    order.push('first');
  });
  await second;
  expect(order).toEqual(['first', 'second']);
});
