import { amountIn, dayIn, numberIn, referencesIn } from './cells';

describe('cells of a plan', () => {
  it.each([
    ['1200.5', '1200.5'],
    ['1 200 000', '1200000'],
    ['1\u202f200\u00a0000', '1200000'],
    ['1,200,000.50', '1200000.5'],
    ['1.200.000,50', '1200000.5'],
    ['1,5', '1.5'],
    ['75 %', '75'],
    ['٧٥٫٥', '75.5'],
    ['007', '7'],
  ])('say the number %s', (cell, value) => {
    expect(numberIn(cell)).toEqual({ value });
  });

  it.each(['', '-', 'TBD', 'Unknown', 'à déterminer', 'غير معروف'])(
    'say by %j that it is unknown',
    (cell) => {
      expect(numberIn(cell)).toEqual({ value: null });
      expect(dayIn(cell)).toEqual({ value: null });
    },
  );

  it.each(['about five', '1e5', '=SUM(A1)', '12-13', '1,2,3', 'NaN', '９'])('say no number by %j', (cell) => {
    expect(numberIn(cell)).toBeNull();
  });

  it.each([
    ['EUR 1,200', '1200', 'EUR'],
    ['1 200 XOF', '1200', 'XOF'],
    ['€5', '5', 'EUR'],
    ['US$ 10.50', '10.5', 'USD'],
    ['7', '7', ''],
  ])('say an amount and its currency by %s', (cell, value, currency) => {
    expect(amountIn(cell)).toEqual({ amount: { value }, currency });
  });

  it.each([
    ['2027-06-30', '2027-06-30'],
    ['2027-06-30T00:00:00', '2027-06-30'],
    ['30/6/2027', '2027-06-30'],
    ['06/30/2027', '2027-06-30'],
    ['06/2027', '2027-06-30'],
    ['Q1 2028', '2028-03-31'],
    ['2027', '2027-12-31'],
    ['2026-2028', '2028-12-31'],
    ['٣٠/٦/٢٠٢٧', '2027-06-30'],
  ])('say a day by %s', (cell, value) => {
    expect(dayIn(cell)).toEqual({ value });
  });

  it.each(['31/02/2027', '2027-13-01', 'soon', '99999', '1/1/0001'])('say no day by %j', (cell) => {
    expect(dayIn(cell)).toBeNull();
  });

  it('refer to recommendations, a symbol holding for those after it', () => {
    expect(
      referencesIn('A/HRC/43/15 121.10, 121.11; para. 5\nCEDAW/C/SVN/CO/6 14').map(
        ({ symbol, paragraph }) => [symbol, paragraph],
      ),
    ).toEqual([
      ['A/HRC/43/15', '121.10'],
      ['A/HRC/43/15', '121.11'],
      ['A/HRC/43/15', '5'],
      ['CEDAW/C/SVN/CO/6', '14'],
    ]);
    expect(referencesIn('All on children')).toEqual([{ symbol: '', paragraph: '', text: 'All on children' }]);
    expect(referencesIn(' ')).toEqual([]);
  });
});
