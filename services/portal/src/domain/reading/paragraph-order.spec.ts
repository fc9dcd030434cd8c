import { paragraphKey } from './paragraph-order';

it('puts paragraphs in the order of the document and never takes two for one', () => {
  const inOrder = ['5', '5 bis', '12(a)', '140.1', '140.2', '140.10', '140.100', '141.1'];
  expect([...inOrder].reverse().sort((a, b) => (paragraphKey(a) < paragraphKey(b) ? -1 : 1))).toEqual(
    inOrder,
  );
  expect(paragraphKey('140.1')).not.toBe(paragraphKey('140.10'));
  expect(paragraphKey('')).toBe('');
});
