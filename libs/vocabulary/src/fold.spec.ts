import { fold } from './fold';

it.each([
  ['CÔTE  D’IVOIRE', "cote d'ivoire"],
  ['ﬁnal', 'final'],
  ['Straße – Łódź', 'strasse - lodz'],
  ['İstanbul ılık', 'istanbul ilik'],
  ['أُنْثَى', 'انثي'],
  ['Ёлка', 'елка'],
  ['人权 理事会', '人权 理事会'],
])('%s', (text, folded) => {
  expect(fold(text)).toBe(folded);
  expect(fold(folded)).toBe(folded);
});
