import { causesOf, isSampled, spanIdOf, traceIdOf, traceparentIn } from './traceparent';

const of = (trace: string, span: string, flags = '01') =>
  `00-${trace.repeat(32)}-${span.repeat(16)}-${flags}`;

it('takes a traceparent in its own form only', () => {
  expect(traceparentIn(of('a', 'b'))).toBe(of('a', 'b'));
  for (const bad of [undefined, ['x'], '', of('0', 'b'), of('a', '0'), of('g', 'b'), `${of('a', 'b')}-x`])
    expect(traceparentIn(bad)).toBeNull();
});

it('reads trace, span and whether it is recorded', () => {
  expect([traceIdOf(of('a', 'b')), spanIdOf(of('a', 'b'))]).toEqual(['a'.repeat(32), 'b'.repeat(16)]);
  expect(
    [of('a', 'b', '00'), of('a', 'b', '01'), of('a', 'b', '02'), of('a', 'b', '03')].map(isSampled),
  ).toEqual([false, true, false, true]);
});

describe('the causes of some work', () => {
  it.each([
    ['none', [null, null], { parent: null, links: [] }],
    ['one trace goes on', [of('a', '1'), null, of('a', '1')], { parent: of('a', '1'), links: [] }],
    [
      'one trace, several of its spans',
      [of('a', '1'), of('a', '2')],
      { parent: of('a', '1'), links: [of('a', '2')] },
    ],
    [
      'several traces are linked to',
      [of('a', '1'), of('b', '2')],
      { parent: null, links: [of('a', '1'), of('b', '2')] },
    ],
    ['not recorded, and it stays so', [of('a', '1', '00')], { parent: of('a', '1', '00'), links: [] }],
    [
      'what is not recorded counts for nothing beside what is',
      [of('a', '1', '00'), of('b', '2')],
      { parent: of('b', '2'), links: [] },
    ],
  ])('%s', (_, given, causes) => expect(causesOf(given)).toEqual(causes));

  it('names 32 of a thousand, and sees a second trace behind them', () => {
    const thousand = Array.from(
      { length: 1000 },
      (_, n) => `00-${'a'.repeat(32)}-${(n + 1).toString(16).padStart(16, '0')}-01`,
    );
    expect(causesOf(thousand).links).toHaveLength(31);
    expect(causesOf([...thousand, of('b', '1')])).toMatchObject({ parent: null, links: { length: 32 } });
  });
});
