import { csvText, docxFile, oleFile, xlsFile, xlsxFile, zipFile } from '@followthrough/imports/fixtures';
import { UnreadableFile } from '@followthrough/imports/files';
import { readRecommendationFile } from './reading';

const LIST = [
  ['State under review', 'Recommendation', 'Position'],
  ...Array.from({ length: 40 }, (_, i) => ['Kenya', `Plant tree number ${i}`, 'Supported']),
];
const MATRIX = [
  ['Recommendation', 'Position', 'Full list of themes'],
  ...Array.from({ length: 20 }, (_, i) => [`121.${i + 1} Plant tree (Malta);`, 'Noted', '- Trees']),
];
const sheets = [{ name: 'List', rows: LIST }];
const matrix = docxFile({ margin: 'UPR of Kenya (3rd Cycle – 35th session)', blocks: [MATRIX] });
const read = (bytes: Buffer, name = 'file') => readRecommendationFile({ source: { bytes }, name });
const cut = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.8));
const blanks = Buffer.alloc(40 * 1024 * 1024, 0x20);

describe('a file that cannot be read', () => {
  it.each<[string, Buffer, string]>([
    ['an empty file', Buffer.alloc(0), 'The file is empty.'],
    ['blanks only', Buffer.from(' \n \n'), 'no table'],
    ['a cut-off .docx', cut(matrix), 'cut off'],
    ['a cut-off .xlsx', cut(xlsxFile({ sheets })), 'cut off'],
    ['a cut-off .xls', xlsFile('List', LIST).subarray(0, 5000), 'cut off'],
    ['a zip bomb as .docx', zipFile([{ name: 'word/document.xml', content: blanks }]), 'zip bomb'],
    ['a zip bomb as .xlsx', zipFile([{ name: 'xl/workbook.xml', content: blanks }]), 'zip bomb'],
    [
      'an entity bomb',
      docxFile({ blocks: [], prologue: '<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "haha">]>' }),
      'XML entities',
    ],
    ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(3000)]), 'a program'],
    [
      'a locked workbook',
      oleFile({ EncryptionInfo: Buffer.alloc(9), EncryptedPackage: Buffer.alloc(99) }),
      'password',
    ],
    ['a locked .xls', xlsFile('List', LIST, { password: true }), 'password'],
    ['an old .doc', oleFile({ WordDocument: Buffer.alloc(99) }), '.docx'],
    ['a PDF', Buffer.from('%PDF-1.7 ...'), 'a PDF'],
    ['a web page', Buffer.from('<!DOCTYPE html><title>Sign in</title>'), 'a web page'],
    ['an archive', zipFile([{ name: 'list.csv', content: csvText(LIST) }]), 'Unpack it'],
    ['a letter', docxFile({ blocks: ['Dear Sir or Madam'] }), 'no table of recommendations'],
    [
      'noise',
      Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)),
      'neither a document nor a table',
    ],
  ])('%s: one sentence of what is wrong, one of what to do', async (_, bytes, sentence) => {
    const error: unknown = await read(bytes).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(UnreadableFile);
    const { reason, cure, message } = error as UnreadableFile;
    expect(message).toContain(sentence);
    for (const text of [reason, cure]) expect(text).toMatch(/^[A-Z].*\.$/);
  });
});

describe('a file that is not what its name says', () => {
  it('is read for what it is', async () => {
    expect(await read(matrix, 'matrix.doc')).toMatchObject({ format: 'ohchr-matrix', rejects: [] });
    expect((await read(xlsxFile({ sheets }), 'list.csv')).rows).toHaveLength(40);
    expect((await read(Buffer.from(csvText(LIST, { delimiter: '\t' })), 'list.xls')).rows).toHaveLength(40);
  });

  it('with macros is read, the macros are not run, and it is said', async () => {
    const { rows, warnings } = await read(xlsxFile({ sheets, macros: true }), 'list.xlsm');
    expect(rows).toHaveLength(40);
    expect(warnings).toEqual([expect.stringContaining('macros')]);
  });
});

describe('a file that breaks off', () => {
  it('as text, loses the row in which it does', async () => {
    const whole = await read(Buffer.from(csvText(LIST)));
    const text = csvText(LIST.map((row, i) => (i === 0 ? row : [row[0]!, `${row[1]}, in town`, row[2]!])));
    const { rows, rejects } = await read(Buffer.from(text.slice(0, text.length - 16)));
    expect(rows).toHaveLength(whole.rows.length - 1);
    expect(rejects).toMatchObject([{ at: { line: 41 } }]);
  });

  it('anywhere, or with any bytes changed, is read or refused, never more', async () => {
    const files = [matrix, xlsxFile({ sheets }), xlsFile('List', LIST), Buffer.from(csvText(LIST))];
    let state = 20_080_407;
    const next = (below: number) => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) % below;
    const surprises: unknown[] = [];
    for (let turn = 0; turn < 160; turn += 1) {
      const bytes = Buffer.from(files[turn % files.length]!);
      const at = next(bytes.length);
      if (turn % 3 === 0) bytes.fill(next(256), at, Math.min(bytes.length, at + next(400)));
      if (turn % 3 === 1) bytes[at] = next(256);
      await read(turn % 3 === 2 ? bytes.subarray(0, at) : bytes).catch((error: unknown) => {
        if (!(error instanceof UnreadableFile)) surprises.push(error);
      });
    }
    expect(surprises).toEqual([]);
  });
});
