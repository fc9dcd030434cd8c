import { type FixtureValue, xlsFile, xlsxFile, zipFile } from '@followthrough/imports/fixtures';
import { dateText, isDateFormat, numberText } from './cell-value';
import type { TableFile } from './table';
import { openXls } from './xls';
import { openXlsx } from './xlsx';

async function rowsOf(file: TableFile, sheet = 0) {
  const rows = [];
  for await (const row of file.sheets[sheet]!.rows()) rows.push(row);
  file.close();
  return rows;
}

const open = (rows: FixtureValue[][], shared: boolean) =>
  openXlsx({ bytes: xlsxFile({ sheets: [{ name: 'List', rows }], shared }) });

describe('openXlsx', () => {
  it.each([true, false])('reads what a person sees (texts shared: %s)', async (shared) => {
    const rows = await rowsOf(
      await open(
        [
          ['Text', 'When', 'Paragraph'],
          ['a\n"b"', { day: 45_685 }, { fixed: 140.1 }],
          [null, true, 7],
          [{ formula: '1+1', value: 'kept' }],
        ],
        shared,
      ),
    );
    expect(rows.map((row) => row.cells)).toEqual([
      ['Text', 'When', 'Paragraph'],
      ['a\n"b"', '2025-01-28', '140.10'],
      ['', 'TRUE', '7'],
      ['kept'],
    ]);
    expect(rows[1]!.at).toEqual({ sheet: 'List', row: 2 });
  });

  it('decodes what Excel cannot write into XML', async () => {
    const [row] = await rowsOf(await open([['a_x000D_\nb_x005F_x000D_']], true));
    expect(row!.cells).toEqual(['a\r\nb_x000D_']);
  });

  it('knows hidden sheets', async () => {
    const bytes = xlsxFile({
      sheets: [
        { name: 'A', rows: [['a']], hidden: true },
        { name: 'B', rows: [['b']] },
      ],
    });
    const file = await openXlsx({ bytes });
    expect(file.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['A', true],
      ['B', false],
    ]);
  });

  it('refuses a cell longer than Excel allows, and entities', async () => {
    await expect(rowsOf(await open([['x'.repeat(40_000)]], false))).rejects.toThrow(
      'more than 32767 characters',
    );
    await expect(open([['x'.repeat(40_000)]], true)).rejects.toThrow('more than 32767 characters');
    const laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><workbook>&c;</workbook>';
    await expect(
      openXlsx({ bytes: zipFile([{ name: 'xl/workbook.xml', content: laughs }]) }),
    ).rejects.toThrow('entities');
  });

  it('refuses damaged XML, and one text without end', async () => {
    const sheet = (content: Buffer | string) => {
      return openXlsx({ bytes: workbookOf(content) });
    };
    await expect(rowsOf(await sheet('<worksheet><sheetData><row>'))).rejects.toThrow('is damaged');
    const endless = Buffer.concat([Buffer.from('<worksheet>'), Buffer.alloc(9_000_000, 'x')]);
    await expect(rowsOf(await sheet(endless))).rejects.toThrow('one text of over 8 million characters');
  });
});

/** A workbook with this XML as its only sheet. */
function workbookOf(sheet: Buffer | string): Buffer {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return zipFile([
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns:r="${type}"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships><Relationship Id="r1" Type="${type}/worksheet" Target="s.xml"/></Relationships>`,
    },
    { name: 'xl/s.xml', content: sheet },
  ]);
}

describe('openXls', () => {
  it('reads a workbook of Excel 97', async () => {
    const rows = await rowsOf(
      await openXls({
        bytes: xlsFile('List', [
          ['Text', 'État'],
          ['a', ''],
        ]),
      }),
    );
    expect(rows).toEqual([
      { at: { sheet: 'List', row: 1 }, cells: ['Text', 'État'] },
      { at: { sheet: 'List', row: 2 }, cells: ['a'] },
    ]);
  });

  it('refuses what is cut off, encrypted or without an end', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => [`Row ${i}`, 'some text to fill the sheet with']);
    const whole = xlsFile('List', rows);
    await expect(openXls({ bytes: whole.subarray(0, whole.length - 2048) })).rejects.toThrow('cut off');
    await expect(openXls({ bytes: xlsFile('List', rows, { password: true }) })).rejects.toThrow('password');
    const endless = Buffer.from(whole);
    endless.fill(0, whole.lastIndexOf(Buffer.from([0x0a, 0, 0, 0])));
    await expect(openXls({ bytes: endless })).rejects.toThrow('damaged');
  });
});

describe('numbers as text', () => {
  it.each([
    [5, '', '5'],
    [140.1, '0.00', '140.10'],
    [0.1 + 0.2, '', '0.3'],
    [45_685, 'dd/mm/yyyy', '2025-01-28'],
    [45_685.5, 'yyyy-mm-dd h:mm', '2025-01-28T12:00:00'],
    [60, 'd-mmm', '1900-02-28'],
    [59, 'd-mmm', '1900-02-28'],
    [1, 'd-mmm', '1900-01-01'],
  ])('%d as %j is %s', (value, format, text) => {
    expect(numberText(value, format, false)).toBe(text);
  });

  it('tells dates from numbers by their format', () => {
    expect(['d/m/yy', '[$-40C]d mmmm yyyy', 'mmm-yy', 'jj/mm/aaaa'].every(isDateFormat)).toBe(true);
    expect(['0.00', '#,##0', 'General', '"Para "0', '0%', '@'].some(isDateFormat)).toBe(false);
  });

  it('counts from 1904 where the workbook does', () => {
    expect(dateText(44_223, true)).toBe('2025-01-28');
  });
});
