import { parseDate } from './dates';
import { languageOfText } from './languages';
import { mechanismOf, mechanismOfSymbol } from './mechanisms';

describe('parseDate', () => {
  it.each([
    ['2026-12-31', '2026-12-31'],
    ['2026-12-31T00:00:00', '2026-12-31'],
    ['31/12/2026', '2026-12-31'],
    ['31.12.26', '2026-12-31'],
    ['12/31/2026', '2026-12-31'],
    ['31 December 2026', '2026-12-31'],
    ['December 31, 2026', '2026-12-31'],
    ['1er août 2026', '2026-08-01'],
    ['31 de diciembre de 2026', '2026-12-31'],
    ['Feb 2028', '2028-02-29'],
    ['06/2026', '2026-06-30'],
    ['2026', '2026-12-31'],
    ['Q2 2026', '2026-06-30'],
    ['٣١/١٢/٢٠٢٦', '2026-12-31'],
    ['46387', '2026-12-31'],
    ['31/02/2026', null],
    ['soon', null],
    ['1826', null],
  ])('%s is %s', (cell, iso) => {
    expect(parseDate(cell)).toBe(iso);
  });

  it('takes the order that it is told', () => {
    expect([parseDate('03/04/2025'), parseDate('03/04/2025', 'mdy')]).toEqual(['2025-04-03', '2025-03-04']);
  });
});

describe('languageOfText', () => {
  it.each([
    ['Continue to plant trees in all of the towns', 'en'],
    ['Continuer de planter des arbres dans les villes', 'fr'],
    ['Continuar plantando árboles en las ciudades y los pueblos', 'es'],
    ['غرس الأشجار', 'ar'],
    ['Сажать деревья', 'ru'],
    ['植树', 'zh'],
    ['Trees', 'en'],
  ])('"%s" is %s', (text, language) => {
    expect(languageOfText(text)).toBe(language);
  });
});

describe('mechanisms', () => {
  it.each([
    ['Universal Periodic Review', 'UPR'],
    ['EPU', 'UPR'],
    ['Committee on the Elimination of Discrimination against Women', 'CEDAW'],
    ['CESCR', 'CESCR'],
    ['Comité des droits de l’enfant', 'CRC'],
    ['Special Rapporteur on trees', 'SP'],
    ['African Commission', 'African Commission'],
  ])('%s is %s', (cell, mechanism) => {
    expect(mechanismOf(cell)).toBe(mechanism);
  });

  it('are told by symbols', () => {
    expect(
      ['CEDAW/C/KEN/CO/8', 'E/C.12/AUS/CO/6', 'CCPR/C/FRA/CO/5', 'A/HRC/44/9'].map(mechanismOfSymbol),
    ).toEqual(['CEDAW', 'CESCR', 'CCPR', '']);
  });
});
