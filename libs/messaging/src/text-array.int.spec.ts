import type { Database } from '@followthrough/database';
import { testDatabase } from '@followthrough/testing';
import { textArray } from './text-array';

describe('textArray', () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  it.each([
    ['nothing', []],
    ['one', ['a']],
    ['nulls and empty texts', [null, '', 'null', null]],
    [
      'all that has a meaning somewhere',
      ['{"a": "b\\"c"}', "it's", '{1,2}', '\t\n\\n', 'Côte d’Ivoire 人权 حقوق 🙂'],
    ],
    ['more bytes than characters', Array.from({ length: 300 }, (_, n) => '人🙂'.repeat(n))],
    ['many', Array.from({ length: 3000 }, (_, n) => 'x'.repeat(n % 50))],
  ])('hands over %s', async (_, values: (string | null)[]) => {
    const [row] = await database.query<{ back: (string | null)[] }>('select $1::text[] as back', [
      textArray(values),
    ]);
    expect(row!.back).toEqual(values);
  });

  it('makes one text of lines', async () => {
    const [row] = await database.query<{ back: string[] }>('select $1::text[] as back', [
      textArray([['ü', '', 'c'], 'd', ['e']]),
    ]);
    expect(row!.back).toEqual(['ü\n\nc', 'd', 'e']);
  });
});
