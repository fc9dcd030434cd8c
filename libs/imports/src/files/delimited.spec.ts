import { splitDelimited, readDelimited, type DelimitedOptions, type DelimitedRecord } from './delimited';
import { guessDialect } from './dialect';

const commas: DelimitedOptions = { delimiter: ',', lineEnd: '\n', width: 3 };
const cells = (text: string, options = commas) => splitDelimited(text, options).map((record) => record.cells);

/** The text in pieces of a few letters, so that every border is met. */
async function inPieces(text: string, length: number, options: DelimitedOptions): Promise<DelimitedRecord[]> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
  }
  const records: DelimitedRecord[] = [];
  for await (const record of readDelimited(pieces(), options)) records.push(record);
  return records;
}

describe('readDelimited', () => {
  it('reads quoted cells with delimiters, marks and line ends in them', () => {
    expect(cells('a,"b, ""c""\r\nd",e\r\nf,g,h')).toEqual([
      ['a', 'b, "c"\nd', 'e'],
      ['f', 'g', 'h'],
    ]);
  });

  it('numbers records by the line on which they begin', () => {
    const records = splitDelimited('a,b,c\n"d\nd",e,f\n\ng,h,i\n', commas);
    expect(records.map((record) => record.line)).toEqual([1, 2, 5]);
  });

  it.each([
    ['\r', '\r'],
    ['\r\n', '\n'],
    ['\n', '\n'],
  ] as const)('gives the same for any line end and any size of pieces (%j)', async (end, lineEnd) => {
    const text = ['a,b,c', '"d, d","e ""e""",f', 'g,,', '"h', 'h",i,j', 'k,l,"m"'].join(end);
    const whole = splitDelimited(text, { ...commas, lineEnd });
    expect(whole.map((record) => record.cells[0])).toEqual(['a', 'd, d', 'g', 'h\nh', 'k']);
    for (const length of [1, 2, 3, 7]) {
      expect(await inPieces(text, length, { ...commas, lineEnd })).toEqual(whole);
    }
  });

  it('keeps a bare CR inside a cell where lines end in LF', () => {
    expect(cells('a,b\rb,c\nd,e,f\n')).toEqual([
      ['a', 'b\rb', 'c'],
      ['d', 'e', 'f'],
    ]);
  });

  it('loses only the row in which a quotation mark is not closed', () => {
    const rows = ['a,"one",1', 'b,"two,2', 'c,"three",3', 'd,four,4'];
    const records = splitDelimited(rows.join('\n'), commas);
    expect(records.map((record) => record.cells[0])).toEqual(['a', 'b,"two,2', 'c', 'd']);
    expect(records.map((record) => record.damage !== undefined)).toEqual([false, true, false, false]);
    expect(records.map((record) => record.line)).toEqual([1, 2, 3, 4]);
  });

  it('loses only the row whose quotation mark nothing closes any more', () => {
    const records = splitDelimited('a,"one,1\nb,two,2\nc,three,3\n', commas);
    expect(records.map((record) => record.damage !== undefined)).toEqual([true, false, false]);
  });

  it('reads marks inside a quoted cell that were not doubled, where the row is whole', () => {
    expect(cells('a,"they said "never again" twice",1\nb,two,2')).toEqual([
      ['a', 'they said "never again" twice', '1'],
      ['b', 'two', '2'],
    ]);
  });

  it('does not gather a file without end behind one quotation mark', async () => {
    const text = `a,"${'x,y\n'.repeat(600_000)}`;
    let damaged = 0;
    async function* pieces() {
      for (let at = 0; at < text.length; at += 65_536) yield text.slice(at, at + 65_536);
    }
    for await (const record of readDelimited(pieces(), commas)) damaged += record.damage ? 1 : 0;
    expect(damaged).toBe(1);
  });
});

describe('guessDialect', () => {
  it.each([
    [',', 'State,Text,Position\n"A, B","x; y",noted\nC,z,supported\n'],
    [';', 'State;Text;Position\nA;"x, y; z";noted\nC;one, two, three;supported\n'],
    ['\t', 'State\tText\tPosition\nA\tx, y\tnoted\n'],
    ['|', 'State|Text|Position\nA|x, y|noted\n'],
  ])('finds %j', (delimiter, text) => {
    expect(guessDialect(text, '\n')).toMatchObject({ delimiter, width: 3, skipLines: 0 });
  });

  it('believes the line in which Excel names the delimiter', () => {
    expect(guessDialect('sep=;\r\nState;Text\r\n', '\n')).toMatchObject({ delimiter: ';', skipLines: 1 });
  });

  it('takes a text without delimiters for one column', () => {
    expect(guessDialect('one\ntwo\n', '\n')).toMatchObject({ width: 1 });
  });
});
