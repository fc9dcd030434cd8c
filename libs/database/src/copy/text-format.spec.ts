import { copyLine } from './text-format';

it('separates with tabs, ends with a line end, and tells null from text', () => {
  expect(copyLine([1, 'a', null, undefined, '', '\\N'])).toBe('1\ta\t\\N\t\\N\t\t\\\\N\n');
});

it('escapes what would end a field or a line', () => {
  expect(copyLine(['a\tb\nc\rd\\e'])).toBe('a\\tb\\nc\\rd\\\\e\n');
});

it('writes arrays as PostgreSQL does, nested ones too', () => {
  expect(
    copyLine([
      ['a', 'b"c', 'd\\e', null, ''],
      [],
      [
        [1, 2],
        [3, 4],
      ],
    ]),
  ).toBe('{"a","b\\\\"c","d\\\\\\\\e",NULL,""}\t{}\t{{"1","2"},{"3","4"}}\n');
});

it('writes booleans, numbers, instants, bytes and JSON', () => {
  expect(copyLine([true, false, 12n, 1.5, new Date(0), Buffer.from('ab'), { a: 'x\ny' }])).toBe(
    't\tf\t12\t1.5\t1970-01-01T00:00:00.000Z\t\\\\x6162\t{"a":"x\\\\ny"}\n',
  );
});

it('refuses what is no value', () => {
  expect(() => copyLine([() => 1])).toThrow('COPY cannot write a function');
});
