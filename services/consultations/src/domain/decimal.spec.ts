import { decimalOf, sumOf } from './decimal';

describe('decimals', () => {
  it('are exact where floating point is not', () => {
    expect(sumOf(['0.1', '0.2'])).toBe('0.3');
    expect(sumOf(['9007199254740993', '0.01'])).toBe('9007199254740993.01');
    expect(sumOf(Array.from({ length: 1000 }, () => '0.01'))).toBe('10');
    expect(sumOf([])).toBe('0');
  });

  it.each([
    ['12.50', '12.5'],
    ['0', '0'],
    ['-0', '0'],
    ['999999999999999999.999999', '999999999999999999.999999'],
  ])('have one spelling: %s is %s', (text, spelling) => {
    expect(decimalOf(text)).toBe(spelling);
  });

  it.each([
    '',
    ' ',
    '1e5',
    '1,5',
    '.5',
    '1.',
    '01',
    'NaN',
    'Infinity',
    '1000000000000000000',
    '0.1234567',
    '１',
  ])('are not read from %j', (text) => {
    expect(decimalOf(text)).toBeNull();
  });
});
