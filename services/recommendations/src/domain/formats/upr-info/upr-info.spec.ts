import { csvText, xlsFile, xlsxFile } from '@followthrough/imports/fixtures';
import { readRecommendationFile } from '../reading';

const HEADINGS = 'To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session'.split(',');
const OLD_HEADINGS = 'SuR,Rgrp,Org,Recommendation,RS,Rgrp,Org,Response,Action,Issue,Session'.split(',');

const record = (
  cells: Partial<Record<'to' | 'text' | 'from' | 'response' | 'action' | 'issue' | 'session', string>> = {},
) => {
  const {
    to = 'Slovenia',
    text = 'Plant a tree',
    from = 'Kenya',
    response = 'Accepted',
    action = '5',
    issue = 'Environment',
    session = '20',
  } = cells;
  return [to, 'EEG', 'EU', text, from, 'Africa', 'AU', response, action, issue, session];
};
const read = (content: string | Buffer) =>
  readRecommendationFile({ source: { bytes: Buffer.from(content) }, name: 'export.csv' });

describe("UPR Info's export", () => {
  it('is read row by row', async () => {
    const { rows, document } = await read(
      csvText([HEADINGS, record({ issue: 'Environment,Right to food' })]),
    );
    expect(document).toEqual({
      stateUnderReview: 'SVN',
      stateUnderReviewRaw: null,
      mechanism: 'UPR',
      cycle: 2,
      session: 20,
      symbol: null,
      date: null,
    });
    expect(rows[0]).toMatchObject({
      at: { line: 2 },
      kind: 'recommendation',
      mechanism: 'UPR',
      stateUnderReview: { raw: 'Slovenia', code: 'SVN' },
      cycle: 2,
      session: 20,
      text: 'Plant a tree',
      recommendingStates: [{ raw: 'Kenya', code: 'KEN' }],
      position: 'supported',
      actionCategory: 5,
      themes: ['Environment', 'Right to food'],
      occurrence: 1,
    });
    expect(rows[0]!.raw).toMatchObject({ To: 'Slovenia', 'To-Org': 'EU' });
  });

  it('numbers headings that stand twice', async () => {
    const { rows, format } = await read(csvText([OLD_HEADINGS, record()]));
    expect(format).toBe('upr-info-csv');
    expect(rows[0]!.raw).toMatchObject({ Rgrp: 'EEG', 'Rgrp (2)': 'Africa', Org: 'EU', 'Org (2)': 'AU' });
  });

  it('knows pledges, which have no position and no recommending State', async () => {
    const { rows } = await read(
      csvText([HEADINGS, record({ from: 'Slovenia', response: 'Voluntary Pledge' })]),
    );
    expect(rows[0]).toMatchObject({ kind: 'pledge', position: '', recommendingStates: [] });
  });

  it.each([
    ['Rejected', 'noted'],
    ['Pending', 'pending'],
    ['No response', 'unclear'],
    ['General response', 'unclear'],
    ['Accepted in part', 'partly'],
  ])('%s is %s', async (response, position) => {
    const { rows } = await read(csvText([HEADINGS, record({ response })]));
    expect(rows[0]!.position).toBe(position);
  });

  it('keeps the row of a State that nobody knows, and asks', async () => {
    const { rows } = await read(
      csvText([HEADINGS, record({ from: 'Lichtenstein' }), record({ to: '&#40;Unknown&#41;' })]),
    );
    expect(rows[0]!.recommendingStates).toEqual([
      { raw: 'Lichtenstein', code: null, suggestions: expect.arrayContaining(['LIE']) },
    ]);
    expect(rows[0]!.openQuestions).toMatchObject([{ about: 'recommendingState', raw: 'Lichtenstein' }]);
    expect(rows[1]!.openQuestions).toMatchObject([{ about: 'stateUnderReview', raw: '(Unknown)' }]);
  });

  it('takes two equal rows for two records, in every reading the same two', async () => {
    const text = csvText([HEADINGS, record(), record(), record({ text: 'Plant  a tree ' })]);
    const first = (await read(text)).rows;
    expect(first.map((row) => row.occurrence)).toEqual([1, 2, 3]);
    expect(new Set(first.map((row) => row.identityKey)).size).toBe(3);
    expect((await read(text)).rows.map((row) => row.identityKey)).toEqual(
      first.map((row) => row.identityKey),
    );
  });

  it('keeps the identity and changes the content where a State changed its mind', async () => {
    const [before] = (await read(csvText([HEADINGS, record({ response: 'Pending' })]))).rows;
    const [after] = (await read(csvText([HEADINGS, record({ response: 'Accepted' })]))).rows;
    expect(after!.identityKey).toBe(before!.identityKey);
    expect(after!.contentHash).not.toBe(before!.contentHash);
  });

  it.each([
    [
      'a quotation mark is missing',
      'Slovenia,EEG,EU,"Plant a tree,Kenya,Africa,AU,Accepted,5,Environment,20',
      'quotation mark',
    ],
    ['cells are missing', 'Slovenia,EEG,EU,Plant a tree', '4 cells where the headings name 11'],
    [
      'a text was split at its comma',
      csvText([[...record().slice(0, 3), 'Plant', ' then water', ...record().slice(4)]]).trim(),
      '12 cells',
    ],
    ['the session is no number', csvText([record({ session: 'twenty' })]).trim(), 'session "twenty"'],
    ['the response is unknown', csvText([record({ response: 'Perhaps' })]).trim(), 'response "Perhaps"'],
    ['the category is out of range', csvText([record({ action: '9' })]).trim(), 'action category "9"'],
    ['the text is missing', csvText([record({ text: '' })]).trim(), 'no text'],
    ['the State is missing', csvText([record({ to: '' })]).trim(), 'no State under review'],
    ['it has a zero byte', csvText([record({ text: 'Plant a t\0ree' })]).trim(), 'zero bytes'],
  ])('rejects a row where %s, and reads all others as ever', async (_, damaged, reason) => {
    const sound = [
      record({ text: 'One, with "marks"' }),
      record({ text: 'Two' }),
      record({ text: 'Three\nlines' }),
    ];
    const whole = await read(csvText([HEADINGS, ...sound]));
    const lines = csvText([HEADINGS, ...sound.slice(0, 2)])
      .split('\r\n')
      .slice(0, 3);
    const { rows, rejects } = await read([...lines, damaged, csvText([sound[2]!])].join('\r\n'));
    expect(rejects).toHaveLength(1);
    expect(rejects[0]).toMatchObject({
      at: { line: 4 },
      reason: expect.stringContaining(reason),
      cure: expect.any(String),
    });
    const values = (row: (typeof rows)[number]) => [row.identityKey, row.contentHash];
    expect(rows.map(values)).toEqual(whole.rows.map(values));
  });

  it('rejects only the row with a byte that is not UTF-8', async () => {
    const bytes = Buffer.from(
      csvText([
        HEADINGS,
        record({ text: 'Café é è à' }),
        record({ text: 'Bro#ken' }),
        record({ text: 'Fine' }),
      ]),
    );
    bytes[bytes.indexOf('#')] = 0x8e;
    const { rows, rejects, warnings } = await read(bytes);
    expect(rows.map((row) => row.text)).toEqual(['Café é è à', 'Fine']);
    expect(rejects).toMatchObject([{ at: { line: 3 }, reason: expect.stringContaining('UTF-8') }]);
    expect(warnings[0]).toContain('damaged in 1 places');
  });

  it('is found in workbooks as well', async () => {
    const rows = [OLD_HEADINGS, record()];
    const xlsx = await read(
      xlsxFile({
        sheets: [
          { name: 'About', rows: [['UPR Info']] },
          { name: 'Export', rows },
        ],
      }),
    );
    const xls = await read(xlsFile('Export', rows));
    const csv = await read(csvText(rows));
    expect(xlsx.format).toBe('upr-info-xls');
    expect(xls.rows[0]).toMatchObject({
      at: { sheet: 'Export', row: 2 },
      identityKey: csv.rows[0]!.identityKey,
    });
    expect(xlsx.rows[0]!.contentHash).toBe(csv.rows[0]!.contentHash);
  });

  it("leaves a list with columns of somebody's own to the spreadsheet reader", async () => {
    const { format } = await read(
      csvText([
        [...HEADINGS, 'Lead institution'],
        [...record(), 'Ministry of Trees'],
      ]),
    );
    expect(format).toBe('spreadsheet');
  });
});
