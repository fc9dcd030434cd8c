import { fill, pageTexts } from './page-texts';

it('has every text in every language, with the same places', () => {
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  for (const [locale, texts] of Object.entries(pageTexts)) {
    for (const [key, text] of Object.entries(pageTexts.en)) {
      const other = texts[key as keyof typeof texts];
      expect([locale, key, other.trim() !== '', places(other)]).toEqual([locale, key, true, places(text)]);
    }
  }
});

it('fills places and leaves what it does not know', () => {
  expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
});
