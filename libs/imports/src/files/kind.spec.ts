import { gzipSync } from 'node:zlib';
import { docxFile, oleFile, xlsFile, xlsxFile, zipFile } from '@followthrough/imports/fixtures';
import { identify, type FileKind } from './kind';
import { refusal } from './refusal';

const kindOf = async (bytes: Buffer | string) => (await identify({ bytes: Buffer.from(bytes) })).kind;

describe('identify', () => {
  it.each<[FileKind, Buffer | string]>([
    ['text', 'State,Text\nA,b\n'],
    ['text', Buffer.from('\ufeffState,Text\n', 'utf16le')],
    ['text', Buffer.from('State,Text\n', 'utf16le')],
    ['text', 'MZ,a column that only begins like a program\n'],
    ['empty', ''],
    ['docx', docxFile({ blocks: ['Text'] })],
    ['xlsx', xlsxFile({ sheets: [{ name: 'A', rows: [['a']] }] })],
    ['xls', xlsFile('A', [['a']])],
    ['doc', oleFile({ WordDocument: Buffer.alloc(10) })],
    ['encrypted', oleFile({ EncryptionInfo: Buffer.alloc(10), EncryptedPackage: Buffer.alloc(10) })],
    ['ole', oleFile({ Contents: Buffer.alloc(10) })],
    ['zip', zipFile([{ name: 'list.csv', content: 'a,b' }])],
    [
      'opendocument',
      zipFile([
        { name: 'mimetype', content: 'x' },
        { name: 'content.xml', content: '<a/>' },
      ]),
    ],
    ['powerpoint', zipFile([{ name: 'ppt/presentation.xml', content: '<a/>' }])],
    ['xlsb', zipFile([{ name: 'xl/workbook.bin', content: 'x' }])],
    ['pdf', '%PDF-1.7\n'],
    ['rtf', '{\\rtf1 x}'],
    ['html', '<!DOCTYPE html><html></html>'],
    ['html', '<table><tr><td>x</td></tr></table>'],
    ['xml', '<?xml version="1.0"?><a/>'],
    ['xml', '<!-- a comment -->\n<!-- and another -->\n<a/>'],
    ['xml', Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><a/>', 'utf16le')],
    ['xml', '<!DOCTYPE a [<!ENTITY b "c">]><a/>'],
    ['html', '<!-- a comment --><!DOCTYPE html><html></html>'],
    ['json', '[{"a": 1}]'],
    ['archive', gzipSync('a,b')],
    ['executable', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(400)])],
    ['executable', Buffer.concat([Buffer.from([0x7f]), Buffer.from('ELF'), Buffer.alloc(400)])],
    ['image', Buffer.concat([Buffer.from([0x89]), Buffer.from('PNG'), Buffer.alloc(400)])],
    ['binary', Buffer.from(Array.from({ length: 1000 }, (_, i) => (i * 7919) % 251))],
  ])('tells %s by its bytes', async (kind, bytes) => {
    expect(await kindOf(bytes)).toBe(kind);
  });

  it('sees macros and says so', async () => {
    expect(await identify({ bytes: docxFile({ blocks: ['x'], macros: true }) })).toEqual({
      kind: 'docx',
      macros: true,
    });
    const sheets = [{ name: 'A', rows: [['a']] }];
    expect(await identify({ bytes: xlsxFile({ sheets, macros: true }) })).toEqual({
      kind: 'xlsx',
      macros: true,
    });
  });

  it('refuses a compound file without a readable directory', async () => {
    const broken = xlsFile('A', [['a']]).subarray(0, 600);
    await expect(identify({ bytes: broken })).rejects.toThrow('table of contents cannot be read');
  });

  it('says of a missing file that it is missing', async () => {
    await expect(identify({ path: '/nowhere/list.csv' })).rejects.toThrow(
      'There is no file /nowhere/list.csv.',
    );
  });
});

describe('refusal', () => {
  it('gives a reason and a cure for every kind that no parser takes', () => {
    for (const kind of ['empty', 'encrypted', 'doc', 'pdf', 'executable', 'json', 'zip', 'binary'] as const) {
      const { reason, cure } = refusal(kind);
      expect(reason).toMatch(/^The file .*\.$/);
      expect(cure).toMatch(/\.$/);
    }
  });
});
