import { csvLine, neutral } from './csv';

describe('CSV that spreadsheet programs open', () => {
  it.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\tx', '\rx'])('makes %j text', (value) => {
    expect(neutral(value)).toBe(`'${value}`);
  });

  it.each(['-12', '+3.5', '-0,5', 'A/HRC/28/15', "it's = so"])('leaves %j as it is', (value) => {
    expect(neutral(value)).toBe(value);
  });

  it('quotes what has to be quoted', () => {
    expect(csvLine(['a', 'b,c', 'say "no"', 'two\nlines', '=HYPERLINK("x")'])).toBe(
      'a,"b,c","say ""no""","two\nlines","\'=HYPERLINK(""x"")"\r\n',
    );
  });
});
