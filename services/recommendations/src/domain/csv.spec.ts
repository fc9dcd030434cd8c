import { csvLine } from './csv';

describe('CSV that spreadsheet programs open', () => {
  it('quotes what has to be quoted and lets nothing be run', () => {
    expect(csvLine(['a', 'b,c', 'say "no"', 'two\nlines', '=HYPERLINK("x")', '-12'])).toBe(
      'a,"b,c","say ""no""","two\nlines","\'=HYPERLINK(""x"")",-12\r\n',
    );
  });
});
