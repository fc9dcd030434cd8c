import { NoDevelopmentTable, isWebAddress, readDevelopments } from './development-table';

const heading = ['Document symbol', 'Paragraph', 'Kind', 'Date', 'Title', 'Link', 'Text', 'Language'];
const good = [
  'A/HRC/59/15',
  '140.1; 140.10',
  'Law',
  '31/03/2026',
  'Act on legal aid',
  'https://law.example/1',
];
const read = (...rows: string[][]) =>
  readDevelopments([heading, ...rows].map((cells, index) => ({ at: { line: index + 1 }, cells })));

describe('a list of developments', () => {
  it('is read by its headings, in whatever order and language they stand', () => {
    expect(read(good)).toEqual([
      {
        at: { line: 2 },
        ok: true,
        title: 'Act on legal aid',
        development: {
          ids: [],
          symbol: 'A/HRC/59/15',
          paragraphs: ['140.1', '140.10'],
          kind: 'law',
          happenedOn: '2026-03-31',
          title: 'Act on legal aid',
          text: '',
          language: 'und',
          link: 'https://law.example/1',
        },
      },
    ]);
    const french = readDevelopments(
      [
        ['Lien', 'Titre', 'Nature', 'Date', 'Cote', 'Paragraphe'],
        ['https://loi.example', 'Loi', 'projet de loi', '2026-01-02', 'A/1', '3'],
      ].map((cells, row) => ({ at: { row }, cells })),
    );
    expect(french[0]).toMatchObject({
      ok: true,
      development: { kind: 'bill-stage', link: 'https://loi.example' },
    });
  });

  it('says of each bad row where it stands, what is wrong and what to do, and reads the others', () => {
    const row = (changed: Record<number, string>) => good.map((cell, column) => changed[column] ?? cell);
    const readings = read(
      row({ 1: '' }),
      row({ 2: 'Rumour' }),
      good,
      row({ 3: 'soon' }),
      row({ 4: '' }),
      row({ 5: 'javascript:alert(1)' }),
    );
    expect(
      readings.map((reading) => (reading.ok ? [reading.at, 'read'] : [reading.at, reading.reason])),
    ).toEqual([
      [{ line: 2 }, 'No recommendation is named.'],
      [{ line: 3 }, '"Rumour" is no kind of development.'],
      [{ line: 4 }, 'read'],
      [{ line: 5 }, '"soon" is no date.'],
      [{ line: 6 }, 'There is no title.'],
      [{ line: 7 }, '"javascript:alert(1)" is no web address.'],
    ]);
    expect(readings.every((reading) => reading.ok || reading.cure !== '')).toBe(true);
  });

  it('names the columns that are missing', () => {
    const table = [{ at: { line: 1 }, cells: ['Title', 'Kind'] }];
    expect(() => readDevelopments(table)).toThrow(NoDevelopmentTable);
    expect(() => readDevelopments(table)).toThrow(/missing: id, date, link/);
  });
});

it.each([
  ['https://parliament.example/bill?no=1', true],
  ['http://parliament.example', true],
  ['ftp://parliament.example', false],
  ['https://user:secret@parliament.example', false],
  ['//parliament.example', false],
])('takes %s for a web address: %s', (text, is) => {
  expect(isWebAddress(text)).toBe(is);
});
