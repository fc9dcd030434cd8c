import { testDatabase } from '@followthrough/testing';
import { Database } from '../database';
import { copyIn, copyOut } from './copy';

let database: Database;

beforeAll(async () => {
  database = await testDatabase();
  await database.query(
    'CREATE TABLE sample (id int PRIMARY KEY, text text, tags text[], doc jsonb, bytes bytea, at timestamptz, yes boolean)',
  );
});

afterAll(() => database.close());

beforeEach(() => database.query('TRUNCATE sample'));

const columns = 'sample (id, text, tags, doc, bytes, at, yes)';

it('writes every kind of value as it was given', async () => {
  const at = new Date('2024-05-06T07:08:09.123Z');
  const hostile = 'tab\t line\n return\r back\\slash \\N \\. "quoted" {curly}, 人权 حقوق 😀';
  const rows = [
    [
      1,
      hostile,
      [hostile, 'b', '', 'NULL'],
      { [hostile]: [hostile, null] },
      Buffer.from([0, 92, 10, 255]),
      at,
      true,
    ],
    [2, null, null, null, null, null, false],
    [3, '\\N', [], JSON.stringify(['an', 'array']), Buffer.alloc(0), at, undefined],
  ];
  expect(await database.transaction((tx) => copyIn(tx, columns, rows))).toBe(3);
  const held = await database.query('SELECT * FROM sample ORDER BY id');
  expect(held.map((row) => Object.values(row))).toEqual([
    rows[0],
    rows[1],
    [3, '\\N', [], ['an', 'array'], Buffer.alloc(0), at, null],
  ]);
});

it('takes rows as they come, and many', async () => {
  async function* counting(): AsyncGenerator<unknown[]> {
    for (let id = 0; id < 50_000; id += 1) yield [id, 'x'.repeat(50)];
  }
  expect(await database.transaction((tx) => copyIn(tx, 'sample (id, text)', counting()))).toBe(50_000);
  expect(await database.transaction((tx) => copyIn(tx, 'sample (id, text)', []))).toBe(0);
});

it('reports what PostgreSQL refuses, early or late, and leaves a usable pool', async () => {
  for (const doubled of [1, 60_000]) {
    function* rows(): Generator<unknown[]> {
      for (let id = 0; id < 100_000; id += 1) yield [id === doubled ? 0 : id, 'y'];
    }
    const copying = database.transaction((tx) => copyIn(tx, 'sample (id, text)', rows()));
    await expect(copying).rejects.toMatchObject({ code: '23505' });
  }
  await expect(database.transaction((tx) => copyIn(tx, 'nowhere (id)', [[1]]))).rejects.toMatchObject({
    code: '42P01',
  });
  await expect(database.transaction((tx) => copyIn(tx, 'sample (id)', [['one']]))).rejects.toMatchObject({
    code: '22P02',
  });
  expect(await database.query('SELECT count(*) FROM sample')).toEqual([{ count: 0 }]);
});

it('reports what the rows throw, and writes nothing', async () => {
  function* rows(): Generator<unknown[]> {
    for (let id = 0; id < 10_000; id += 1) yield [id, 'z'];
    throw new Error('unreadable row');
  }
  await expect(database.transaction((tx) => copyIn(tx, 'sample (id, text)', rows()))).rejects.toThrow(
    'unreadable row',
  );
  expect(await database.query('SELECT count(*) FROM sample')).toEqual([{ count: 0 }]);
});

it('reports the loss of the connection', async () => {
  async function* rows(): AsyncGenerator<unknown[]> {
    for (let id = 0; id < 200_000; id += 1) {
      if (id === 100_000) {
        await database.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY sample%' AND pid <> pg_backend_pid()`,
        );
      }
      yield [id, 'w'.repeat(100)];
    }
  }
  await expect(database.transaction((tx) => copyIn(tx, 'sample (id, text)', rows()))).rejects.toThrow();
  expect(await database.query('SELECT count(*) FROM sample')).toEqual([{ count: 0 }]);
});

describe('reading', () => {
  const many = `SELECT i, repeat('v', 100) FROM generate_series(1, 30000) AS i`;

  it('gives all bytes', async () => {
    const text = await database.transaction(async (tx) => {
      const chunks: Buffer[] = [];
      for await (const chunk of copyOut(tx, many)) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    });
    const lines = text.split('\n');
    expect(lines).toHaveLength(30_001);
    expect(lines[29_999]).toBe(`30000\t${'v'.repeat(100)}`);
  });

  it('leaves the connection usable when the reader stops early', async () => {
    await database.transaction(async (tx) => {
      for await (const chunk of copyOut(tx, many)) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
      expect(await tx.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
  });

  it('reports an error of the query', async () => {
    const reading = database.transaction(async (tx) => {
      for await (const _ of copyOut(tx, 'SELECT 1 / (1000 - i) FROM generate_series(1, 5000) AS i'));
    });
    await expect(reading).rejects.toMatchObject({ code: '22012' });
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});
