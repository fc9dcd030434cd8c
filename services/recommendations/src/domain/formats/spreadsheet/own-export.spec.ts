import { csvText, xlsxFile } from '@followthrough/imports/fixtures';
import { readRecommendationFile } from '../reading';
import type { SourceRow } from '../types';
import { ownExportColumns, protectedCell } from './own-export';

const ID = '0190b1f2-7c3a-7000-8000-000000000001';
const cells: Record<string, string> = {
  externalId: ID,
  kind: 'recommendation',
  mechanism: 'UPR',
  stateUnderReview: 'Tamaria',
  cycle: '4',
  session: '48',
  symbol: 'A/HRC/59/15',
  paragraph: '140.10',
  text: '=Plant a tree\nin every town',
  language: 'fr',
  recommendingStates: 'Iran (Islamic Republic of)\nCôte d’Ivoire\nLichtenstein',
  position: 'partly',
  actionCategory: '4',
  themes: 'Children: definition; general principles; protection\nProhibition of slavery, trafficking',
  groups: 'Women & girls',
  sdgs: '5\n16.2',
  date: '2025-01-28',
  leadInstitution: '-Ministry of Trees',
  supportingInstitutions: 'A; B\nC',
  deadline: '2026-12-31',
  status: 'on track',
  note: '@someone should look\n+1',
};

const expected: Partial<SourceRow> = {
  externalId: ID,
  kind: 'recommendation',
  stateUnderReview: { raw: 'Tamaria', code: 'XTM', suggestions: [] },
  cycle: 4,
  session: 48,
  paragraph: '140.10',
  text: '=Plant a tree\nin every town',
  language: 'fr',
  position: 'partly',
  actionCategory: 4,
  themes: ['Children: definition; general principles; protection', 'Prohibition of slavery, trafficking'],
  sdgs: ['5', '16.2'],
  date: '2025-01-28',
  internal: {
    leadInstitution: '-Ministry of Trees',
    supportingInstitutions: ['A; B', 'C'],
    deadline: '2026-12-31',
    status: 'on track',
    note: '@someone should look\n+1',
  },
};

describe('our own export', () => {
  const headings = ownExportColumns.map(({ heading }) => heading);
  const row = ownExportColumns.map(({ field }) => cells[field]!);

  it.each([
    ['CSV, with formulas made harmless', Buffer.from(`\ufeff${csvText([headings, row.map(protectedCell)])}`)],
    ['XLSX', xlsxFile({ sheets: [{ name: 'Recommendations', rows: [headings, row] }] })],
  ])('is recognised and read back without loss (%s)', async (_, bytes) => {
    const file = await readRecommendationFile({ source: { bytes }, name: 'export' });
    expect(file).toMatchObject({ template: 'followthrough-export', missing: [], rejects: [] });
    expect(file.rows[0]).toMatchObject(expected);
    expect(file.rows[0]!.recommendingStates.map(({ code, raw }) => code ?? raw)).toEqual([
      'IRN',
      'CIV',
      'Lichtenstein',
    ]);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['-5', '-5'],
    ['+3.5', '+3.5'],
    ['-A', "'-A"],
    ['@a', "'@a"],
    ['\ta', "'\ta"],
    ['plain', 'plain'],
  ])('writes %j to CSV as %j', (text, written) => {
    expect(protectedCell(text)).toBe(written);
  });
});
