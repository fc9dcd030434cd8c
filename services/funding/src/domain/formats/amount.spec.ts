import { readAmount } from './amount';
import { ExactSum } from './exact-sum';

describe('readAmount', () => {
  it.each([
    ['1200', '1200'],
    [' -1200.50\n', '-1200.5'],
    ['+007.10', '7.1'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-0.00', '0'],
    ['123456789012345678901234567890.123456789', '123456789012345678901234567890.123456789'],
  ])('%j is what the standard writes', (text, value) => {
    expect(readAmount(text)).toEqual({ value, plain: true });
  });

  it.each([
    ['1,234,567.89', '1234567.89'],
    ['12,34,567', '1234567'],
    ['1 234 567,5', '1234567.5'],
    ['1\u202f234\u00a0567', '1234567'],
    ["1'234.50", '1234.5'],
    ['1.234.567,89', '1234567.89'],
    ['1.234,5', '1234.5'],
    ['1,234', '1234'],
    ['0,125', '0.125'],
    ['1234567,8', '1234567.8'],
    ['− 12,5', '-12.5'],
    ['1.2E7', '12000000'],
    ['-1.25e-3', '-0.00125'],
  ])('%j is what people write', (text, value) => {
    expect(readAmount(text)).toEqual({ value, plain: false });
  });

  it.each([
    '',
    ' ',
    'n/a',
    '12 EUR',
    '$5',
    '1.2.3',
    '1234,567',
    '1,2,3',
    '--1',
    '12 5',
    '1e9999',
    '9'.repeat(61),
    'NaN',
    '0x1f',
  ])('%j is no amount, or could be two', (text) => expect(readAmount(text)).toBeNull());
});

describe('ExactSum', () => {
  const sumOf = (...decimals: string[]) => {
    const sum = new ExactSum();
    for (const decimal of decimals) sum.add(decimal);
    return String(sum);
  };

  it('loses nothing and writes no exponent', () => {
    expect(sumOf('0.1', '0.2')).toBe('0.3');
    expect(sumOf('99999999999999999999.99', '0.000000000001')).toBe('99999999999999999999.990000000001');
    expect(sumOf('1.5', '-2')).toBe('-0.5');
    expect(sumOf('1.25', '-1.25')).toBe('0');
    expect(sumOf('-0.5', '0.25')).toBe('-0.25');
    expect(sumOf()).toBe('0');
  });
});
