import { directionOf, mailLocale, plural } from './locale';
import { footerTexts } from './footer';

describe('languages of mail', () => {
  it('falls back to the nearest language we write', () => {
    expect(['fr-CH', 'AR', 'es', '', null].map(mailLocale)).toEqual(['fr', 'ar', 'en', 'en', 'en']);
  });

  it('knows the direction of a text by its language', () => {
    expect(['ar', 'fr', '', 'und'].map(directionOf)).toEqual(['rtl', 'ltr', 'auto', 'auto']);
  });

  it('uses the plural rules of the language and Latin digits', () => {
    const forms = { one: 'واحد', two: 'اثنان', few: '# توصيات', many: '# توصية', other: '# توصية' };
    expect([1, 2, 5, 11].map((n) => plural('ar', n, forms))).toEqual([
      'واحد',
      'اثنان',
      '5 توصيات',
      '11 توصية',
    ]);
  });

  it('has every text of the foot in every language', () => {
    const keys = Object.keys(footerTexts.en).sort();
    for (const texts of Object.values(footerTexts)) expect(Object.keys(texts).sort()).toEqual(keys);
  });
});
