import { acceptedLanguages, pageLocale } from './locales';

it('reads what a browser accepts, best first', () => {
  expect(acceptedLanguages('de;q=0.7, ar-EG;q=0.9, *;q=0.1, en;q=0')).toEqual(['ar-EG', 'de', '*']);
  expect(acceptedLanguages(undefined)).toEqual([]);
});

it('takes the first language of ours', () => {
  expect(pageLocale('', null, 'de', 'fr-CH', 'ar')).toBe('fr');
  expect(pageLocale('zh')).toBe('en');
});
