import { readFileSync } from 'node:fs';
import { sharedData } from '@followthrough/testing';
import { decode, encode } from 'iconv-lite';
import { splitDelimited } from '@followthrough/imports/files';
import { csvText } from '@followthrough/imports/fixtures';
import { type ReadFile, readRecommendationFile } from './reading';
import type { SourceRow } from './types';

const EXPORTS: [name: string, recommendations: number, pledges: number][] = [
  ['1-5', 6094, 0],
  ['10-13', 9047, 0],
  ['17-20', 7984, 0],
  ['voluntary', 0, 947],
];

const count = (values: string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};
const hashes = ({ rows }: ReadFile) => rows.map((row) => `${row.identityKey} ${row.contentHash}`);
const table = (path: string) =>
  splitDelimited(decode(readFileSync(path), 'macintosh'), { delimiter: ',', lineEnd: '\r' }).map(
    (record) => record.cells,
  );

describe("UPR Info's exports", () => {
  it.each(EXPORTS)(
    '%s: every record, and histograms that equal a plain count of the file',
    async (name, recommendations, pledges) => {
      const path = sharedData(`upr/upr-info/${name}.csv`);
      if (!path) return;
      const file = await readRecommendationFile({ source: { path }, name: `${name}.csv` });
      expect(file).toMatchObject({ format: 'upr-info-csv', encoding: 'macintosh', rejects: [] });
      expect(file.rows.filter((row) => row.kind === 'recommendation')).toHaveLength(recommendations);
      expect(file.rows.filter((row) => row.kind === 'pledge')).toHaveLength(pledges);

      const [, ...records] = table(path);
      const responses = { Accepted: 'supported', Noted: 'noted', 'Voluntary Pledge': '' } as Record<
        string,
        string
      >;
      expect(count(file.rows.map((row) => row.position))).toEqual(
        count(records.map((cells) => responses[cells[7]!]!)),
      );
      expect(count(file.rows.map((row) => String(row.actionCategory)))).toEqual(
        count(records.map((cells) => cells[8]!)),
      );
      expect(count(file.rows.flatMap((row) => row.themes))).toEqual(
        count(records.flatMap((cells) => cells[9]!.split(','))),
      );
      expect(count(file.rows.map((row) => String(row.session)))).toEqual(
        count(records.map((cells) => cells[10]!)),
      );
      expect(file.rows.map((row) => row.text)).toEqual(records.map((cells) => cells[3]!.trim()));
      expect(new Set(file.rows.map((row) => row.identityKey)).size).toBe(recommendations + pledges);
    },
  );

  it('resolves every State that is named, and asks about the nine rows that name none', async () => {
    for (const [name] of EXPORTS) {
      const path = sharedData(`upr/upr-info/${name}.csv`);
      if (!path) return;
      const { rows } = await readRecommendationFile({ source: { path }, name });
      const asked = rows.flatMap((row) => row.openQuestions.map((question) => question.raw));
      expect(asked).toEqual(name === '1-5' ? Array(9).fill('(Unknown)') : []);
    }
  });

  it('reads the .xls with its broken chain to the same records as the .csv', async () => {
    const [xls, csv] = [sharedData('upr/upr-info/17-20.xls'), sharedData('upr/upr-info/17-20.csv')];
    if (!xls || !csv) return;
    const broken = await readRecommendationFile({ source: { path: xls }, name: '17-20.xls' });
    expect(broken.format).toBe('upr-info-xls');
    expect(broken.rows).toHaveLength(7984);
    expect(broken.rows[0]!.at).toEqual({ sheet: 'UPR Info database export', row: 2 });
    expect(hashes(broken)).toEqual(
      hashes(await readRecommendationFile({ source: { path: csv }, name: '17-20.csv' })),
    );
  });

  it.each([
    ['windows-1252, CRLF', (rows: string[][]) => encode(csvText(rows), 'windows-1252')],
    [
      'UTF-8, LF, semicolons',
      (rows: string[][]) => Buffer.from(csvText(rows, { delimiter: ';', lineEnd: '\n' })),
    ],
    [
      'UTF-8 with its mark, tabs',
      (rows: string[][]) => Buffer.from(`\ufeff${csvText(rows, { delimiter: '\t' })}`),
    ],
    [
      'UTF-16 with its mark',
      (rows: string[][]) => Buffer.from(`\ufeff${csvText(rows, { lineEnd: '\n' })}`, 'utf16le'),
    ],
    ['Mac Roman, CR', (rows: string[][]) => encode(csvText(rows, { lineEnd: '\r' }), 'macintosh')],
    [
      'the other generation of headings, columns in another order',
      (rows: string[][]) => {
        const headings = 'SuR,Rgrp,Org,Recommendation,RS,Rgrp,Org,Response,Action,Issue,Session'.split(',');
        return Buffer.from(csvText([headings, ...rows.slice(1)].map((cells) => [...cells].reverse())));
      },
    ],
  ])('means the same as %s', async (_, written) => {
    const path = sharedData('upr/upr-info/1-5.csv');
    if (!path) return;
    const original = await readRecommendationFile({ source: { path }, name: '1-5.csv' });
    const again = await readRecommendationFile({
      source: { bytes: written(table(path)) },
      name: 'again.csv',
    });
    expect(again.rejects).toEqual([]);
    expect(hashes(again)).toEqual(hashes(original));
  });
});

describe('matrices of Slovenia', () => {
  it.each([
    [2, 20, 'cycle2/UPR20__Slovenia_ThematicListRecommendations_E.docx', 'A/HRC/28/15', 142, 21],
    [4, 48, 'cycle4/upr48-slovenia-thematic-list-of-recommendatio.docx', 'A/HRC/59/15', 217, 37],
  ])(
    'cycle %d: row for row what was flattened by hand',
    async (cycle, session, file, symbol, supported, noted) => {
      const path = sharedData(`upr/slovenia/${file}`);
      const flattened = sharedData(`upr/slovenia/matrix-cycle${cycle}-flattened.csv`);
      if (!path || !flattened) return;
      // The name says nothing, so that what is found comes from the document.
      const read = await readRecommendationFile({ source: { path }, name: 'document.doc' });
      expect(read).toMatchObject({
        format: 'ohchr-matrix',
        document: { stateUnderReview: 'SVN', cycle, session, symbol },
        rejects: [],
      });
      expect(count(read.rows.map((row) => row.position))).toEqual({ supported, noted });
      const [, ...golden] = splitDelimited(readFileSync(flattened, 'utf8'), {
        delimiter: ',',
        lineEnd: '\n',
      });
      expect(read.rows.map(flat)).toEqual(
        golden.map((record) => record.cells.slice(0, 6).map((cell) => cell.trim())),
      );
      const sdgs = golden.map(({ cells }) =>
        [...cells[6]!.matchAll(/^- (\d+) - /gm)].map((found) => found[1]),
      );
      expect(read.rows.map((row) => row.sdgs)).toEqual(sdgs.map((goals) => [...new Set(goals)]));
      expect(read.rows.flatMap((row) => row.openQuestions)).toEqual([]);
      expect(read.rows.every((row) => row.recommendingStates.length > 0)).toBe(true);
    },
  );
});

/** A row as the flattened files have it. */
function flat(row: SourceRow): string[] {
  const position = row.position === 'supported' ? 'Supported' : 'Noted';
  return [
    `Theme: ${row.raw.section}`,
    row.paragraph,
    row.text,
    position,
    row.positionSource,
    row.raw.themes!,
  ];
}
